// Declarations of the devices of a lane in the device form: a row added here appears in the lot file, the draft, the form
// and the list of changes.
import { t } from './fault-text.ts'
import type { Members } from './member.ts'

/** Null: the lane has no such device (8.1.1.1). */
const device = { kind: 'link', min: 1, max: 400, orNull: true, form: 'devices' } as const

/** Devices of a lane in the device form; null: no such device. */
export const laneDeviceMembers = {
  rsu: {
    ...device,
    flag: 'rsu',
    words: t('天线', 'antenna'),
    why: t(
      'null:这条车道没有天线,扫码或由人收费',
      'null: the lane has no antenna; payment is by code or to a person',
    ),
  },
  camera: { ...device, flag: 'camera', words: t('相机', 'camera') },
  barrier: { ...device, flag: 'barrier', words: t('道闸', 'barrier') },
  display: { ...device, flag: 'display', filled: null, words: t('显示屏', 'display') },
  psams: {
    kind: 'list',
    flag: 'psam TERMINAL',
    form: 'devices',
    min: 1,
    max: 8,
    optional: true,
    words: t('PSAM 终端号', 'PSAM terminal'),
    why: t(
      '发行方授权的,天线不报 PSAM 时用',
      'Authorised by the issuer; used if the antenna does not report its PSAM',
    ),
    of: {
      kind: 'text',
      shape: /^[0-9A-F]{12}$/,
      typed: 12,
      words: t('PSAM 终端号', 'PSAM terminal'),
    },
  },
} as const satisfies Members
