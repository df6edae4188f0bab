// Charges whose result no lane waits for: the car is gone. Card-side ones, or held online ones.
// Only a finding from the clearing side or from the card's own record ends one; a person enters it.
import type { Deduction, LotState } from '#ledger/pure/lot/lot-state.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import type { NumberedRows } from '#devices/pure/charge/freeze-row.ts'
import type { LateEnv } from '#devices/pure/charge/freeze-row.ts'
import { lateChargeRows } from './late-charge.ts'

type Finding = 'paid' | 'notPaid'

/**
 * Orders of cars in lanes are not listed, because the lane handles them. `held`: deductions whose charge the queue no longer
 * sends.
 */
export const openCharges = (
  lot: LotState,
  ordersInLanes: ReadonlySet<string>,
  held: ReadonlySet<string>,
): readonly Deduction[] =>
  [...lot.unsettled.values()].filter(
    ({ chargeMode, deductionId, state, orderId }) =>
      (chargeMode === 'card' || held.has(deductionId)) &&
      state === 'unknown' &&
      !ordersInLanes.has(orderId),
  )

/**
 * Online charges without a result whose car is in no lane: the platform is still asked for the same number, so a person enters no
 * finding. The money is at risk meanwhile.
 */
export const askedCharges = (
  lot: LotState,
  ordersInLanes: ReadonlySet<string>,
  held: ReadonlySet<string>,
): readonly Deduction[] =>
  [...lot.unsettled.values()].filter(
    ({ chargeMode, deductionId, state, orderId }) =>
      chargeMode === 'online' &&
      state === 'unknown' &&
      !held.has(deductionId) &&
      !ordersInLanes.has(orderId),
  )

/** Fen of card debits with an unknown outcome, which are at risk. */
export function unknownCardFen(lot: LotState): Fen {
  let sum = 0
  for (const d of lot.unsettled.values())
    if (d.chargeMode === 'card' && d.state === 'unknown' && !isTestOrder(d.orderId))
      sum += d.amountFen
  return sum
}

/** The rows of a finding. A person has no TAC, so a payment of a card is named as not uploaded (ADR 4). */
export function findingRows(
  lot: LotState,
  finding: { readonly charge: Deduction; readonly found: Finding },
  env: LateEnv,
): NumberedRows {
  const { charge, found } = finding
  const { deductionId, laneId, stayId, orderId } = charge
  const noTac: RowDraft = {
    kind: 'exception',
    atMs: env.nowMs,
    laneId,
    stayId,
    orderId,
    body: { exceptionType: 'noTac', reason: 'noTac', detail: '' },
  }
  const paid = found === 'paid'
  return lateChargeRows(
    lot,
    {
      deductionId,
      result: paid ? 'paid' : 'refused',
      source: 'person',
      reason: found,
      followUp: paid && env.hasPlatform && charge.chargeMode === 'card' ? [noTac] : [],
      receipt: null,
    },
    env,
  )
}
