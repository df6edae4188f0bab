// The queue as a start reads it, as plain values and back. Only what rows say is kept: what a process
// knows beside them (tries, timers, circuits) is gone after a restart, with a cache as without one.
import { destinationOf, emptyQueue, type QueueState } from '../queue/queue.ts'
import { OutboxRecords, type OutboxRecord, type OutboxRowAt } from '../queue/records.ts'
import { Resting, type RestingState } from '../queue/resting.ts'
import type { Kin } from '../queue/kin.ts'
import { must } from '#base/pure/values/must.ts'

/** `rounds`, `lastPostMs` and the rest are the same for every record that was set aside before a start. */
type RecordText = Omit<
  OutboxRecord,
  'rounds' | 'lastPostMs' | 'inFlight' | 'tryNo' | 'paced' | 'live'
>

export interface QueueSnapshot {
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
export function queueSnapshot(queue: QueueState, startMonoMs: number): QueueSnapshot {
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
export function restoreQueue(
  kept: QueueSnapshot,
  startMonoMs: number,
  rowAt: OutboxRowAt,
): QueueState {
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
