// Which rows change the published number of free spaces.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

/** Rows that may change a number: a car comes, goes or turns out to be one with a reservation, or bays are kept. */
const changing: ReadonlySet<LedgerRow['kind']> = new Set([
  'stayOpened',
  'stayClosed',
  'spaceLeft',
  'plateRead',
] as const)

/** False: no number of free spaces is another one after this row. Time changes them, too, where bays are kept. */
export function changesSpaces(row: LedgerRow): boolean {
  if (row.kind === 'orderMade')
    return (row.body.sent?.leftAtMs ?? null) !== null || row.body.reservation !== undefined
  // Messages to the platform, and what they say, change nothing.
  if (row.kind === 'reservation') return !['acked', 'level', 'up'].includes(row.body.row)
  return changing.has(row.kind)
}
