// The queue as a start reads it, as plain JSON and back. Only what rows say is kept: what a process
// knows beside them (tries, timers, circuits) is gone after a restart, with a cache as without one.
import { destinationOf, emptyQueue, type OutboxRecord, type QueueState } from '../queue/queue.ts'
import { must } from '../values/must.ts'
import type { OutboxKind, OutboxState } from '../values/ledger-row.ts'
import { entries, list, orNull, shape, text, whole, word, type Read } from './shape.ts'

/** `rounds`, `lastPostMs` and the rest are the same for every record that was read at a start. */
type RecordText = Omit<OutboxRecord, 'rounds' | 'lastPostMs' | 'inFlight' | 'paced' | 'live'>

export interface QueueSnapshot {
  readonly records: readonly RecordText[]
  readonly aside: readonly RecordText[]
  readonly byDeduction: readonly (readonly [string, string])[]
  /** What is ready to go, oldest first, by destination. */
  readonly backlog: readonly (readonly [string, readonly string[]])[]
  readonly confirmed: number
}

const record = shape<RecordText>({
  outboxId: text,
  seq: whole,
  destination: text,
  op: word<OutboxKind>({ charge: true, exitUpload: true, exception: true, refund: true }),
  businessNo: text,
  deductionId: orNull(text),
  stayId: orNull(text),
  amountFen: whole,
  cardNo: orNull(text),
  atMs: whole,
  state: word<OutboxState>({
    new: true,
    sending: true,
    confirmed: true,
    rejected: true,
    unknown: true,
    held: true,
  }),
  attempts: whole,
  lastNote: text,
})

export const readQueueSnapshot: Read<QueueSnapshot> = shape<QueueSnapshot>({
  records: list(record),
  aside: list(record),
  byDeduction: entries(text),
  backlog: entries(list(text)),
  confirmed: whole,
})

/** `startMonoMs` with which the rows were folded: a queue that has done more is not snapshot. */
export function queueSnapshot(queue: QueueState, startMonoMs: number): QueueSnapshot {
  must(queue.fresh.size === 0, 'a queue read at a start has no first tries')
  const recordText = (item: OutboxRecord): RecordText => {
    const { rounds, lastPostMs, inFlight, paced, live, ...kept } = item
    const rests = rounds === 0 && inFlight === null && !paced && live === null
    must(rests && lastPostMs === startMonoMs, 'a record read at a start rests')
    return kept
  }
  const backlog = [...queue.destinations].map(([name, d]): [string, string[]] => {
    const rests = d.fails === 0 && d.openUntilMs === null && d.paceUntilMs === 0
    must(rests && d.backlogInFlight === 0, 'a destination read at a start rests')
    must(d.waiting.times.size === 0, 'nothing waits for a time yet')
    return [name, [...d.backlog]]
  })
  return {
    records: [...queue.records.values()].map(recordText),
    aside: [...queue.aside.values()].map(recordText),
    byDeduction: [...queue.byDeduction],
    backlog,
    confirmed: queue.confirmed,
  }
}

/** As if all rows had been folded with `startMonoMs`. */
export function restoreQueue(kept: QueueSnapshot, startMonoMs: number): QueueState {
  const queue = emptyQueue()
  const restored = (item: RecordText): OutboxRecord => ({
    ...item,
    rounds: 0,
    lastPostMs: startMonoMs,
    inFlight: null,
    paced: false,
    live: null,
  })
  for (const item of kept.records) queue.records.set(item.outboxId, restored(item))
  for (const item of kept.aside) queue.aside.set(item.outboxId, restored(item))
  for (const [deductionId, outboxId] of kept.byDeduction)
    queue.byDeduction.set(deductionId, outboxId)
  for (const [name, ids] of kept.backlog) {
    const { backlog } = destinationOf(queue, name)
    for (const outboxId of ids) backlog.add(outboxId)
  }
  queue.confirmed = kept.confirmed
  return queue
}
