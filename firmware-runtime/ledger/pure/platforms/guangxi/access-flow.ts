// How an access system is let in (clause 9.1 a to d), as a table.
// Figure C.1 of docs/architecture.md is drawn from these rows and from the interfaces in requests.ts.
import type { AccessStep, EquipmentRow } from '../../../ports/dialect.ts'

/** Devices of a lane in the words of clause 7. */
export const laneEquipment: readonly EquipmentRow[] = [
  { device: 'camera', zh: '摄像机', en: 'plate camera', joins: 'billing' },
  { device: 'barrier', zh: '道闸', en: 'barrier with its loops', joins: 'billing' },
  { device: 'display', zh: '显示屏', en: 'display', joins: 'billing' },
  { device: 'rsu', zh: 'ETC 天线', en: 'antenna (RSU)', joins: 'access' },
]

/** Once for each access system (a, b), then in every exchange (c, d). */
export const accessFlow: readonly AccessStep[] = [
  {
    clause: '9.1 a',
    from: 'access',
    to: 'platform',
    zh: '接入系统证书',
    en: 'the certificate it made',
  },
  {
    clause: '9.1 a',
    from: 'platform',
    to: 'access',
    zh: '平台证书',
    en: 'the certificate of the platform',
  },
  { clause: '9.1 b', from: 'platform', to: 'access', zh: '唯一渠道号', en: 'one channel number' },
  {
    clause: '9.1 c',
    from: 'access',
    to: 'platform',
    zh: '请求：证书编号、请求签名',
    en: 'request with certificate number and signature in its header',
  },
  {
    clause: '9.1 d',
    from: 'platform',
    to: 'access',
    zh: '应答：平台证书编号、应答签名',
    en: 'answer with platform certificate number and signature',
  },
]
