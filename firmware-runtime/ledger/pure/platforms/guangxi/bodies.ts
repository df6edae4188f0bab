// From ledger facts to the records a platform takes: one frozen body per business act (P12, P14, P16).
// Called once, in the transaction that makes the act durable; a retry sends the stored text.
import { whyIn } from '#base/pure/words/fault-text.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import type { ChargeFacts, RefundFacts } from '#devices/pure/charge/charge-facts.ts'
import type { ExceptionReport } from '../../lot/exception-reports.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { bcdInstantOf } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { TacAlgorithm } from '#base/pure/rows/ledger-row.ts'
import { present } from '#base/pure/values/must.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { LotNames } from '../../../ports/dialect.ts'
import type { AuthorizeRequest, SignInRequest } from '../../../ports/uploader.ts'
import {
  encodeAuthorize,
  encodeException,
  encodeExitCharge,
  encodeRefund,
  encodeSignIn,
} from './encode.ts'
import { plateSourceOf } from './records.ts'
import type { CardDebit, ExitChargeRecord, SignInRecord, VehicleUnit } from './records.ts'

/** Marks the record of a test car for readers at the platform. */
const testDetail = { test: 'first car' }

/** Card type whose card holds the money itself. */
const storedValueCard = 22

/** P12. Without a value in the result, 3DES with key version 1 is assumed, and the record says so. */
const algorithmCodes: Readonly<Record<TacAlgorithm, number>> = { '3des': 1, sm4: 2 }

/** Names the members whose values the result did not report; unreported counters are sent as 0 (B8). */
function untoldDetail({ proof }: ChargeFacts): Readonly<Record<string, string>> {
  if (proof === null) return {}
  const { cardSerial, psamSerial, psamSerialCounted, algorithm, keyVersion } = proof
  return {
    ...(algorithm === null ? { algorithmIdentifier: 'assumed' } : {}),
    ...(keyVersion === null ? { keyVersion: 'assumed' } : {}),
    ...(cardSerial === null ? { transNo: 'notTold' } : {}),
    ...(psamSerial === null ? { terminalTransNo: 'notTold' } : {}),
    ...(psamSerialCounted === true ? { terminalTransNo: 'counted' } : {}),
  }
}

function detailOf(facts: ChargeFacts): string | null {
  const detail = { ...(isTestOrder(facts.orderId) ? testDetail : {}), ...untoldDetail(facts) }
  return Object.keys(detail).length === 0 ? null : canonicalJson(detail)
}

/** Expansion service type of parking, from the profile of the province; assumed until confirmed. */
const parkingServiceType = 2

function unitOf(facts: ChargeFacts): VehicleUnit | null {
  const obu = facts.obu
  if (obu === null) return null
  return {
    obuId: obu.obuId,
    obuIssuer: obu.issuerHex,
    obuVersion: '00',
    obuStatus: obu.statusHex,
    obuPlate: obu.obuPlate ?? '',
    etcCardId: obu.cardNo,
    cardType: obu.cardType,
    cardVersion: obu.cardVersion,
    cardPlate: obu.cardPlate ?? '',
    cardExpire: obu.cardExpire,
  }
}

function debitOf(facts: ChargeFacts): CardDebit {
  const proof = present(facts.proof, 'a card-side charge has its proof')
  const { balanceFen: pre, cardType } = present(facts.obu, 'a card-side charge read the card')
  const movesFen = cardType === storedValueCard ? facts.amountFen : 0
  return {
    preBalanceFen: pre,
    postBalanceFen: proof.balanceAfterFen ?? pre - movesFen,
    transNo: proof.cardSerial ?? 0,
    terminalNo: present(proof.psamTerminal, 'a proof has the terminal'),
    terminalTransNo: (proof.psamSerial ?? 0).toString(16).toUpperCase().padStart(8, '0'),
    transType: proof.transType === '06' ? '06' : '09',
    tac: present(proof.tac, 'a proof has a TAC'),
    algorithmIdentifier: algorithmCodes[proof.algorithm ?? '3des'],
    keyVersion: proof.keyVersion ?? 1,
  }
}

/** The platform accepts classes 1 to 4 and 11 to 16 (B.2); any other is sent as class 1. */
const vehicleTypeOf = (obuClass: number | undefined): number =>
  obuClass !== undefined && ((obuClass >= 1 && obuClass <= 4) || (obuClass >= 11 && obuClass <= 16))
    ? obuClass
    : 1

/** P12: mode 1 with the card's proof, mode 2 for an online charge. */
export function chargeBody(
  lot: LotNames,
  op: 'charge' | 'exitUpload',
  facts: ChargeFacts,
  listVersion: string,
): string {
  const common = {
    outTradeNo: facts.businessNo,
    parkId: lot.lotId,
    laneNo: facts.laneId,
    deviceId: `${lot.lotId}-${facts.laneId}`,
    serviceType: parkingServiceType,
    enAtMs: facts.enteredAtMs,
    plate: facts.plate ?? '',
    colour: facts.colour,
    vehicleType: vehicleTypeOf(facts.obu?.vehicleClass),
    plateSource: plateSourceOf(facts.plateBy),
    payFen: facts.amountFen + (facts.discountFen ?? 0),
    discountFen: facts.discountFen ?? 0,
    realFen: facts.amountFen,
    couponNo: facts.couponNo ?? null,
    entryNo: facts.stayId,
    listVersion,
    offline: facts.offline,
    detail: detailOf(facts),
  }
  const unit = unitOf(facts)
  if (op === 'charge') {
    const online: ExitChargeRecord = {
      ...common,
      // A clock set back during the stay must not create a record that cannot be sent.
      exAtMs: Math.max(facts.atMs, facts.enteredAtMs),
      transAtMs: facts.atMs,
      mode: 2,
      unit,
    }
    return encodeExitCharge(online)
  }
  const transAtMs = present(
    bcdInstantOf(present(facts.proof?.timeBcd, 'a proof has the time inside the TAC')),
    'the time inside a TAC is a time',
  )
  const card: ExitChargeRecord = {
    ...common,
    exAtMs: Math.max(facts.atMs, facts.enteredAtMs),
    transAtMs,
    mode: 1,
    unit: present(unit, 'a card-side charge read the OBU'),
    debit: debitOf(facts),
  }
  return encodeExitCharge(card)
}

/** P14. Values that do not fit their member are left out, so that the report itself is still sent. */
export function exceptionBody(lot: LotNames, report: ExceptionReport): string {
  const { exceptionNo, outTradeNo, exceptionType, plate, obuId, cardNo, paid } = report
  const record = {
    exceptionNo,
    outTradeNo,
    exceptionType,
    plate,
    obuId,
    parkId: lot.lotId,
    laneNo: report.laneId,
    occurredAtMs: report.atMs,
    etcCardId: cardNo,
    handling: present(report.handling, 'an exception is reported when its end is known'),
    paidBy: paid?.means ?? null,
    paidFen: paid?.amountFen ?? null,
  }
  return onFault(
    () => encodeException(record),
    () => encodeException({ ...record, plate: null, obuId: null, etcCardId: null }),
  )
}

/** P16. An automatic refund of a double payment is approved by rule (P26), which the record says. */
export const refundBody = (refund: RefundFacts): string =>
  encodeRefund({
    outRefundNo: refund.refundId,
    outTradeNo: refund.deduction.outTradeNo,
    refundFen: refund.amountFen,
    totalFen: refund.deduction.amountFen,
    reason: whyIn(noteWhy(refund.reason)),
    operator: refund.operator ?? 'system',
    approvedBy: refund.approvedBy ?? 'rule P26',
  })

/** P11, first call. */
const signInOf = ({ provinceCode }: LotNames, request: SignInRequest): SignInRecord => ({
  listNo: request.listNo,
  // Without the card's own number, the number of its terminal is sent.
  psamNo: request.psamNo ?? request.psamTerminal?.replaceAll(/\D/g, '0').padStart(20, '0') ?? null,
  terminalNo: request.psamTerminal,
  provinceCode,
  parkId: request.lotId,
  parkName: request.lotName,
  laneNo: request.laneId,
  laneType: request.laneType ?? 'exit',
  terminalAtMs: request.atMs,
})

export const signInBody = (lot: LotNames, request: SignInRequest): string =>
  encodeSignIn(signInOf(lot, request))

/** P11, second call. */
export const authorizeBody = (lot: LotNames, request: AuthorizeRequest): string =>
  encodeAuthorize({ ...signInOf(lot, request), random: request.random })
