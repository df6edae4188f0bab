// Records of a lot as the tests of the simulated platform send them.
import { isoOf } from '#base/pure/values/instant.ts'
import { charge, chargePath, nowMs, type Rig } from './rig.ts'

export const parkId = '450100001'
export const at = isoOf(nowMs - 60_000)
export const ahead = isoOf(nowMs + 300_001)
export const inTime = isoOf(nowMs + 300_000)
const where = { parkId, laneNo: 'exit' }
const seen = { vehiclePlate: '测A12345', vehicleColor: 0, plateSource: 1 }

export const signIn = (more: object = {}) => ({
  ...where,
  listNo: 'L1',
  parkName: 'Lot',
  laneType: '02',
  terminalTime: at,
  areaNo: '4501',
  ...more,
})
export const exception = (more: object = {}) => ({
  ...where,
  exceptionNo: 'X1',
  occurTime: at,
  exceptionType: 14,
  vehiclePlate: '测A12345',
  handling: 1,
  ...more,
})
export const refund = (more: object = {}) => ({
  outRefundNo: 'R1',
  outTradeNo: 'T1',
  refundFee: 100,
  totalFee: 1200,
  reason: 'test',
  operator: '李四',
  approvedBy: '王五',
  ...more,
})
export const shift = (more: object = {}) => ({
  shiftNo: 'G1',
  parkId,
  onTime: isoOf(nowMs - 3_600_000),
  offTime: at,
  cashFee: 0,
  etcCount: 1,
  etcFee: 1200,
  ...more,
})
export const application = (more: object = {}) => {
  const { vehicleType, enTime, exTime } = charge()
  const stay = { vehicleType, enTime, exTime, payFee: 1200, mode: 2 }
  return { consumptionNo: 'C1', ...where, ...seen, ...stay, ...more }
}
export const feedback = (more: object = {}) => ({
  feedbackNo: 'F1',
  parkId,
  outTradeNo: 'T1',
  kind: 1,
  text: 'too much',
  ...more,
})
export const entry = (more: object = {}) => ({
  ...where,
  ...seen,
  entryNo: 'E1',
  enTime: at,
  ...more,
})
export const plate = (more: object = {}) => ({
  ...where,
  ...seen,
  plateRecNo: 'V1',
  direction: 2,
  time: at,
  ...more,
})
export const beat = (more: object = {}) => ({ ...where, seq: 1, time: at, ...more })

export const paths = {
  signIn: '/v1/psam/sign-in',
  charge: chargePath,
  application: '/v1/etc/consumptions',
  exception: '/v1/etc/exceptions',
  refund: '/v1/etc/refunds',
  entry: '/v1/records/entries',
  exit: '/v1/records/exits',
  plate: '/v1/records/plates',
  shift: '/v1/shifts',
  feedback: '/v1/feedback',
  beat: '/v1/monitor/heartbeats',
  check: '/v1/status-list/check',
} as const

export const send = (rig: Rig, what: keyof typeof paths, body: object, appId?: string): string =>
  rig.send('POST', paths[what], body, appId === undefined ? {} : { appId }).respCode
