// An ETC access system of another maker as the destination of a lot's charges (5.1 a, b): orders and refunds, and nothing else.
// The envelope, the suites and the equipment of lanes are those of the province.
import type { Dialect } from '../../../ports/dialect.ts'
import { judge, judgeTakeBack, respCodeOf } from './judge.ts'
import { notTaken, orderBody, queryOf, refundBody, requestFor, takeBack } from './orders.ts'

const codes = Array.from({ length: 10 }, (_, i) => `ORDER-${String(i + 1).padStart(2, '0')}`)

export const accessDialectOf = (province: Dialect): Dialect => ({
  standard: province.standard,
  laneEquipment: province.laneEquipment,
  accessFlow: [],
  rules: { ...province.rules, chargeModes: ['online'], consumption: 'oneStep' },
  suites: province.suites,
  sensitive: { ...province.sensitive, members: [] },
  codes: codes.map((code) => ({ code, means: code })),
  membersOf: () => [],
  chargeBody: orderBody,
  exceptionBody: notTaken,
  refundBody,
  signInBody: notTaken,
  byOrder: { takeBack, judgeTakeBack },
  queryOf,
  requestFor,
  judge,
  respCodeOf,
  isErrorCode: () => true,
  listRequest: notTaken,
  readList: notTaken,
  bill: null,
  splitBill: null,
  records: null,
  duty: null,
  feedback: null,
  tradeFile: null,
  psam: null,
  monitor: null,
  certificates: null,
  interfaces: [],
  jointTest: { request: notTaken, read: notTaken },
  listCheck: notTaken,
  readListCheck: notTaken,
  envelope: { ...province.envelope, refuses: () => null },
  isAppId: province.isAppId,
  refuseText: province.refuseText,
})
