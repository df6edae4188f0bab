// Selects rows by time, or, for a shift, by the row numbers between two counts of the drawer.
// Row numbers follow the order of writing, so a step of the clock moves no row from one shift to another.
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

export interface RowNumbers {
  readonly afterSeq: number
  /** Inclusive. */
  readonly uptoSeq: number
}

export interface RowSpan {
  readonly fromMs: InstantMs
  /** Exclusive. */
  readonly toMs: InstantMs
  /** Of a shift: these numbers select its rows; the times are for display. */
  readonly rows?: RowNumbers
}

export const isIn = (
  { fromMs, toMs, rows }: RowSpan,
  { atMs, seq }: Pick<LedgerRow, 'atMs' | 'seq'>,
): boolean =>
  rows === undefined ? atMs >= fromMs && atMs < toMs : seq > rows.afterSeq && seq <= rows.uptoSeq
