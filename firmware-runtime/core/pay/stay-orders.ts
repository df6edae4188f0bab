// The payments by code of one stay, out of its rows alone: also of a stay of last month.
// What a process knows beside the rows is not here.
import type { LedgerRow } from '../values/rows/ledger-row.ts'
import { foldPay, type PayCase } from './cases.ts'

/** By the id of the order in the ledger, in the order of their first rows. */
export function payOrdersOf(rows: Iterable<LedgerRow>): ReadonlyMap<string, PayCase> {
  const found = new Map<string, PayCase>()
  for (const row of rows) {
    if (row.kind !== 'pay') continue
    const orderId = row.orderId ?? ''
    const before = found.get(orderId)
    // A map of one: what is long settled is not forgotten here.
    const own = new Map(before === undefined ? [] : [[orderId, before]])
    foldPay(own, row)
    for (const [id, one] of own) found.set(id, one)
  }
  return found
}
