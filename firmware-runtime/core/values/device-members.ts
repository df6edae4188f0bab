// Declarations of the devices of a lane in the device form: a row added here appears in the lot file, the draft, the form
// and the list of changes.
import { laneLinkMembers } from './device-kinds/lane-kinds.ts'
import { t } from './fault-text.ts'
import type { Members } from './member.ts'

export const laneDeviceMembers = {
  ...laneLinkMembers,
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
