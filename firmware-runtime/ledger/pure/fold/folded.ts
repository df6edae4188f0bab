// The state folded from the rows of a ledger up to one row: the lot, its upload queue, and the position of that row.
// A start folds all rows, or continues from a stored state whose row the ledger still contains.
import { emptyLot, foldRow } from '../lot/lot.ts'
import { type LotState } from '../lot/lot-state.ts'
import { emptyQueue, foldOutbox, type QueueState } from '../queue/queue.ts'
import type { OutboxRowAt } from '../queue/records.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { foldImports } from './last-imports.ts'

/**
 * Raise it whenever the same rows fold to another state than before: after a change in lot.ts or queue.ts, or when a
 * member gets another meaning. A stored state of another version is not used.
 */
export const foldVersion = 51

export interface RowPosition {
  /** 0 before the first row. */
  readonly seq: number
  /** 64 lower-case hex. */
  readonly hash: string
}

export interface Folded {
  readonly lot: LotState
  readonly queue: QueueState
  at: RowPosition
}

/** `rowAt` as in `emptyQueue`. */
export const emptyFolded = (rowAt: OutboxRowAt): Folded => ({
  lot: emptyLot(),
  queue: emptyQueue(rowAt),
  at: { seq: 0, hash: '0'.repeat(64) },
})

/** An upload row from an older version does not name its card: adds the card of its deduction. */
function withCard({ deductions, notUploaded }: LotState, row: LedgerRow): LedgerRow {
  if (row.kind !== 'outbox' || row.body.op !== 'exitUpload' || row.body.cardNo !== undefined)
    return row
  const { deductionId = '' } = row
  const { cardNo } = deductions.get(deductionId) ?? notUploaded.get(deductionId) ?? { cardNo: null }
  return cardNo === null ? row : { ...row, body: { ...row.body, cardNo } }
}

/** Takes the next row; `startMonoMs` as in `foldOutbox`. */
export function foldInto(folded: Folded, row: LedgerRow, startMonoMs: number | null): void {
  const named = withCard(folded.lot, row)
  foldImports(folded.lot, row)
  foldRow(folded.lot, row)
  foldOutbox(folded.queue, named, startMonoMs)
  folded.at = { seq: row.seq, hash: row.hash }
}

/** The same for a stored row; LEDGER-10 names a row that cannot be folded. The state is unusable afterwards. */
export function foldStored(folded: Folded, row: LedgerRow, startMonoMs: number | null): void {
  try {
    foldInto(folded, row, startMonoMs)
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('LEDGER-10', { field: `seq ${row.seq}`, value: row.kind, note })
  }
}

/** The rows after a sequence number, in order. */
export type RowsAfter = (seq: number) => Iterable<LedgerRow>

/** True when the ledger contains exactly the row (number and hash) at which a state stands. */
export function hasRow(at: RowPosition, rowsAfter: RowsAfter): boolean {
  for (const row of rowsAfter(at.seq - 1)) return row.seq === at.seq && row.hash === at.hash
  return false
}
