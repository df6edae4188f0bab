// The payments by code of one stay, from its rows alone, so that old stays work as well.
// In-memory data of a process is not included.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { foldPay, type PayCase } from './cases.ts'

/** By the id of the order in the ledger, in the order of their first rows. */
export function payOrdersOf(rows: Iterable<LedgerRow>): ReadonlyMap<string, PayCase> {
  const found = new Map<string, PayCase>()
  for (const row of rows) {
    if (row.kind !== 'pay') continue
    const orderId = row.orderId ?? ''
    const before = found.get(orderId)
    // A map with one entry, so that orders settled long ago are not dropped.
    const own = new Map(before === undefined ? [] : [[orderId, before]])
    foldPay(own, row)
    for (const [id, one] of own) found.set(id, one)
  }
  return found
}
