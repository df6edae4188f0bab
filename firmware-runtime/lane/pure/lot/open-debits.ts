// Debits of which a result may still come: those in doubt, and those booked without their TAC.
// Built from the state of the lot for one lane and OBU, each with the request of its C6.
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { RequestedDebit } from '#devices/pure/charge/judge-result.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { Deduction, LotState } from '#ledger/pure/lot/lot-state.ts'

/** A debit with an unknown outcome, for which a result may still come. */
export interface OpenDebit extends RequestedDebit {
  readonly deductionId: string
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string
  /** Upload members beside the result; null: not in the rows. */
  readonly charge: Omit<ChargeFacts, 'proof' | 'atMs' | 'offline'> | null
}

/** A debit that was booked as paid without a TAC; a result may still tell it. */
export interface UntoldDebit extends OpenDebit {
  readonly cardNo: string | null
  readonly paidAtMs: InstantMs
}

/** The request of a C6, from its `armed` row. */
export const openDebitOf = (
  d: Deduction,
  armed: NonNullable<Deduction['armed']>,
  resultTimeMs: number,
): OpenDebit => ({
  deductionId: d.deductionId,
  stayId: d.stayId,
  orderId: d.orderId,
  laneId: d.laneId,
  amountFen: d.amountFen,
  cardType: armed.cardType,
  balanceBeforeFen: armed.balanceBeforeFen,
  timeBcd: armed.timeBcd,
  resultTimeMs,
  charge: armedCharge(d, armed),
})

/**
 * Debits of an OBU booked as paid without a TAC, newest first: each with the request of its C6 and the amount that the
 * card has shown to have lost.
 */
export const untoldDebits = (
  lot: LotState,
  laneId: string,
  obuId: string,
  resultTimeMs: number,
): readonly UntoldDebit[] =>
  [...lot.notUploaded.values()].reverse().flatMap(({ debit, tac, amountFen, paidAtMs }) => {
    if (debit === null || debit.armed === null || tac !== null) return []
    if (debit.obuId !== obuId || debit.laneId !== laneId) return []
    const open = openDebitOf({ ...debit, amountFen }, debit.armed, resultTimeMs)
    return [{ ...open, cardNo: debit.cardNo, paidAtMs }]
  })

/** Debits of a lane and OBU that no result has settled, newest first. */
export const unsettledDebits = (
  lot: LotState,
  laneId: string,
  obuId: string,
  resultTimeMs: number,
): readonly OpenDebit[] =>
  [...lot.unsettled.values()]
    .filter((d) => d.obuId === obuId && d.laneId === laneId)
    .flatMap((d) => (d.armed === null ? [] : [openDebitOf(d, d.armed, resultTimeMs)]))
    .reverse()

/** A debit of a card without a known result: what the card shows decides it (lane/pure/etc/suspect.ts). */
export interface DoubtedDebit extends OpenDebit {
  readonly station0019Hex: string
  readonly writeHex: string
}

/** Debits of a card without a known result, of any lane: the money is in the card, wherever it is read again. */
export const doubtedDebits = (
  lot: LotState,
  cardNo: string,
  resultTimeMs: number,
): readonly DoubtedDebit[] =>
  [...lot.unsettled.values()].flatMap((d) => {
    const { armed } = d
    if (armed === null || d.state !== 'unknown' || d.cardNo !== cardNo) return []
    const { station0019Hex, writeHex } = armed
    return [{ ...openDebitOf(d, armed, resultTimeMs), station0019Hex, writeHex }]
  })

/** Upload members beside the result; null where the rows lack the OBU or the card. */
export function armedCharge(
  d: Deduction,
  { unit, cardType, balanceBeforeFen, station0019Hex }: NonNullable<Deduction['armed']>,
): OpenDebit['charge'] {
  const { obuId, cardNo, deductionId, stayId, orderId, laneId, amountFen, outTradeNo } = d
  if (unit === null || obuId === null || cardNo === null) return null
  const { plate, colour, enteredAtMs } = d
  const obu = { ...unit, obuId, cardNo, cardType, balanceFen: balanceBeforeFen, station0019Hex }
  return {
    deductionId,
    stayId,
    orderId,
    laneId,
    amountFen,
    obu,
    plate,
    colour,
    enteredAtMs,
    businessNo: outTradeNo,
    outTradeNo,
  }
}
