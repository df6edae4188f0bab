// Encodes ledger facts as frozen JSON text: P11, P12, P14, P16. The text is stored once and every retry sends these
// bytes (M3); members have the order of their tables.
import { t } from '#base/pure/words/fault-text.ts'
import type { ExceptionType, ExceptionWord } from '#base/pure/words/exception-words.ts'
import { plateColourCode } from '#base/pure/plates/plate.ts'
import * as f from './formats.ts'
import type {
  CardDebit,
  ExceptionRecord,
  ExitChargeRecord,
  LaneType,
  RefundRecord,
  SignInRecord,
  VehicleUnit,
} from './records.ts'
import { plateSourceCode } from './records.ts'
import { refuseForbiddenText, textProblem } from './text-rules.ts'

/** Coach classes 1 to 4, lorry classes 11 to 16 (B.2). */
const vehicleTypes = [1, 2, 3, 4, 11, 12, 13, 14, 15, 16]
const laneTypeCode: Record<LaneType, string> = {
  entry: '01',
  exit: '02',
  mixed: '03',
  bay: '11',
  handheld: '12',
}
const handlingCode: Record<ExceptionRecord['handling'], number> = {
  otherPayment: 1,
  manualRelease: 2,
  retriedOk: 3,
  leftUnpaid: 4,
}
/** P14. */
const exceptionTypes: Record<ExceptionWord, number> = {
  obuNotRead: 1,
  obuUnreadable: 2,
  cardUnreadable: 3,
  plateMismatch: 4,
  blacklisted: 5,
  expired: 6,
  insufficient: 7,
  debitFailed: 9,
  noTac: 10,
  psamFault: 12,
  severalTags: 13,
  noAnswerTwice: 14,
  refused: 15,
  largeAmount: 16,
  repeatSuspected: 17,
  listTooOld: 19,
  other: 99,
}
/** Numbers in rows from older versions. */
const exceptionNumbers = [...Array.from({ length: 20 }, (_, i) => i + 1), 99]

const numberOf = (type: ExceptionType): number =>
  typeof type === 'number' ? type : exceptionTypes[type]

/** A card reports 32 bits. For a credit card they can have any value and are not money (4.2). */
const balanceMax = 0xffff_ffff

/** Text of a record; members that are undefined are left out. */
function freeze(members: Readonly<Record<string, unknown>>): string {
  refuseForbiddenText(textProblem(members))
  return JSON.stringify(members)
}

const unitMembers = (unit: VehicleUnit): Record<string, unknown> => ({
  obuId: f.hex('obuId', unit.obuId, 4, 8),
  obuIssuer: f.text('obuIssuer', unit.obuIssuer, 40),
  obuVersion: f.text('obuVersion', unit.obuVersion, 20),
  obuStatus: f.hex('obuStatus', unit.obuStatus, 2),
  obuPlate: f.text('obuPlate', unit.obuPlate, 20),
  etcCardId: f.digits('etcCardId', unit.etcCardId, 20),
  cardNetNo: unit.etcCardId.slice(0, 4),
  cardType: f.oneOf('cardType', unit.cardType, [22, 23]),
  cardVersion: f.integer('cardVersion', unit.cardVersion, 0, 255),
  cardPlate: f.text('cardPlate', unit.cardPlate, 20),
  cardExpire: f.date('cardExpire', unit.cardExpire),
})

function debitMembers(
  debit: CardDebit,
  cardType: number,
  realFen: number,
): Record<string, unknown> {
  const { preBalanceFen, postBalanceFen, tac } = debit
  f.holds(
    tac !== '00000000',
    'tac',
    tac,
    t('全零的 TAC 不上传', 'a TAC of zeros is never uploaded'),
  )
  // Only a stored-value card carries its money; a credit card's balance proves nothing.
  f.holds(
    cardType !== 22 || preBalanceFen - postBalanceFen === realFen,
    'postBalance',
    postBalanceFen,
    t('前后余额之差应为所扣金额', 'balances must differ by what was charged'),
  )
  return {
    preBalance: f.integer('preBalance', preBalanceFen, 0, balanceMax),
    postBalance: f.integer('postBalance', postBalanceFen, 0, balanceMax),
    transNo: f.integer('transNo', debit.transNo, 0, 0xffff),
    terminalNo: f.hex('terminalNo', debit.terminalNo, 6),
    terminalTransNo: f.hex('terminalTransNo', debit.terminalTransNo, 4),
    transType: f.oneOf('transType', debit.transType, ['06', '09']),
    tac: f.hex('tac', tac, 4),
    algorithmIdentifier: f.oneOf('algorithmIdentifier', debit.algorithmIdentifier, [1, 2]),
    keyVersion: f.integer('keyVersion', debit.keyVersion, 0, 255),
  }
}

/** P12, modes 1 and 2. */
export function encodeExitCharge(r: ExitChargeRecord): string {
  f.holds(r.exAtMs >= r.enAtMs, 'exTime', r.exAtMs, t('出场早于入场', 'exit lies before entry'))
  f.holds(
    r.payFen === r.discountFen + r.realFen,
    'payFee',
    r.payFen,
    t('payFee 不等于 discountFee + realFee', 'payFee is not discountFee + realFee'),
  )
  f.holds(
    r.mode === 2 || r.transAtMs % 1000 === 0,
    'transTime',
    r.transAtMs,
    t('TAC 内的时间为整秒', 'the time inside a TAC is a whole second'),
  )
  const unit = r.unit
  return freeze({
    outTradeNo: f.businessNo('outTradeNo', r.outTradeNo),
    mode: r.mode,
    parkId: f.text('parkId', r.parkId, 32),
    laneNo: f.text('laneNo', r.laneNo, 20),
    deviceId: f.text('deviceId', r.deviceId, 60),
    serviceType: f.integer('serviceType', r.serviceType, 0, 9999),
    enTime: f.time('enTime', r.enAtMs),
    exTime: f.time('exTime', r.exAtMs),
    transTime: f.time('transTime', r.transAtMs),
    parkDuration: Math.floor((r.exAtMs - r.enAtMs) / 1000),
    vehiclePlate: f.text('vehiclePlate', r.plate, 20),
    vehicleColor: plateColourCode[r.colour],
    vehicleType: f.oneOf('vehicleType', r.vehicleType, vehicleTypes),
    plateSource: plateSourceCode[r.plateSource],
    payFee: f.amount('payFee', r.payFen),
    discountFee: f.amount('discountFee', r.discountFen),
    realFee: f.amount('realFee', r.realFen),
    entryNo: f.businessNo('entryNo', r.entryNo),
    couponNo: r.couponNo === null ? undefined : f.text('couponNo', r.couponNo, 64),
    ...(unit === null ? {} : unitMembers(unit)),
    ...(r.mode === 1 ? debitMembers(r.debit, r.unit.cardType, r.realFen) : {}),
    tacSource: r.mode === 1 ? 1 : 2,
    listVersion: f.text('listVersion', r.listVersion, 40),
    offline: r.offline,
    detail: r.detail === null ? undefined : f.text('detail', r.detail, 4000),
  })
}

/** P14. */
export function encodeException(r: ExceptionRecord): string {
  const { outTradeNo, plate, obuId, etcCardId, paidBy, paidFen } = r
  return freeze({
    exceptionNo: f.businessNo('exceptionNo', r.exceptionNo),
    outTradeNo: outTradeNo === null ? undefined : f.businessNo('outTradeNo', outTradeNo),
    parkId: f.text('parkId', r.parkId, 32),
    laneNo: f.text('laneNo', r.laneNo, 20),
    occurTime: f.time('occurTime', r.occurredAtMs),
    exceptionType: f.oneOf('exceptionType', numberOf(r.exceptionType), exceptionNumbers),
    vehiclePlate: plate === null ? undefined : f.text('vehiclePlate', plate, 20),
    obuId: obuId === null ? undefined : f.hex('obuId', obuId, 4, 8),
    etcCardId: etcCardId === null ? undefined : f.digits('etcCardId', etcCardId, 20),
    handling: handlingCode[r.handling],
    paidBy: paidBy === null ? undefined : f.text('paidBy', paidBy, 20),
    paidFee: paidFen === null ? undefined : f.amount('paidFee', paidFen),
  })
}

/** P16. */
export function encodeRefund(r: RefundRecord): string {
  f.holds(r.refundFen > 0, 'refundFee', r.refundFen, t('退款须大于 0', 'a refund is more than 0'))
  f.holds(
    r.refundFen <= r.totalFen,
    'refundFee',
    r.refundFen,
    t('多于所扣金额', 'more than was charged'),
  )
  return freeze({
    outRefundNo: f.businessNo('outRefundNo', r.outRefundNo),
    outTradeNo: f.businessNo('outTradeNo', r.outTradeNo),
    refundFee: f.amount('refundFee', r.refundFen),
    totalFee: f.amount('totalFee', r.totalFen),
    reason: f.text('reason', r.reason, 200),
    operator: f.text('operator', r.operator, 60),
    approvedBy: f.text('approvedBy', r.approvedBy, 60),
  })
}

/** P11, first call: sign-in. */
const signInMembers = (r: SignInRecord) => ({
  listNo: f.businessNo('listNo', r.listNo, 36),
  psamNo: r.psamNo === null ? undefined : f.digits('psamNo', r.psamNo, 20),
  terminalNo: r.terminalNo === null ? undefined : f.hex('terminalNo', r.terminalNo, 6),
  provinceCode: f.digits('provinceCode', r.provinceCode, 4),
  parkId: f.text('parkId', r.parkId, 32),
  parkName: f.text('parkName', r.parkName, 60),
  laneNo: f.text('laneNo', r.laneNo, 20),
  laneType: laneTypeCode[r.laneType],
  terminalTime: f.time('terminalTime', r.terminalAtMs),
})

export const encodeSignIn = (r: SignInRecord): string => freeze(signInMembers(r))

/** P11, second call: the random number of the card. */
export const encodeAuthorize = (r: SignInRecord & { readonly random: string }): string =>
  freeze({ ...signInMembers(r), random: f.hex('random', r.random, 8) })

/** P11, third call: the status word of the card. */
export const encodeConfirm = (r: {
  readonly listNo: string
  readonly psamNo: string
  readonly statusWord: string
}): string =>
  freeze({
    listNo: f.businessNo('listNo', r.listNo, 36),
    psamNo: f.digits('psamNo', r.psamNo, 20),
    result: r.statusWord === '9000' ? 0 : 1,
    sw1sw2: f.hex('sw1sw2', r.statusWord, 2),
  })
