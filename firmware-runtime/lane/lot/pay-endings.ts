// What rows of a stay mean for its payment attempts by code: another means paid, ETC began or ended, the car left. Rows
// that pay take precedence over rows that only begin or end.
import type { Order } from '#ledger/pure/lot/lot-state.ts'
import type { PayEvent } from '#money/pure/pay/turn.ts'
import type { ChargeMode, RowBodies, RowDraft } from '#base/pure/rows/ledger-row.ts'

/** An unknown result of a card stays open; a platform that was silent twice is not awaited (8.3.1 b). */
const isOver = (state: RowBodies['outcome']['state'], chargeMode: ChargeMode): boolean =>
  state === 'refused' || (state === 'unknown' && chargeMode === 'online')

/** The effect of the rows of one stay; a payment takes precedence. */
export function endingOf(
  orderId: string,
  rows: readonly RowDraft[],
  chargeMode: ChargeMode,
): PayEvent | null {
  const own = rows.filter((row) => row.orderId === orderId)
  for (const row of own)
    if (row.kind === 'payment')
      return row.body.means === 'etc'
        ? { type: 'etc', now: 'paid' }
        : { type: 'paidOtherwise', means: row.body.means }
  for (const row of rows) {
    if (row.kind === 'pass') return { type: 'paidOtherwise', means: row.body.cause }
    if (row.kind === 'stayClosed') return { type: 'paidOtherwise', means: 'stayClosed' }
    if (row.kind === 'orderMade') return { type: 'paidOtherwise', means: 'newerOrder' }
  }
  for (const row of own) if (row.kind === 'intent') return { type: 'etc', now: 'started' }
  for (const row of own)
    if (row.kind === 'outcome' && isOver(row.body.state, chargeMode))
      return { type: 'etc', now: 'ended' }
  return null
}

/** An ETC charge in progress, or a card charge with an unknown result: no other means may begin. */
export const etcRunsFor = (order: Order | undefined): boolean =>
  (order?.deductions ?? []).some(
    ({ state, chargeMode }) => state === 'intent' || (state === 'unknown' && chargeMode === 'card'),
  )
