// A folded state as a value that is copied whole, with the row it stands at, and back. The lot is kept as
// it is, shared objects and maps with it; of the queue only what rows say, with the real start put in.
import type { LotState } from '../lot/lot-state.ts'
import type { OutboxRowAt } from '../queue/records.ts'
import type { Folded, RowPosition } from './folded.ts'
import { queueSnapshot, restoreQueue, type QueueSnapshot } from './queue-snapshot.ts'

export interface FoldSnapshot {
  readonly at: RowPosition
  readonly lot: LotState
  readonly queue: QueueSnapshot
}

/** Rows for a snapshot are folded with this; `restoreFold` puts the real start in its place. */
export const snapshotMonoMs = 0

/** Shares objects with the state: copy it before another row is folded. */
export const foldSnapshot = ({ at, lot, queue }: Folded): FoldSnapshot => ({
  at,
  lot,
  queue: queueSnapshot(queue, snapshotMonoMs),
})

/** As if all rows had been folded with `startMonoMs`. Takes over the objects of the snapshot. */
export const restoreFold = (
  { at, lot, queue }: FoldSnapshot,
  startMonoMs: number,
  rowAt: OutboxRowAt,
): Folded => ({ at, lot, queue: restoreQueue(queue, startMonoMs, rowAt) })
