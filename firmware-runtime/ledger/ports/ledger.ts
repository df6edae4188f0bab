// The ledger a lane sees: synchronous, local, append-only, durable when `append` returns.
// Always node:sqlite behind it (design.md 4.6); reading for people goes through a LedgerReader.
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

export interface LedgerHead {
  readonly seq: number
  /** 64 lower-case hex; 64 zeros for an empty ledger. */
  readonly hash: string
}

export interface Ledger {
  readonly nodeId: string
  readonly head: LedgerHead
  /**
   * One transaction: all rows or none, synced before it returns, in the given order.
   * Throws LaneFault DATA-02 (disk full, nothing written, may be tried again) or LEDGER-06
   * (result unknown: the process must stop, reopen and read before anything else happens).
   */
  append(drafts: readonly RowDraft[]): readonly LedgerRow[]
  /** All rows after `seq`, in order: the fold at start. */
  rows(afterSeq: number): Iterable<LedgerRow>
  /** SM3, 64 lower-case hex, of the canonical texts of the rows after `fromSeq` up to `toSeq`, each ended by LF. */
  rowsSm3(fromSeq: number, toSeq: number): string
  close(): void
}
