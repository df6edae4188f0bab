// A folded state as a value that is copied whole, with the row it stands at, and back. The lot is kept as
// it is, shared objects and maps with it; of the queue only what rows say, with the real start put in.
import type { LotState } from '../lot/lot-state.ts'
import { type OutboxRecord, OutboxRecords, type OutboxRowAt } from '../queue/records.ts'
import type { Folded, RowPosition } from './folded.ts'
import type { Kin } from '../queue/kin.ts'
import { destinationOf, emptyQueue, type QueueState } from '../queue/queue.ts'
import { Resting, type RestingState } from '../queue/resting.ts'
import { must } from '../values/must.ts'

/** `rounds`, `lastPostMs` and the rest are the same for every record that was set aside before a start. */
type RecordText = Omit<
  OutboxRecord,
  'rounds' | 'lastPostMs' | 'inFlight' | 'tryNo' | 'paced' | 'live'
>

interface QueueSnapshot {
  readonly resting: RestingState
  /** Records that do not fit there, in the order in which they become ready. */
  readonly awake: readonly RecordText[]
  readonly aside: readonly RecordText[]
  readonly byDeduction: readonly (readonly [string, string])[]
  /** Every destination that a record ever had. */
  readonly destinations: readonly string[]
  readonly kin: Kin
  readonly confirmed: number
}

/** `startMonoMs` with which the rows were folded: a queue that has done more is not snapshot. */
function queueSnapshot(queue: QueueState, startMonoMs: number): QueueSnapshot {
  must(queue.fresh.size === 0, 'a queue read at a start has no first tries')
  const recordText = (item: OutboxRecord): RecordText => {
    const { rounds, lastPostMs, inFlight, tryNo, paced, live, ...kept } = item
    const rests = rounds === 0 && inFlight === null && !paced && live === null
    must(rests && lastPostMs === startMonoMs, 'a record read at a start rests')
    return kept
  }
  const { awake, resting, restPostMs } = queue.records
  must(resting.size === 0 || restPostMs === startMonoMs, 'a queue read at that start rests')
  for (const d of queue.destinations.values()) {
    const rests = d.fails === 0 && d.openUntilMs === null && d.paceUntilMs === 0
    must(rests && d.backlogInFlight === 0, 'a destination read at a start rests')
    must(d.waiting.times.size === 0, 'nothing waits for a time yet')
  }
  return {
    resting: resting.state(),
    awake: [...awake.values()].map(recordText),
    aside: [...queue.aside.values()].map(recordText),
    byDeduction: [...queue.byDeduction],
    destinations: [...queue.destinations.keys()],
    kin: queue.kin,
    confirmed: queue.confirmed,
  }
}

/** As if all rows had been folded with `startMonoMs`. */
function restoreQueue(kept: QueueSnapshot, startMonoMs: number, rowAt: OutboxRowAt): QueueState {
  const records = new OutboxRecords(rowAt, Resting.of(kept.resting))
  const queue = { ...emptyQueue(rowAt), records, kin: kept.kin }
  records.restPostMs = startMonoMs
  const restored = (item: RecordText): OutboxRecord => ({
    ...item,
    rounds: 0,
    lastPostMs: startMonoMs,
    inFlight: null,
    tryNo: 0,
    paced: false,
    live: null,
  })
  for (const item of kept.aside) queue.aside.set(item.outboxId, restored(item))
  for (const [deductionId, outboxId] of kept.byDeduction)
    queue.byDeduction.set(deductionId, outboxId)
  for (const name of kept.destinations) destinationOf(queue, name)
  for (const item of kept.awake) {
    records.add(restored(item))
    destinationOf(queue, item.destination).backlog.add(item.outboxId)
  }
  queue.confirmed = kept.confirmed
  return queue
}

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
