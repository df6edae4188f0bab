// The offline queue: every upload of a lot until the platform has confirmed or finally refused it.
// A fold over outbox rows plus a pure scheduler; the only owner of retries (design.md 4.8).
import { must } from '../values/must.ts'
import type { InstantMs } from '../values/instant.ts'
import type { LedgerRow, OutboxKind, OutboxState, RowDraft } from '../values/ledger-row.ts'

/** What a dialect makes of an answer. */
export type QueueVerdict =
  | { readonly kind: 'confirmed'; readonly tradeNo: string | null }
  /** A final business answer: no retry, other payment or a person. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Format or permission: stays in the queue's care as `held` until a person repairs it. */
  | { readonly kind: 'held'; readonly reason: string }
  | { readonly kind: 'processing' }
  | { readonly kind: 'notFound' }
  /** Wait as told, then again. */
  | { readonly kind: 'busy'; readonly afterMs: number | null; readonly reason: string }
  /** Nothing certain came back: it may have had its effect (M6). */
  | { readonly kind: 'silence'; readonly reason: string; readonly sent: boolean }

export interface AnswerMeta {
  readonly httpStatus: number | null
  readonly respCode: string | null
  readonly requestId: string | null
}

type SendOp = 'post' | 'query'

export interface OutboxRecord {
  readonly outboxId: string
  readonly seq: number
  readonly destination: string
  readonly op: OutboxKind
  readonly businessNo: string
  readonly deductionId: string | null
  readonly stayId: string | null
  readonly amountFen: number
  readonly atMs: InstantMs
  state: OutboxState
  attempts: number
  /** Monotonic ms of the last post, or null: "not found" is trusted only 30 s after it (P13). */
  lastPostMs: number | null
  inFlight: SendOp | null
  /** The try in flight is one of the paced backlog. */
  paced: boolean
  /** The barrier waits for this one: steps of P26. */
  live: 'post1' | 'query' | 'post2' | null
  lastNote: string
}

interface Destination {
  /** Transport failures in a row. */
  fails: number
  /** Monotonic ms until which nothing but a probe goes out; null while the circuit is closed. */
  openUntilMs: number | null
  /** Monotonic ms before which no backlog record goes out. */
  paceUntilMs: number
  backlogInFlight: number
}

export interface QueueState {
  readonly records: Map<string, OutboxRecord>
  readonly byDeduction: Map<string, string>
  /** First tries, in order of creation. */
  readonly fresh: Set<string>
  /** Backlog ready to go, oldest first. */
  readonly backlog: Set<string>
  /** Waiting for a time (monotonic ms). */
  readonly waiting: Map<string, number>
  readonly destinations: Map<string, Destination>
  /** Set aside for a person: refused or held. */
  readonly aside: Map<string, OutboxRecord>
  confirmed: number
}

export const queueTimes = {
  /** P26: attempt 3 s, one query 1 s, second attempt 3 s. */
  postMs: 3000,
  queryMs: 1000,
  backgroundMs: 10_000,
  /** D.2 rule 5, seconds; then every 10 min up to 24 h, then hourly. */
  backOffSec: [10, 20, 40, 80, 160, 300] as readonly number[],
  laterSec: 600,
  hourlySec: 3600,
  hourlyAfter: 150,
  circuitFails: 5,
  probeMs: 30_000,
  notFoundAfterMs: 30_000,
  /** 1.5 backlog records a second unless the platform says otherwise. */
  paceMs: 667,
} as const

export interface QueueEnv {
  /** Monotonic ms. */
  readonly monoMs: number
  /** Business time, for rows. */
  readonly nowMs: InstantMs
  /** False once a charge must not be posted again: the order was settled otherwise, or a person decides. */
  mayRepost(record: OutboxRecord): boolean
}

export type QueueEffect =
  | {
      readonly do: 'send'
      readonly outboxId: string
      readonly op: SendOp
      readonly timeoutMs: number
    }
  | { readonly do: 'row'; readonly row: RowDraft }
  /** A charge is settled; `receipt` becomes durable together with the outcome. */
  | {
      readonly do: 'charge'
      readonly deductionId: string
      readonly result: 'paid' | 'refused' | 'noAnswerTwice'
      readonly reason: string
      readonly receipt: RowDraft | null
    }

export const emptyQueue = (): QueueState => ({
  records: new Map(),
  byDeduction: new Map(),
  fresh: new Set(),
  backlog: new Set(),
  waiting: new Map(),
  destinations: new Map(),
  aside: new Map(),
  confirmed: 0,
})

/**
 * Takes one ledger row. `startMonoMs`: set for rows read at start; what was under way then is
 * unknown now, and counts as posted at the start.
 */
export function foldOutbox(queue: QueueState, row: LedgerRow, startMonoMs: number | null): void {
  if (row.kind === 'outbox') {
    const b = row.body
    queue.records.set(b.outboxId, {
      outboxId: b.outboxId,
      seq: row.seq,
      destination: b.destination,
      op: b.op,
      businessNo: b.businessNo,
      deductionId: row.deductionId ?? null,
      stayId: row.stayId ?? null,
      amountFen: row.amountFen ?? 0,
      atMs: row.atMs,
      state: startMonoMs === null ? 'new' : 'unknown',
      attempts: startMonoMs === null ? 0 : 1,
      lastPostMs: startMonoMs,
      inFlight: null,
      paced: false,
      live: null,
      lastNote: '',
    })
    if (b.op === 'charge' && row.deductionId !== undefined)
      queue.byDeduction.set(row.deductionId, b.outboxId)
    if (startMonoMs === null) queue.fresh.add(b.outboxId)
    else queue.backlog.add(b.outboxId)
    return
  }
  if (row.kind !== 'outboxState') return
  const record = queue.records.get(row.body.outboxId) ?? queue.aside.get(row.body.outboxId)
  if (record === undefined) return
  const state = row.body.state
  record.state = state
  record.attempts = Math.max(record.attempts, row.body.attempt)
  record.lastNote = row.body.note ?? ''
  if (state === 'confirmed' || state === 'rejected' || state === 'held') {
    forget(queue, record)
    if (state === 'confirmed') queue.confirmed++
    else queue.aside.set(record.outboxId, record)
  } else if (queue.aside.delete(record.outboxId)) {
    queue.records.set(record.outboxId, record)
    queue.backlog.add(record.outboxId)
  }
}

function forget(queue: QueueState, record: OutboxRecord): void {
  queue.records.delete(record.outboxId)
  queue.fresh.delete(record.outboxId)
  queue.backlog.delete(record.outboxId)
  queue.waiting.delete(record.outboxId)
  if (record.deductionId !== null && queue.byDeduction.get(record.deductionId) === record.outboxId)
    queue.byDeduction.delete(record.deductionId)
}

export function destinationOf(queue: QueueState, name: string): Destination {
  let d = queue.destinations.get(name)
  if (d === undefined) {
    d = { fails: 0, openUntilMs: null, paceUntilMs: 0, backlogInFlight: 0 }
    queue.destinations.set(name, d)
  }
  return d
}

/** False while the circuit of this destination is open. */
export const isUp = (queue: QueueState, destination: string): boolean =>
  queue.destinations.get(destination)?.openUntilMs == null

/** A lane waits for this charge now: the steps of P26 begin, or a query when it was sent before. */
export function kick(queue: QueueState, deductionId: string): QueueEffect[] {
  const record = queue.records.get(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined || record.inFlight !== null) return []
  queue.fresh.delete(record.outboxId)
  queue.backlog.delete(record.outboxId)
  queue.waiting.delete(record.outboxId)
  const first = record.attempts === 0
  record.live = first ? 'post1' : 'query'
  return [send(record, first ? 'post' : 'query', first ? queueTimes.postMs : queueTimes.queryMs)]
}

function send(record: OutboxRecord, op: SendOp, timeoutMs: number): QueueEffect {
  must(record.inFlight === null, 'one try of a record at a time')
  record.inFlight = op
  if (op === 'post') record.attempts++
  return { do: 'send', outboxId: record.outboxId, op, timeoutMs }
}

/** What may go out now. Call after every event and when `wakeAtMs` comes. */
export function pump(queue: QueueState, env: QueueEnv): QueueEffect[] {
  const effects: QueueEffect[] = []
  for (const [outboxId, atMs] of queue.waiting) {
    if (atMs > env.monoMs) continue
    queue.waiting.delete(outboxId)
    queue.backlog.add(outboxId)
  }
  for (const outboxId of queue.fresh) {
    const record = queue.records.get(outboxId)
    queue.fresh.delete(outboxId)
    if (record === undefined) continue
    if (isUp(queue, record.destination) && canPost(record, env))
      effects.push(send(record, 'post', queueTimes.backgroundMs))
    else queue.backlog.add(outboxId)
  }
  for (const outboxId of queue.backlog) {
    const record = queue.records.get(outboxId)
    if (record === undefined) {
      queue.backlog.delete(outboxId)
      continue
    }
    const d = destinationOf(queue, record.destination)
    if (d.backlogInFlight > 0 || d.paceUntilMs > env.monoMs) continue
    if (d.openUntilMs !== null && d.openUntilMs > env.monoMs) continue
    queue.backlog.delete(outboxId)
    d.backlogInFlight++
    d.paceUntilMs = env.monoMs + queueTimes.paceMs
    const op = record.attempts > 0 || !canPost(record, env) ? 'query' : 'post'
    record.paced = true
    effects.push(send(record, op, queueTimes.backgroundMs))
  }
  return effects
}

const canPost = (record: OutboxRecord, env: QueueEnv): boolean =>
  record.op !== 'charge' || env.mayRepost(record)

/** Monotonic ms at which `pump` has something to do, or null. */
export function wakeAtMs(queue: QueueState, monoMs: number): number | null {
  let at: number | null = null
  const sooner = (ms: number): void => {
    if (at === null || ms < at) at = ms
  }
  for (const ms of queue.waiting.values()) sooner(ms)
  if (queue.backlog.size > 0)
    for (const d of queue.destinations.values())
      if (d.backlogInFlight === 0) sooner(Math.max(d.paceUntilMs, d.openUntilMs ?? 0, monoMs + 1))
  return at
}
