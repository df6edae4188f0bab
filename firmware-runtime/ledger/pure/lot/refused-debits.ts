// Debits that ended as refused after their C6 had left. An antenna may still report one as paid: it is identified by the
// request of its C6, and the car of its stay is not charged again automatically.
import { type Deduction, type LotState, type RefusedDebit } from './lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

/**
 * Retention for a car that has gone; for a car inside it lasts as long as the stay. An antenna keeps a result for seconds, a
 * buffer on its link for hours at most, and a day covers every manual clock change. Later results appear in the statement
 * of the clearing side.
 */
const keptMs = 86_400_000

export function noteRefused(lot: LotState, deduction: Deduction, endedAtMs: InstantMs): void {
  const { armed, deductionId, stayId, orderId, laneId, obuId, cardNo, amountFen, reason } =
    deduction
  if (armed === null) return
  const { cardType, balanceBeforeFen, timeBcd } = armed
  const refs = { deductionId, stayId, orderId, laneId, obuId, cardNo }
  const debitTerms = { amountFen, cardType, balanceBeforeFen, timeBcd }
  lot.refusedDebits.set(deductionId, { ...refs, ...debitTerms, reason, endedAtMs })
  for (const [id, one] of lot.refusedDebits) {
    if (one.endedAtMs >= endedAtMs - keptMs) return
    if (!lot.stays.has(one.stayId)) lot.refusedDebits.delete(id)
  }
}

/** Refused debits of a lane and OBU, newest first. */
export const refusedDebits = (
  lot: LotState,
  laneId: string,
  obuId: string,
  resultTimeMs: number,
): readonly RefusedDebit[] =>
  [...lot.refusedDebits.values()]
    .filter((one) => one.obuId === obuId && one.laneId === laneId)
    .map((one) => ({ ...one, resultTimeMs }))
    .reverse()

/** A debit of this stay was booked as refused and called paid afterwards: a person decides about its car. */
export const isContradicted = (lot: LotState, stayId: string | null): boolean =>
  lot.stays.get(stayId ?? '')?.orders.some((o) => o.deductions.some((d) => d.contradicted)) ?? false
