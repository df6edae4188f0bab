// Admission of a lot by Liaoning's access platform, and the route of its records (000 7.2, A.1.1 a, A.2.2), as a table.
// Device names are those of the national standards; 000 8.3 refers to a separate standard.
import type { AccessStep, EquipmentRow } from '../../../ports/dialect.ts'

export const laneEquipment: readonly EquipmentRow[] = [
  { device: 'camera', zh: '车牌识别设备', en: 'plate camera', joins: 'billing' },
  { device: 'barrier', zh: '道闸', en: 'barrier with its loops', joins: 'billing' },
  { device: 'display', zh: '显示屏', en: 'display', joins: 'billing' },
  { device: 'rsu', zh: '路侧单元', en: 'antenna (RSU)', joins: 'access' },
]

const up = { from: 'access', to: 'platform' } as const
const down = { from: 'platform', to: 'access' } as const

export const accessFlow: readonly AccessStep[] = [
  {
    clause: 'A.2.2 b',
    ...up,
    zh: '申请模拟测试环境',
    en: 'an application for the test environment',
  },
  { clause: 'A.2.2 d', ...down, zh: '测试授权码', en: 'the authorisation code of the test' },
  { clause: 'A.2.2 h', ...down, zh: '正式授权码、账号', en: 'account and authorisation code' },
  {
    clause: 'A.1.1 a',
    ...up,
    zh: '请求:账号、请求类型、授权码的证明,来自登记的 IP',
    en: 'request with account, request type and proof of the code, from a registered IP address',
  },
  {
    clause: 'A.1.2 a',
    ...down,
    zh: '应答:接收状态、质量检查结果、处理结果',
    en: 'answer with receipt, quality and processing',
  },
]
