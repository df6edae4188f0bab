// Which rows a stretch holds: those of a time, or those between two counts of the drawer by their numbers.
// Rows are numbered as they are written, so a clock that steps moves none of a shift into another one.
import type { InstantMs } from '../values/instant.ts'
import type { LedgerRow } from '../values/rows/ledger-row.ts'

export interface RowNumbers {
  readonly afterSeq: number
  /** Still in it. */
  readonly uptoSeq: number
}

export interface RowSpan {
  readonly fromMs: InstantMs
  /** Not in it any more. */
  readonly toMs: InstantMs
  /** Of a shift: they say what is in it, and the times what a clock said. */
  readonly rows?: RowNumbers
}

export const isIn = (
  { fromMs, toMs, rows }: RowSpan,
  { atMs, seq }: Pick<LedgerRow, 'atMs' | 'seq'>,
): boolean =>
  rows === undefined ? atMs >= fromMs && atMs < toMs : seq > rows.afterSeq && seq <= rows.uptoSeq
