// Which destinations a lot named at each of its starts: a record is asked for only from the start that named its receiver.
import type { DestinationName } from '#base/pure/rows/ledger-row.ts'
import type { AcceptanceFacts } from '#ledger/pure/facts.ts'
import { ofKind, type RowOf } from './transactions.ts'

export type Boots = readonly RowOf<'boot'>[]

/** Starts in ledger order, with the last one before the judged period. */
export const bootsOf = ({ rows, before }: Pick<AcceptanceFacts, 'rows' | 'before'>): Boots =>
  [...ofKind(before, 'boot'), ...ofKind(rows, 'boot')].toSorted((a, b) => a.seq - b.seq)

/** Null: a row of an older version, which does not say it. */
export function names(boot: RowOf<'boot'>, destination: DestinationName): boolean | null {
  const { batchesTo, build } = boot.body
  if (batchesTo === undefined) return build === undefined ? null : false
  return batchesTo.some((one) => one === destination || one.startsWith(`${destination} `))
}

/** Whether the lot named this destination when that row was written; null: no start says it. */
export function namedAt(boots: Boots, destination: DestinationName, seq: number): boolean | null {
  const last = boots.findLast((boot) => boot.seq <= seq)
  return last === undefined ? null : names(last, destination)
}
