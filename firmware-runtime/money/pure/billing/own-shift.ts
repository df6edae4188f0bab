// The part of the books that belongs to the running shift (rows, items, cars), for a person without access to other shifts.
// It begins at the last count of the drawer, but at most one day ago.
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { DayItem, Tally } from './day-items.ts'
import type { RowSpan } from './row-span.ts'

/** Rows after the last count by row number; by time where that count is older than a day or missing. */
export function ownShift(
  { shifts }: Pick<Tally, 'shifts'>,
  { nowMs, uptoSeq }: { readonly nowMs: InstantMs; readonly uptoSeq: number },
): RowSpan {
  const last = shifts.at(-1)
  // A row of this moment is in it.
  const toMs = nowMs + 1
  const dayAgoMs = nowMs - dayMs
  if (last === undefined || last.toMs < dayAgoMs) return { fromMs: dayAgoMs, toMs }
  return { fromMs: last.toMs, toMs, rows: { afterSeq: last.uptoSeq, uptoSeq } }
}

/** True for an item of this person, or for an unassigned one found in the shift. */
export function isOfShift(
  { owner, foundAtMs, end }: Pick<DayItem, 'owner' | 'foundAtMs' | 'end'>,
  { name, fromMs }: { readonly name: string; readonly fromMs: InstantMs },
): boolean {
  if (end !== null && end.atMs < fromMs) return false
  return owner === '' ? foundAtMs >= fromMs : isSamePerson(owner, name)
}

/** A car that left in the shift, or has not left yet. */
export function leftInShift(rows: readonly LedgerRow[], fromMs: InstantMs): boolean {
  const last = rows.findLast(({ kind }) => kind === 'stayClosed') ?? rows.at(-1)
  return last !== undefined && last.atMs >= fromMs
}
