// The members that each endpoint accepts: P11 to P16 and P20 of platform-access.md.
// Written from the tables there, independent of the product's code.
import { bool, code, day, digits, fenOf, hex, int, list, number, optional } from './members.ts'
import { plate, text, time, timeAhead } from './members.ts'
import type { MemberRule } from './members.ts'

/** Colour and class codes in public use (B.2). */
const colours = [0, 1, 2, 3, 4, 5, 6, 9, 11, 13]
const vehicleTypes = [1, 2, 3, 4, 11, 12, 13, 14, 15, 16]
/** Longest stay that is charged (assumed). */
export const stayMaxDays = 731
/** Most fen of one stay (assumed): 60 yuan on each day of the longest one, with room. */
const feeMaxFen = 5_000_000

/** P12, members of every mode. */
export const chargeRules: readonly MemberRule[] = [
  number('outTradeNo'),
  code('mode', 1, 2, 3),
  text('parkId', 32),
  text('laneNo', 20),
  text('deviceId', 64),
  ...['merchantGroupId', 'merchantId', 'siteId', 'equipmentId'].map((n) => optional(text(n, 60))),
  int('serviceType', 0, 9999),
  time('enTime'),
  time('exTime'),
  time('transTime'),
  int('parkDuration', 0, stayMaxDays * 86_400),
  plate('vehiclePlate'),
  code('vehicleColor', ...colours),
  code('vehicleType', ...vehicleTypes),
  code('plateSource', 1, 2, 3, 4),
  fenOf('payFee', feeMaxFen),
  fenOf('discountFee', feeMaxFen),
  fenOf('realFee', feeMaxFen),
  optional(text('couponNo', 64)),
  code('tacSource', 1, 2),
  text('listVersion', 40),
  bool('offline'),
  optional(number('entryNo', 64)),
  optional(list('pictures')),
  optional(text('detail', 4000, 0)),
]

/** The OBU and card members: in every mode except mode 2 by plate, where all are absent. */
export const vehicleUnitRules: readonly MemberRule[] = [
  hex('obuId', 16, 8),
  text('obuIssuer', 40),
  text('obuVersion', 20),
  hex('obuStatus', 4),
  text('obuPlate', 20),
  digits('etcCardId', 20),
  digits('cardNetNo', 4),
  code('cardType', 22, 23),
  int('cardVersion', 0, 255),
  text('cardPlate', 20),
  day('cardExpire'),
]

/** Members of mode 1 only: the proof by card and PSAM. */
export const cardSideRules: readonly MemberRule[] = [
  int('preBalance', 0, 0xffff_ffff),
  int('postBalance', 0, 0xffff_ffff),
  int('transNo', 0, 0xffff),
  hex('terminalNo', 12),
  hex('terminalTransNo', 8),
  code('transType', '06', '09'),
  hex('tac', 8),
  code('algorithmIdentifier', 1, 2),
  int('keyVersion', 0, 255),
]

/** P34. */
export const consumptionRules: readonly MemberRule[] = [
  number('consumptionNo', 36),
  text('parkId', 32),
  text('laneNo', 20),
  plate('vehiclePlate'),
  code('vehicleColor', ...colours),
  code('vehicleType', ...vehicleTypes),
  optional(hex('obuId', 16, 8)),
  optional(digits('etcCardId', 20)),
  time('enTime'),
  time('exTime'),
  fenOf('payFee', feeMaxFen),
  code('mode', 1, 2, 3),
]
export const consumptionConfirmRules: readonly MemberRule[] = [
  number('outTradeNo'),
  fenOf('realFee'),
  code('result', 'DONE', 'CANCELLED'),
]

/** P11. */
export const signInRules: readonly MemberRule[] = [
  number('listNo', 36),
  text('parkId', 32),
  text('parkName', 60),
  text('laneNo', 20),
  code('laneType', '01', '02', '03', '11', '12'),
  time('terminalTime'),
]
/** Both members; neither for a lane without a PSAM. */
export const psamRules: readonly MemberRule[] = [digits('psamNo', 20), hex('terminalNo', 12)]
/** `areaNo / provinceCode`: the table has both names for one member; either is accepted. */
export const areaRule: MemberRule = text('areaNo', 4, 4)
export const authorizeRules: readonly MemberRule[] = [
  ...signInRules,
  ...psamRules,
  hex('random', 16),
]
export const confirmRules: readonly MemberRule[] = [
  number('listNo', 36),
  digits('psamNo', 20),
  int('result', 0, 255),
  hex('sw1sw2', 4),
]

/** P17: the vehicle file of 16 or 79 bytes, and an authenticator of 8. */
export const vehicleInfoRules: readonly MemberRule[] = [
  number('listNo', 36),
  hex('obuId', 16, 8),
  hex('contractProvider', 16),
  hex('keyVersion', 2),
  hex('algorithmIdentifier', 2),
  hex('random', 16),
  hex('cipherVehicleInfo', 174, 48),
]

/** P14. */
export const exceptionRules: readonly MemberRule[] = [
  number('exceptionNo'),
  optional(number('outTradeNo')),
  text('parkId', 32),
  text('laneNo', 20),
  time('occurTime'),
  code('exceptionType', ...Array.from({ length: 20 }, (_, i) => i + 1), 99),
  optional(plate('vehiclePlate')),
  optional(hex('obuId', 16, 8)),
  optional(digits('etcCardId', 20)),
  optional(list('rawFrames')),
  code('handling', 1, 2, 3, 4),
  optional(text('paidBy', 20)),
  optional(fenOf('paidFee')),
  optional(list('pictures')),
]

/** P15: a lane leaves out values that it does not know. */
export const heartbeatRules: readonly MemberRule[] = [
  text('parkId', 32),
  text('laneNo', 20),
  int('seq', 0, Number.MAX_SAFE_INTEGER),
  time('time'),
  optional(int('clockOffsetMs', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)),
  optional(time('lastTimeSync')),
  ...['swVersion', 'cfgVersion', 'listVersion'].map((n) => optional(text(n, 64))),
  optional(timeAhead('psamValidUntil')),
  ...['psamStatus', 'antennaStatus', 'cameraStatus', 'barrierStatus', 'coilStatus'].map((n) =>
    optional(code(n, 0, 1, 2, 9)),
  ),
  ...['diskFreePct', 'cpuPct', 'memPct'].map((n) => optional(int(n, 0, 100))),
  ...['listAgeSec', 'queueDepth', 'oldestQueuedSec', 'netRttMs', 'todayCount'].map((n) =>
    optional(int(n, 0, Number.MAX_SAFE_INTEGER)),
  ),
  optional(int('netLossBp', 0, 10_000)),
  optional(fenOf('todayFee')),
]

/** P16. */
export const refundRules: readonly MemberRule[] = [
  number('outRefundNo'),
  number('outTradeNo'),
  fenOf('refundFee'),
  fenOf('totalFee'),
  text('reason', 200),
  text('operator', 60),
  text('approvedBy', 60),
]

/** P19. An entry whose plate could not be read has no plate members. */
const plateRules = [
  plate('vehiclePlate'),
  code('vehicleColor', ...colours),
  code('plateSource', 1, 2, 3, 4),
  optional(int('plateConfidence', 0, 1000)),
]
export const entryRecordRules: readonly MemberRule[] = [
  number('entryNo', 64),
  text('parkId', 32),
  text('laneNo', 20),
  time('enTime'),
  ...plateRules.map(optional),
]
export const plateRecordRules: readonly MemberRule[] = [
  number('plateRecNo'),
  text('parkId', 32),
  text('laneNo', 20),
  code('direction', 1, 2),
  time('time'),
  ...plateRules,
  optional(number('matchedTradeNo')),
]

/** P21, P35. `cashFee` may be negative; `staffId` comes with a plan; records of older lots have no `staffName`. */
export const shiftRecordRules: readonly MemberRule[] = [
  number('shiftNo'),
  text('parkId', 32),
  optional(text('staffId', 60)),
  optional(text('staffName', 60)),
  optional(number('planNo')),
  time('onTime'),
  time('offTime'),
  int('cashFee', -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  int('etcCount', 0, Number.MAX_SAFE_INTEGER),
  fenOf('etcFee'),
]

/** P18. */
export const listCheckRules: readonly MemberRule[] = [code('kind', 1, 2), text('no', 20, 8)]

/** P10: a sealed file of the national suite. */
export const fileRules: readonly MemberRule[] = [
  text('aad', 120),
  text('encKey', 1000),
  text('nonce', 40),
  text('ciphertext', 1_000_000),
  text('sm3', 64),
  code('alg', 'SM4-GCM', 'SM4-CBC'),
  text('serial', 40),
  // With SM4-CBC alone.
  optional(text('mac', 64)),
]

/** P20. */
export const batchKinds = ['entry', 'entry-plate', 'exit', 'exit-plate'] as const
export const batchRules: readonly MemberRule[] = [
  text('batchNo', 80),
  time('from'),
  time('to'),
  int('count', 0, 10_000_000),
  optional(fenOf('totalFee')),
  optional(text('firstNo', 64, 0)),
  optional(text('lastNo', 64, 0)),
  hex('digest', 64),
  optional(list('numbers')),
  int('revision', 0, 1_000_000),
]
/** Beside those of every batch. */
export const exitBatchRules: readonly MemberRule[] = [fenOf('totalFee')]

/** P36: feedback on a charge, or on a stay without a charge. */
export const feedbackRules: readonly MemberRule[] = [
  number('feedbackNo'),
  text('parkId', 32),
  optional(number('outTradeNo')),
  optional(number('stayNo', 64)),
  code('kind', 1, 2, 3, 4),
  text('text', 500),
  optional(text('contact', 60)),
  optional(list('evidence')),
]
export const feedbackStateRules: readonly MemberRule[] = [
  number('feedbackNo'),
  code('state', 'OPEN', 'ANSWERED', 'REFUNDED', 'CLOSED'),
  text('answer', 500),
  optional(number('outRefundNo')),
]
