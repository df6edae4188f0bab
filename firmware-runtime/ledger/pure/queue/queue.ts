// The offline queue: every upload of a lot until the platform has confirmed or finally refused it.
// A fold over outbox rows plus a pure scheduler; the only owner of retries (design.md 4.8).
import { type OutboxRecord, type SendOp } from './records.ts'
import { movesMoney } from './mend.ts'
import { isBooked } from '../lot/not-uploaded.ts'
import {
  closeCircuit,
  isEnded,
  newDestination,
  queueTimes,
  type Destination,
  type LinkEnv,
} from './destination.ts'
import { must } from '#base/pure/values/must.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import type { LedgerRow, OutboxState, RowDraft } from '#base/pure/rows/ledger-row.ts'
import { OutboxRecords, recordOf, type OutboxRowAt } from './records.ts'
import { emptyKin, foldKin, type Kin } from './kin.ts'
import { beginSteps, countApplied, mayCancel, postStep } from './two-step.ts'
import { firstWaiting, takeFirst, waitUntil } from './waiting.ts'

export type { AnswerMeta, BatchAnswer, QueueVerdict } from './verdict.ts'

export interface QueueState {
  readonly records: OutboxRecords
  readonly byDeduction: Map<string, string>
  /** Records not tried yet, in order of creation. */
  readonly fresh: Set<string>
  readonly destinations: Map<string, Destination>
  /** Set aside for a person: held, or finally refused; a refused charge is left to the lane. */
  readonly aside: Map<string, OutboxRecord>
  /** Records of one number: sent again, or corrected. */
  readonly kin: Kin
  confirmed: number
}

export interface QueueEnv extends LinkEnv {
  /** Business time for rows. */
  readonly nowMs: InstantMs
  /**
   * False once a charge must not be posted again: the order was settled otherwise, or a person decides.
   * A lane that waits for it (`live`) does not make it false.
   */
  mayRepost(record: OutboxRecord): boolean
  /** True while another party has to agree first; the record waits and does not block others. Absent: never. */
  isHeldBack?: (record: OutboxRecord) => boolean
  /** False for a destination without a link: its records wait and do not block others. Absent: all have one. */
  reaches?: (destination: string) => boolean
  /** True where a charge needs an application first (P34). Absent: nowhere. */
  twoStep?: (destination: string) => boolean
  /**
   * True where a charge is an order of an access system: it stays open there until ETC has paid it or it is taken back
   * (ADR 411). Absent: nowhere.
   */
  byOrder?: (destination: string) => boolean
  /** Interval in ms between backlog records, as configured for this platform. Absent: the standard pace. */
  paceMs?: (destination: string) => number
}

export const paceOf = ({ paceMs }: Pick<QueueEnv, 'paceMs'>, destination: string): number =>
  paceMs?.(destination) ?? queueTimes.paceMs

/** Largest number of backlog tries in flight: 1 at a slow pace, more when the interval is below the answer time. */
const atOnceMax = (d: Destination, paceMs: number): number =>
  d.openUntilMs === null && d.trial === 0 ? Math.min(8, Math.ceil(queueTimes.answerMs / paceMs)) : 1

export type QueueEffect =
  | {
      readonly do: 'send'
      readonly outboxId: string
      readonly tryNo: number
      readonly op: SendOp
      readonly timeoutMs: number
    }
  /** Checks whether the link of a destination is up, without a request. */
  | { readonly do: 'look'; readonly destination: string; readonly timeoutMs: number }
  /** A query that only tests whether the destination answers; the record stays unchanged. */
  | { readonly do: 'ask'; readonly outboxId: string; readonly timeoutMs: number }
  | { readonly do: 'row'; readonly row: RowDraft }
  /** A charge is settled; `receipt` is made durable together with the outcome. */
  | {
      readonly do: 'charge'
      readonly deductionId: string
      readonly result: ChargeResult
      readonly reason: string
      readonly receipt: RowDraft | null
    }

/** `rowAt` reads the ledger row of a resting record. */
export const emptyQueue = (rowAt: OutboxRowAt): QueueState => ({
  records: new OutboxRecords(rowAt),
  byDeduction: new Map(),
  fresh: new Set(),
  destinations: new Map(),
  aside: new Map(),
  kin: emptyKin(),
  confirmed: 0,
})

const endStates: readonly OutboxState[] = ['confirmed', 'rejected', 'held', 'replaced']

/**
 * Folds one ledger row. `startMonoMs`: set for rows read at a start; a try that was in flight then has an unknown outcome
 * and counts as posted at the start.
 */
export function foldOutbox(queue: QueueState, row: LedgerRow, startMonoMs: number | null): void {
  foldKin(queue, row)
  if (row.kind === 'outbox') {
    const b = row.body
    const isAtStart = startMonoMs !== null
    const record: OutboxRecord = {
      ...recordOf(row),
      state: isAtStart ? 'unknown' : 'new',
      // A try may have been in flight: query a record that moves money, resend any other (M3).
      attempts: isAtStart && movesMoney(b.op) ? 1 : 0,
      lastPostMs: startMonoMs,
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
      if (record.op === 'exitUpload' && record.deductionId === row.deductionId) {
        queue.aside.delete(record.outboxId)
        queue.kin.ended.add(record.outboxId)
      }
  // A person determined the outcome of a held charge: no query is needed.
  if (row.kind === 'outcome' && row.body.source === 'person')
    for (const record of queue.aside.values())
      if (record.op === 'charge' && record.deductionId === row.deductionId) {
        queue.aside.delete(record.outboxId)
        queue.byDeduction.delete(record.deductionId ?? '')
      }
  // The refund that the platform refused was handed out by a person: nothing to send.
  if (row.kind === 'refundState' && row.body.state === 'success')
    for (const record of queue.aside.values())
      if (record.op === 'refund' && record.businessNo === row.body.refundId)
        queue.aside.delete(record.outboxId)
  if (row.kind !== 'outboxState' || confirmedAtRest(queue, row)) return
  const rested = queue.records.resting.has(row.body.outboxId)
  const record = queue.records.get(row.body.outboxId) ?? queue.aside.get(row.body.outboxId)
  if (record === undefined) return
  const state = row.body.state
  record.state = state
  record.attempts = Math.max(record.attempts, row.body.attempt)
  record.lastNote = row.body.note ?? ''
  // Rows read at a start do not end a kind: the platform is tried again.
  if (row.body.ends !== undefined && startMonoMs === null && record.told !== undefined)
    destinationOf(queue, record.destination).ended.add(record.told)
  if (endStates.includes(state)) {
    forget(queue, record, state)
    // The record that replaces it is counted and sent instead.
    if (state === 'replaced') queue.aside.delete(record.outboxId)
    else if (state === 'confirmed') queue.confirmed++
    else if (state === 'held' || record.op !== 'charge') queue.aside.set(record.outboxId, record)
  } else if (queue.aside.delete(record.outboxId)) {
    queue.records.add(record)
    if (startMonoMs === null) destinationOf(queue, record.destination).backlog.add(record.outboxId)
  }
  // A record read at a start is idle, whatever its rows say.
  if ((startMonoMs !== null || rested) && queue.records.has(record.outboxId))
    restInBacklog(queue, record, startMonoMs ?? queue.records.restPostMs)
}

/** Confirms a resting record without reading its row, because a fold of all rows meets every record ever confirmed. */
function confirmedAtRest(
  queue: QueueState,
  row: Extract<LedgerRow, { kind: 'outboxState' }>,
): boolean {
  const { outboxId, state } = row.body
  if (state !== 'confirmed' || queue.records.awake.has(outboxId)) return false
  const { deductionId } = row
  const head = queue.records.resting.head(outboxId)
  // Confirming a charge releases its deduction, which rows from older versions do not name: read the record.
  if (head === null || (head.op === 'charge' && deductionId === undefined)) return false
  queue.records.delete(outboxId)
  const d = destinationOf(queue, head.destination)
  d.backlog.delete(outboxId)
  d.waiting.times.delete(outboxId)
  if (deductionId !== undefined && queue.byDeduction.get(deductionId) === outboxId)
    queue.byDeduction.delete(deductionId)
  queue.confirmed++
  return true
}

/** Puts a record into the backlog, where it rests on disk until its turn. */
function restInBacklog(queue: QueueState, record: OutboxRecord, startMonoMs: number | null): void {
  queue.records.restPostMs = startMonoMs
  const d = destinationOf(queue, record.destination)
  if (!queue.records.rest(record)) d.backlog.add(record.outboxId)
}

/** Rests all new records, because no platform is joined yet. */
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
  // A held charge was sent and may still be answered: it keeps its deduction (M6).
  if (state === 'held') return
  if (record.deductionId !== null && queue.byDeduction.get(record.deductionId) === record.outboxId)
    queue.byDeduction.delete(record.deductionId)
}

export function destinationOf(queue: QueueState, name: string): Destination {
  let d = queue.destinations.get(name)
  if (d === undefined) {
    d = newDestination()
    queue.destinations.set(name, d)
  }
  return d
}

/** False while the circuit of this destination is open. */
export const isUp = (queue: QueueState, destination: string): boolean =>
  (queue.destinations.get(destination)?.openUntilMs ?? null) === null

/** Number of backlog tries in flight, over all destinations. */
export const backlogInFlight = (queue: QueueState): number =>
  [...queue.destinations.values()].reduce((sum, d) => sum + d.backlogInFlight, 0)

/** A lane waits for this charge: starts the steps of P26, or a query when it was sent before. */
export function kick(queue: QueueState, deductionId: string, env?: QueueEnv): QueueEffect[] {
  const record = queue.records.get(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined) return []
  const d = destinationOf(queue, record.destination)
  if (record.live !== null || record.inFlight === 'post') return []
  if (env?.isHeldBack?.(record) === true) return []
  // A background query may take ten seconds: the query for the car replaces it.
  record.inFlight = null
  unpace(d, record)
  queue.fresh.delete(record.outboxId)
  d.backlog.delete(record.outboxId)
  d.waiting.times.delete(record.outboxId)
  const first = record.attempts === 0
  record.live = first ? 'post1' : 'query'
  beginSteps(record)
  return [first ? post(record, queueTimes.postMs, env) : send(record, 'query', queueTimes.queryMs)]
}

/**
 * The car of this charge still waits and its outcome is unknown: queries the same number again, but not before the time
 * that the platform stated.
 */
export function kickAgain(queue: QueueState, deductionId: string, env: QueueEnv): QueueEffect[] {
  const record = queue.records.seen(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined || record.live !== null) return []
  if (destinationOf(queue, record.destination).busyUntilMs > env.monoMs) return []
  return kick(queue, deductionId, env)
}

/** A lane no longer wants this order charged: takes it back now, unless a request about it is under way. */
export function takeBack(queue: QueueState, deductionId: string, env: QueueEnv): QueueEffect[] {
  const record = queue.records.get(queue.byDeduction.get(deductionId) ?? '')
  if (record === undefined || record.inFlight !== null) return []
  const d = destinationOf(queue, record.destination)
  if (d.busyUntilMs > env.monoMs) return []
  queue.fresh.delete(record.outboxId)
  d.backlog.delete(record.outboxId)
  d.waiting.times.delete(record.outboxId)
  record.live = 'query'
  return [send(record, 'cancel', queueTimes.postMs)]
}

/**
 * A car waits for this destination: while its circuit is open, sends a probe at each interval of the pace, even while another
 * is in flight, because a lost probe takes up to three seconds to time out (ADR 107).
 */
export function probeNow(queue: QueueState, destination: string, monoMs: number): QueueEffect[] {
  const d = destinationOf(queue, destination)
  if (d.openUntilMs === null || Math.max(d.askAtMs, d.busyUntilMs) > monoMs) return []
  const known = queue.records.oldestOf(destination)
  if (known === null) {
    // Without a record there is no number to query, so no probe could close the circuit: the car's own charge tests the link.
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
  if (op === 'apply') countApplied(record)
  const { outboxId, tryNo } = record
  return { do: 'send', outboxId, tryNo, op, timeoutMs }
}

/** The next step of a charge; a two-step charge starts with its application. */
export const post = (record: OutboxRecord, timeoutMs: number, env?: QueueEnv): QueueEffect =>
  send(record, postStep(record, env), timeoutMs)

/** Stops counting the try of this record as part of the paced backlog. */
export function unpace(d: Destination, record: OutboxRecord): void {
  if (record.paced) d.backlogInFlight--
  record.paced = false
}

export function retryAll(queue: QueueState): void {
  for (const d of queue.destinations.values()) closeCircuit(d)
}

/** Requests that may be sent now. Call after every event and at `wakeAtMs`. */
export function pump(queue: QueueState, env: QueueEnv): QueueEffect[] {
  const effects: QueueEffect[] = []
  for (const outboxId of queue.fresh) {
    const record = queue.records.get(outboxId)
    queue.fresh.delete(outboxId)
    if (record === undefined || stepsBehind(queue, record, env)) continue
    const isEnd = isEnded(destinationOf(queue, record.destination), record)
    const isReached = !isEnd && env.reaches?.(record.destination) !== false
    if (isReached && isUp(queue, record.destination) && canPost(record, env))
      effects.push(post(record, queueTimes.backgroundMs, env))
    else restInBacklog(queue, record, queue.records.restPostMs)
  }
  for (const [name, d] of queue.destinations) {
    if (env.reaches?.(name) === false) continue
    for (let due = firstWaiting(d.waiting); due !== null; due = firstWaiting(d.waiting)) {
      if (due.atMs > env.monoMs) break
      takeFirst(d.waiting)
      d.backlog.add(due.outboxId)
    }
    if (isToLook(queue, name, d, env)) {
      d.lookAtMs = Infinity
      effects.push({ do: 'look', destination: name, timeoutMs: queueTimes.lookTimeoutMs })
    }
    const next = nextOf(queue, name, env)
    if (next !== null) effects.push(next)
  }
  return effects
}

/** The first ready record that does not rest. */
function triedOf(queue: QueueState, d: Destination): string | null {
  for (const outboxId of d.backlog)
    if (d.ended.size === 0 || !isEnded(d, queue.records.awake.get(outboxId) ?? {})) return outboxId
  return null
}

/**
 * The next ready record: resting ones in their order, then those tried before. While the destination does not answer, the
 * same few are retried, so that a month without a platform does not load a record with each probe.
 */
function readyOf(queue: QueueState, name: string, d: Destination): string | null {
  const tried = triedOf(queue, d)
  if (tried !== null && d.openUntilMs !== null) return tried
  const rests = queue.records.resting.first(name, (kind) => isEnded(d, kind))
  if (rests === null || tried === null) return rests?.outboxId ?? tried
  const odd = queue.records.awake.get(tried)
  return odd?.rounds === 0 && odd.seq < rests.seq ? tried : rests.outboxId
}

const waits = (queue: QueueState, name: string, d: Destination): boolean =>
  readyOf(queue, name, d) !== null || firstWaiting(d.waiting) !== null

const isToLook = (queue: QueueState, name: string, d: Destination, env: QueueEnv): boolean =>
  env.looks?.(name) === true &&
  (d.openUntilMs ?? 0) > env.monoMs &&
  d.lookAtMs <= env.monoMs &&
  waits(queue, name, d)

/** One backlog record, or the probe of an open circuit; null when neither may be sent now. */
function nextOf(queue: QueueState, name: string, env: QueueEnv): QueueEffect | null {
  const d = destinationOf(queue, name)
  const paceMs = paceOf(env, name)
  if (d.backlogInFlight >= atOnceMax(d, paceMs) || freeAtMs(d) > env.monoMs) return null
  // A probe ignores the back-off of a record: the platform is probed every 30 s (D.2 rule 5).
  const probe = d.openUntilMs === null ? null : firstWaiting(d.waiting)
  if (probe !== null && triedOf(queue, d) === null) {
    takeFirst(d.waiting)
    d.backlog.add(probe.outboxId)
  }
  for (let ready = readyOf(queue, name, d); ready !== null; ready = readyOf(queue, name, d)) {
    const record = queue.records.get(ready)
    d.backlog.delete(ready)
    if (record === undefined || record.inFlight !== null) continue
    if (stepsBehind(queue, record, env)) continue
    d.backlogInFlight++
    // A fast pace counts from the due time: a timer that fires a millisecond late must not slow it.
    const lateMs = paceMs < queueTimes.answerMs ? paceMs : 0
    d.paceUntilMs = Math.max(d.paceUntilMs, env.monoMs - lateMs) + paceMs
    const op = stepOf(record, env)
    record.paced = true
    const isSure = d.openUntilMs === null && d.trial === 0
    return send(record, op, isSure ? queueTimes.backgroundMs : probeMsOf(op))
  }
  return null
}

/** The next request: a query for an unknown outcome, a cancellation for an application that will not be confirmed. */
function stepOf(record: OutboxRecord, env: QueueEnv): SendOp {
  if (record.attempts > 0) return 'query'
  if (canPost(record, env)) return postStep(record, env)
  return mayCancel(record, env) ? 'cancel' : 'query'
}

/** Time-out of a probe: the limits of P26. */
const probeMsOf = (op: SendOp): number => (op === 'query' ? queueTimes.queryMs : queueTimes.postMs)

/**
 * True while a refund must wait for its charge to reach the same platform: sent earlier, it would be refused finally, as
 * for an unknown order. A state of a driver's feedback waits for the state before it, so that the newest one is the last.
 */
function stepsBehind(queue: QueueState, record: OutboxRecord, env: QueueEnv): boolean {
  const { waiting } = destinationOf(queue, record.destination)
  if (env.isHeldBack?.(record) === true) {
    waitUntil(waiting, record.outboxId, env.monoMs + queueTimes.behindMs)
    return true
  }
  const first =
    record.op === 'refund' ? queue.records.chargeOf(record) : queue.records.stateBefore(record)
  if (first === null) return false
  const dueMs = Math.max(env.monoMs, waiting.times.get(first.outboxId) ?? 0)
  waitUntil(waiting, record.outboxId, dueMs + queueTimes.behindMs)
  return true
}

const canPost = (record: OutboxRecord, env: QueueEnv): boolean =>
  record.op !== 'charge' || env.mayRepost(record)

/** Monotonic ms until which no backlog record of this destination is sent. */
const freeAtMs = (d: Destination): number => Math.max(d.paceUntilMs, d.openUntilMs ?? 0)

/** Monotonic ms at which `pump` has something to do, or null. */
export function wakeAtMs(
  queue: QueueState,
  env: Pick<QueueEnv, 'monoMs' | 'reaches' | 'looks' | 'paceMs'>,
): number | null {
  const { monoMs } = env
  let at: number | null = null
  for (const [name, d] of queue.destinations) {
    const isFull = d.backlogInFlight >= atOnceMax(d, paceOf(env, name))
    if (isFull || env.reaches?.(name) === false) continue
    const due = firstWaiting(d.waiting)?.atMs ?? Infinity
    if ((d.openUntilMs ?? 0) > monoMs && env.looks?.(name) === true && waits(queue, name, d)) {
      const lookMs = Math.max(d.lookAtMs, monoMs + 1)
      if (lookMs < (at ?? Infinity)) at = lookMs
    }
    const ready = readyOf(queue, name, d) !== null || (d.openUntilMs !== null && due < Infinity)
    const ms = ready ? Math.max(freeAtMs(d), monoMs + 1) : Math.max(due, d.paceUntilMs)
    if (ms < (at ?? Infinity)) at = ms
  }
  return at
}
