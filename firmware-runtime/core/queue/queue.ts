// The offline queue: every upload of a lot until the platform has confirmed or finally refused it.
// A fold over outbox rows plus a pure scheduler; the only owner of retries (design.md 4.8).
import { type OutboxRecord, type SendOp } from './records.ts'
import { isBooked } from '../lot/not-uploaded.ts'
import { must } from '../values/must.ts'
import type { InstantMs } from '../values/instant.ts'
import type {
  LedgerRow,
  OutboxKind,
  OutboxState,
  RefundState,
  RowDraft,
} from '../values/ledger-row.ts'
import { OutboxRecords } from './records.ts'
import {
  emptyWaiting,
  firstWaiting,
  takeAll,
  takeFirst,
  waitUntil,
  type Waiting,
} from './waiting.ts'

/** What a dialect makes of an answer. */
export type QueueVerdict =
  | { readonly kind: 'confirmed'; readonly tradeNo: string | null }
  /** A final business answer: no retry, other payment or a person. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Format or permission: stays in the queue's care as `held` until a person repairs it. */
  | { readonly kind: 'held'; readonly reason: string }
  /** `step`: how far a refund is there. */
  | { readonly kind: 'processing'; readonly step?: RefundState }
  | { readonly kind: 'notFound' }
  /** Wait as told, then again. */
  | { readonly kind: 'busy'; readonly afterMs: number | null; readonly reason: string }
  /** An answer came and proves nothing (D.2 rule 8): unknown as after silence, but the link works. */
  | { readonly kind: 'unclear'; readonly reason: string }
  /** Nothing certain came back: it may have had its effect (M6). */
  | { readonly kind: 'silence'; readonly reason: string; readonly sent: boolean }

export interface AnswerMeta {
  readonly httpStatus: number | null
  readonly respCode: string | null
  readonly requestId: string | null
}

export interface Destination {
  /** Transport failures in a row. */
  fails: number
  /** Monotonic ms until which nothing but a probe goes out; null while the circuit is closed. */
  openUntilMs: number | null
  /** Monotonic ms before which the platform said that it wants nothing. */
  busyUntilMs: number
  /** Monotonic ms before which the next question for a waiting car does not go out. */
  askAtMs: number
  /** Monotonic ms before which no backlog record goes out. */
  paceUntilMs: number
  backlogInFlight: number
  /** Ready to go, oldest first. */
  readonly backlog: Set<string>
  readonly waiting: Waiting
}

export interface QueueState {
  readonly records: OutboxRecords
  readonly byDeduction: Map<string, string>
  /** First tries, in order of creation. */
  readonly fresh: Set<string>
  readonly destinations: Map<string, Destination>
  /** Set aside for a person: held, or refused for good; a refused charge is the lane's business. */
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
  /** A receipt that could not be written is fetched again after this. */
  receiptMs: 30_000,
  /** A refund is looked at again this long after its charge is due. */
  behindMs: 1000,
  /** 1.5 backlog records a second unless the platform says otherwise. */
  paceMs: 667,
} as const

export interface QueueEnv {
  /** Monotonic ms. */
  readonly monoMs: number
  /** Business time, for rows. */
  readonly nowMs: InstantMs
  /**
   * False once a charge must not be posted again: the order was settled otherwise, or a person
   * decides. A lane that waits for it (`live`) is no reason against it.
   */
  mayRepost(record: OutboxRecord): boolean
}

export type QueueEffect =
  | {
      readonly do: 'send'
      readonly outboxId: string
      readonly tryNo: number
      readonly op: SendOp
      readonly timeoutMs: number
    }
  /** A query whose answer only says whether the destination is there; the record stays as it is. */
  | { readonly do: 'ask'; readonly outboxId: string; readonly timeoutMs: number }
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
  records: new OutboxRecords(),
  byDeduction: new Map(),
  fresh: new Set(),
  destinations: new Map(),
  aside: new Map(),
  confirmed: 0,
})

/** A charge or refund that is sent now; uploads and exceptions only tell of what was. */
const movesMoney = (op: OutboxKind): boolean => op === 'charge' || op === 'refund'

/**
 * Takes one ledger row. `startMonoMs`: set for rows read at start; what was under way then is
 * unknown now, and counts as posted at the start.
 */
export function foldOutbox(queue: QueueState, row: LedgerRow, startMonoMs: number | null): void {
  if (row.kind === 'outbox') {
    const b = row.body
    const record: OutboxRecord = {
      outboxId: b.outboxId,
      seq: row.seq,
      destination: b.destination,
      op: b.op,
      businessNo: b.businessNo,
      deductionId: row.deductionId ?? null,
      stayId: row.stayId ?? null,
      amountFen: row.amountFen ?? 0,
      cardNo: b.cardNo ?? null,
      atMs: row.atMs,
      state: startMonoMs === null ? 'new' : 'unknown',
      // What was under way is not known: what moves money is asked for, the rest is sent again (M3).
      attempts: startMonoMs !== null && movesMoney(b.op) ? 1 : 0,
      rounds: 0,
      lastPostMs: startMonoMs,
      inFlight: null,
      tryNo: 0,
      paced: false,
      live: null,
      lastNote: '',
    }
    queue.records.add(record)
    if (b.op === 'charge' && row.deductionId !== undefined)
      queue.byDeduction.set(row.deductionId, b.outboxId)
    if (startMonoMs === null) queue.fresh.add(b.outboxId)
    else restInBacklog(queue, record, startMonoMs)
    return
  }
  if (row.kind === 'audit' && isBooked(row))
    for (const record of queue.aside.values())
      if (record.op === 'exitUpload' && record.deductionId === row.deductionId)
        queue.aside.delete(record.outboxId)
  // People gave what the platform refused: nothing is left to send.
  if (row.kind === 'refundState' && row.body.state === 'success')
    for (const record of queue.aside.values())
      if (record.op === 'refund' && record.businessNo === row.body.refundId)
        queue.aside.delete(record.outboxId)
  if (row.kind !== 'outboxState') return
  const record = queue.records.get(row.body.outboxId) ?? queue.aside.get(row.body.outboxId)
  if (record === undefined) return
  const state = row.body.state
  record.state = state
  record.attempts = Math.max(record.attempts, row.body.attempt)
  record.lastNote = row.body.note ?? ''
  if (state === 'confirmed' || state === 'rejected' || state === 'held') {
    forget(queue, record, state)
    if (state === 'confirmed') queue.confirmed++
    else if (state === 'held' || record.op !== 'charge') queue.aside.set(record.outboxId, record)
  } else if (queue.aside.delete(record.outboxId)) {
    queue.records.add(record)
    if (startMonoMs === null) destinationOf(queue, record.destination).backlog.add(record.outboxId)
  }
  // A record that was read at a start does nothing yet, whatever its rows say.
  if (startMonoMs !== null && queue.records.has(record.outboxId))
    restInBacklog(queue, record, startMonoMs)
}

/** It waits for its turn, and until then it is a line of text. */
function restInBacklog(queue: QueueState, record: OutboxRecord, startMonoMs: number | null): void {
  queue.records.restPostMs = startMonoMs
  queue.records.rest(record)
  destinationOf(queue, record.destination).backlog.add(record.outboxId)
}

/** Nothing is sent, because no platform is joined yet: what is new waits with the others. */
export function restAll(queue: QueueState): void {
  for (const outboxId of queue.fresh) {
    const record = queue.records.get(outboxId)
    if (record !== undefined) restInBacklog(queue, record, queue.records.restPostMs)
  }
  queue.fresh.clear()
}

function forget(queue: QueueState, record: OutboxRecord, state: OutboxState): void {
  const d = destinationOf(queue, record.destination)
  queue.records.delete(record.outboxId)
  queue.fresh.delete(record.outboxId)
  d.backlog.delete(record.outboxId)
  d.waiting.times.delete(record.outboxId)
  unpace(d, record)
  // A held charge was sent and may come back: it keeps its deduction (M6).
  if (state === 'held') return
  if (record.deductionId !== null && queue.byDeduction.get(record.deductionId) === record.outboxId)
    queue.byDeduction.delete(record.deductionId)
}

export function destinationOf(queue: QueueState, name: string): Destination {
  let d = queue.destinations.get(name)
  if (d === undefined) {
    d = {
      fails: 0,
      openUntilMs: null,
      busyUntilMs: 0,
      askAtMs: 0,
      paceUntilMs: 0,
      backlogInFlight: 0,
      backlog: new Set(),
      waiting: emptyWaiting(),
    }
    queue.destinations.set(name, d)
  }
  return d
}

/** False while the circuit of this destination is open. */
export const isUp = (queue: QueueState, destination: string): boolean =>
  (queue.destinations.get(destination)?.openUntilMs ?? null) === null

/** A lane waits for this charge now: the steps of P26 begin, or a query when it was sent before. */
export function kick(queue: QueueState, deductionId: string): QueueEffect[] {
  const record = queue.records.get(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined) return []
  const d = destinationOf(queue, record.destination)
  if (record.live !== null || record.inFlight === 'post') return []
  // A query of the background is waited for up to ten seconds: the car's own takes its place.
  record.inFlight = null
  unpace(d, record)
  queue.fresh.delete(record.outboxId)
  d.backlog.delete(record.outboxId)
  d.waiting.times.delete(record.outboxId)
  const first = record.attempts === 0
  record.live = first ? 'post1' : 'query'
  return [send(record, first ? 'post' : 'query', first ? queueTimes.postMs : queueTimes.queryMs)]
}

/**
 * The car of this charge still waits and its outcome is unknown: the same number is queried again, but
 * not before the platform said that it may be.
 */
export function kickAgain(queue: QueueState, deductionId: string, env: QueueEnv): QueueEffect[] {
  const record = queue.records.get(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined || record.live !== null) return []
  if (destinationOf(queue, record.destination).busyUntilMs > env.monoMs) return []
  return kick(queue, deductionId)
}

/**
 * A car waits for this destination: while its circuit is open it is asked at the pace, whatever is under
 * way, because a lost probe is waited for up to three seconds (docs/adr/0107).
 */
export function probeNow(queue: QueueState, destination: string, monoMs: number): QueueEffect[] {
  const d = destinationOf(queue, destination)
  if (d.openUntilMs === null || Math.max(d.askAtMs, d.busyUntilMs) > monoMs) return []
  const known = queue.records.oldestOf(destination)
  if (known === null) {
    // No number is left to ask for, so nothing would ever close it: the car's own charge finds out.
    closeCircuit(d)
    return []
  }
  d.askAtMs = monoMs + queueTimes.paceMs
  return [{ do: 'ask', outboxId: known.outboxId, timeoutMs: queueTimes.postMs }]
}

export function send(record: OutboxRecord, op: SendOp, timeoutMs: number): QueueEffect {
  must(record.inFlight === null, 'one try of a record at a time')
  record.inFlight = op
  record.tryNo++
  if (op === 'post') record.attempts++
  const { outboxId, tryNo } = record
  return { do: 'send', outboxId, tryNo, op, timeoutMs }
}

/** Its try is none of the paced backlog any more. */
export function unpace(d: Destination, record: OutboxRecord): void {
  if (record.paced) d.backlogInFlight--
  record.paced = false
}

/** The destination is back, or a person says so: what waits for a time goes on, at the pace. */
export function closeCircuit(d: Destination): void {
  d.openUntilMs = null
  d.paceUntilMs = 0
  for (const outboxId of takeAll(d.waiting)) d.backlog.add(outboxId)
}

export function retryAll(queue: QueueState): void {
  for (const d of queue.destinations.values()) closeCircuit(d)
}

/** What may go out now. Call after every event and when `wakeAtMs` comes. */
export function pump(queue: QueueState, env: QueueEnv): QueueEffect[] {
  const effects: QueueEffect[] = []
  for (const outboxId of queue.fresh) {
    const record = queue.records.get(outboxId)
    queue.fresh.delete(outboxId)
    if (record === undefined || stepsBehind(queue, record, env)) continue
    if (isUp(queue, record.destination) && canPost(record, env))
      effects.push(send(record, 'post', queueTimes.backgroundMs))
    else destinationOf(queue, record.destination).backlog.add(outboxId)
  }
  for (const d of queue.destinations.values()) {
    for (let due = firstWaiting(d.waiting); due !== null; due = firstWaiting(d.waiting)) {
      if (due.atMs > env.monoMs) break
      takeFirst(d.waiting)
      d.backlog.add(due.outboxId)
    }
    const next = nextOf(queue, d, env)
    if (next !== null) effects.push(next)
  }
  return effects
}

/** One record of the backlog, or the probe of an open circuit; null when none may go now. */
function nextOf(queue: QueueState, d: Destination, env: QueueEnv): QueueEffect | null {
  if (d.backlogInFlight > 0 || freeAtMs(d) > env.monoMs) return null
  // A probe does not wait for a record's own time: 30 s is when the platform is asked (D.2 rule 5).
  const probe = d.openUntilMs === null ? null : firstWaiting(d.waiting)
  if (d.backlog.size === 0 && probe !== null) {
    takeFirst(d.waiting)
    d.backlog.add(probe.outboxId)
  }
  for (const outboxId of d.backlog) {
    d.backlog.delete(outboxId)
    const record = queue.records.get(outboxId)
    if (record === undefined || record.inFlight !== null) continue
    if (stepsBehind(queue, record, env)) continue
    d.backlogInFlight++
    d.paceUntilMs = env.monoMs + queueTimes.paceMs
    const op = record.attempts > 0 || !canPost(record, env) ? 'query' : 'post'
    record.paced = true
    return send(record, op, d.openUntilMs === null ? queueTimes.backgroundMs : probeMsOf(op))
  }
  return null
}

/** A probe asks whether the platform is there: it has the limits of P26. */
const probeMsOf = (op: SendOp): number => (op === 'query' ? queueTimes.queryMs : queueTimes.postMs)

/**
 * A refund waits while its charge is on the way to the same platform: asked for before, it is refused
 * for good, as of an order that nobody knows.
 */
function stepsBehind(queue: QueueState, record: OutboxRecord, env: QueueEnv): boolean {
  if (record.op !== 'refund') return false
  const charge = queue.records.chargeOf(record)
  if (charge === null) return false
  const { waiting } = destinationOf(queue, record.destination)
  const dueMs = Math.max(env.monoMs, waiting.times.get(charge.outboxId) ?? 0)
  waitUntil(waiting, record.outboxId, dueMs + queueTimes.behindMs)
  return true
}

const canPost = (record: OutboxRecord, env: QueueEnv): boolean =>
  record.op !== 'charge' || env.mayRepost(record)

/** Monotonic ms before which no backlog record of this destination goes out. */
const freeAtMs = (d: Destination): number => Math.max(d.paceUntilMs, d.openUntilMs ?? 0)

/** Monotonic ms at which `pump` has something to do, or null. */
export function wakeAtMs(queue: QueueState, monoMs: number): number | null {
  let at: number | null = null
  for (const d of queue.destinations.values()) {
    if (d.backlogInFlight > 0) continue
    const due = firstWaiting(d.waiting)?.atMs ?? Infinity
    const ready = d.backlog.size > 0 || (d.openUntilMs !== null && due < Infinity)
    const ms = ready ? Math.max(freeAtMs(d), monoMs + 1) : Math.max(due, d.paceUntilMs)
    if (ms < (at ?? Infinity)) at = ms
  }
  return at
}
