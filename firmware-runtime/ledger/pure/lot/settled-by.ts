// What paid for an order beside ETC: an access system of another maker is told so when the order is taken back (ADR 411).
import { sentMeansOf } from '#base/pure/values/sent-order.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { Order } from './lot-state.ts'

export function noteSettled(order: Order, row: Extract<LedgerRow, { kind: 'payment' }>): void {
  const means = sentMeansOf(row.body)
  if (means === null) return
  order.settledOtherwise = true
  order.settledBy ??= { means, amountFen: row.amountFen ?? 0, atMs: row.atMs }
}
