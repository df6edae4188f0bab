// Decides what an answer, or its absence, means for a queued record: confirmed, set aside, or when to retry.
// "No answer" is a third outcome: it is followed by a query with the same number, never by a new number.
import { isAboutNothing } from './about-nothing.ts'
import { backOffMs, pauseMs } from './back-off.ts'
import { isTakenTwice } from './kin.ts'
import { confirmedNote } from '#base/pure/words/confirmed-note.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { note } from '#base/pure/words/notes.ts'
import { isRefundStep } from '#base/pure/values/refund-step.ts'
import type { Refusal } from '#base/pure/words/refusals.ts'
import {
  destinationOf,
  paceOf,
  post,
  send,
  unpace,
  type AnswerMeta,
  type QueueEffect,
  type QueueEnv,
  type QueueState,
  type QueueVerdict,
} from './queue.ts'
import { closeCircuit, openCircuit, queueTimes, type Destination } from './destination.ts'
import type { OutboxRecord, SendOp } from './records.ts'
import { allow, isOpenOrder, lapsesAtOnce, mayCancel, nextApplication } from './two-step.ts'
import { waitUntil } from './waiting.ts'

type Unanswered = Extract<QueueVerdict, { kind: 'processing' | 'busy' | 'unclear' | 'silence' }>

export const noMeta: AnswerMeta = { httpStatus: null, respCode: null, requestId: null }

export const stateRow = (
  record: OutboxRecord,
  env: Pick<QueueEnv, 'nowMs'>,
  state: 'confirmed' | 'rejected' | 'held' | 'unknown',
  meta: AnswerMeta,
  more: { tradeNo?: string | null; note?: string; ends?: string | undefined },
): RowDraft => ({
  kind: 'outboxState',
  atMs: env.nowMs,
  ...(record.stayId === null ? {} : { stayId: record.stayId }),
  ...(record.deductionId === null ? {} : { deductionId: record.deductionId }),
  body: {
    outboxId: record.outboxId,
    state,
    attempt: record.attempts,
    httpStatus: meta.httpStatus,
    respCode: meta.respCode,
    requestId: meta.requestId,
    tradeNo: more.tradeNo ?? null,
    note: more.note ?? null,
    ...(more.ends === undefined ? {} : { ends: more.ends }),
  },
})

const isThere = ({ kind }: QueueVerdict): boolean => kind !== 'silence' && kind !== 'busy'

/** The destination answered: closes its circuit; waiting records continue at the pace. */
function thereAgain(
  d: Destination,
  verdict: QueueVerdict,
  { monoMs }: QueueEnv,
  paceMs: number,
): void {
  d.fails = 0
  d.thereAtMs = monoMs
  if (d.openUntilMs === null && d.trial > 0) d.trial--
  // A wait that the platform requested ends as soon as it accepts a record.
  const mustWait = d.paceUntilMs > monoMs + paceMs
  if (d.openUntilMs !== null || (mustWait && verdict.kind !== 'unclear')) {
    closeCircuit(d)
    d.paceUntilMs = monoMs + paceMs
  }
}

function transport(
  queue: QueueState,
  record: OutboxRecord,
  verdict: QueueVerdict,
  env: QueueEnv,
): void {
  const d = destinationOf(queue, record.destination)
  unpace(d, record)
  if (isThere(verdict)) {
    thereAgain(d, verdict, env, paceOf(env, record.destination))
    return
  }
  d.fails++
  if (d.fails >= queueTimes.circuitFails || d.trial > 0 || d.openUntilMs !== null)
    openCircuit(d, record.destination, env)
}

/** Holds one record for a person; the others of its kind wait, untried, for the next start. */
const heldWith = (
  { destination, told }: OutboxRecord,
  { reason, endsKind }: Extract<QueueVerdict, { kind: 'held' }>,
) => ({
  note: reason,
  ends: endsKind === true && told !== undefined ? `${destination} ${told}` : undefined,
})

/** "Come back later" applies to the whole destination, not to one record. */
function holdOff(d: Destination, atMs: number): void {
  d.paceUntilMs = Math.max(d.paceUntilMs, atMs)
  d.busyUntilMs = Math.max(d.busyUntilMs, atMs)
}

/** Handles the answer to a probe for a waiting car. Silence does not count as a failed try of any record. */
export function withAnswer(
  queue: QueueState,
  destination: string,
  verdict: QueueVerdict,
  env: QueueEnv,
): void {
  const d = destinationOf(queue, destination)
  if (isThere(verdict)) thereAgain(d, verdict, env, paceOf(env, destination))
  else if (verdict.kind === 'busy' && verdict.afterMs !== null)
    holdOff(d, env.monoMs + verdict.afterMs)
}

/** Handles the answer to the try in flight; of an answer to an earlier try only "paid" counts. */
export function answered(
  queue: QueueState,
  { outboxId, tryNo }: Pick<OutboxRecord, 'outboxId' | 'tryNo'>,
  verdict: QueueVerdict,
  env: QueueEnv,
  meta: AnswerMeta = noMeta,
): QueueEffect[] {
  const record = queue.records.awake.get(outboxId)
  if (record === undefined || record.inFlight === null) return []
  if (tryNo !== record.tryNo && verdict.kind !== 'confirmed') return []
  const op = record.inFlight
  record.inFlight = null
  if (op === 'post') record.lastPostMs = env.monoMs
  transport(queue, record, verdict, env)
  // An application charges nothing, whatever its answer says; a late answer to an earlier post still counts.
  if (op === 'apply' && verdict.kind === 'confirmed' && tryNo === record.tryNo)
    return unanswered(queue, record, op, { kind: 'unclear', reason: 'applied' }, env, meta)
  if (op === 'cancel') return takenBack(queue, record, verdict, env, meta)
  switch (verdict.kind) {
    case 'confirmed':
    case 'refused':
      return ended(queue, record, verdict, env, meta)
    case 'allowed':
      return allowed(record, verdict.untilMs, env)
    case 'lapsed':
      return lapsed(queue, record, env)
    case 'held':
      return [
        ...setAside(queue, record, heldWith(record, verdict), env, meta),
        ...(record.live === null
          ? []
          : [leftOpen(record, 'held', verdict.refusal ?? 'recordRefused')]),
      ]
    case 'notFound':
      return notFound(queue, record, env, meta)
    case 'processing':
      if (isOpenOrder(record, env)) return openOrder(queue, record, verdict.why ?? '', env)
      if (isAboutNothing(queue.records, record, env.nowMs))
        return setAside(queue, record, { note: note('aboutNothing') }, env, meta)
      return unanswered(queue, record, op, verdict, env, meta)
    case 'unclear':
      if (isTakenTwice(record, verdict.reason))
        return setAside(queue, record, { note: verdict.reason }, env, meta)
      return unanswered(queue, record, op, verdict, env, meta)
    case 'busy':
    case 'silence':
      return unanswered(queue, record, op, verdict, env, meta)
  }
}

/**
 * Handles an answer that arrived outside the link. Only a final one counts: a try in flight continues unless the record is
 * settled here, and its late answer then finds no record. A caller that has read the record passes it, so that a resting
 * record is not read again.
 */
export function broughtBack(
  queue: QueueState,
  asked: string | OutboxRecord,
  verdict: QueueVerdict,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  if (verdict.kind !== 'confirmed' && verdict.kind !== 'refused') return []
  const outboxId = typeof asked === 'string' ? asked : asked.outboxId
  const isKnown = typeof asked !== 'string' && queue.records.resting.has(outboxId)
  const record = isKnown ? asked : queue.records.get(outboxId)
  return record === undefined ? [] : ended(queue, record, verdict, env, meta)
}

/**
 * The record leaves the queue when its receipt row is written. If the disk is full, the platform is queried again later
 * and nothing is lost.
 */
function untilWritten(queue: QueueState, record: OutboxRecord, env: QueueEnv): void {
  record.state = 'unknown'
  waitFor(queue, record, env.monoMs + queueTimes.receiptMs)
}

const waitFor = (queue: QueueState, record: OutboxRecord, atMs: number): void =>
  waitUntil(destinationOf(queue, record.destination).waiting, record.outboxId, atMs)

/** Sets the record aside for a person. */
function setAside(
  queue: QueueState,
  record: OutboxRecord,
  why: { readonly note: string; readonly ends?: string | undefined },
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  untilWritten(queue, record, env)
  return [{ do: 'row', row: stateRow(record, env, 'held', meta, why) }]
}

function settled(
  queue: QueueState,
  record: OutboxRecord,
  env: QueueEnv,
  end: { result: 'paid' | 'refused'; reason: string; receipt: RowDraft },
): QueueEffect[] {
  const { result, reason, receipt } = end
  untilWritten(queue, record, env)
  if (record.op !== 'charge' || record.deductionId === null) return [{ do: 'row', row: receipt }]
  return [{ do: 'charge', deductionId: record.deductionId, result, reason, receipt }]
}

function ended(
  queue: QueueState,
  record: OutboxRecord,
  verdict: Extract<QueueVerdict, { kind: 'confirmed' | 'refused' }>,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  if (verdict.kind === 'confirmed') {
    const note = confirmedNote[record.op]
    const receipt = stateRow(record, env, 'confirmed', meta, { tradeNo: verdict.tradeNo, note })
    return settled(queue, record, env, { result: 'paid', receipt, reason: 'paid' })
  }
  const { reason } = verdict
  const receipt = stateRow(record, env, 'rejected', meta, { note: reason })
  return settled(queue, record, env, { result: 'refused', receipt, reason })
}

/** The car stops waiting while the outcome of its charge is unknown. */
const leftOpen = (
  record: OutboxRecord,
  result: 'held' | 'noAnswerTwice' | 'open',
  reason: string,
): QueueEffect => {
  record.live = null
  return { do: 'charge', deductionId: record.deductionId ?? '', result, reason, receipt: null }
}

/** An answer without acceptance differs from silence: the lane is told which of the two it was. */
const withoutEnd = (record: OutboxRecord, why: string, refusal: Refusal | null): QueueEffect =>
  refusal === null ? leftOpen(record, 'noAnswerTwice', why) : leftOpen(record, 'held', refusal)

/** Attempt 2 of P26, with the same number; a later repost gets a shorter time-out before its query. */
function repost(record: OutboxRecord, env: QueueEnv): QueueEffect[] {
  const timeoutMs = record.attempts < 2 ? queueTimes.postMs : queueTimes.queryMs
  record.live = 'post2'
  return [post(record, timeoutMs, env)]
}

const stepMs = ({ live }: OutboxRecord): number =>
  live === null ? queueTimes.backgroundMs : queueTimes.postMs

/** The application was allowed: confirm it at once, or cancel it where the order was settled otherwise meanwhile. */
function allowed(record: OutboxRecord, untilMs: number, env: QueueEnv): QueueEffect[] {
  allow(record, untilMs)
  if (!env.mayRepost(record)) {
    const open = record.live === null ? [] : [leftOpen(record, 'noAnswerTwice', 'settled')]
    return [...open, send(record, 'cancel', queueTimes.backgroundMs)]
  }
  return [post(record, stepMs(record), env)]
}

/** The application lapsed without a charge: apply again, up to a limit, while a car waits. */
function lapsed(queue: QueueState, record: OutboxRecord, env: QueueEnv): QueueEffect[] {
  nextApplication(record)
  record.attempts = 0
  const again = ((record.consumption?.no ?? 1) - 1) % lapsesAtOnce !== 0
  if (again && env.mayRepost(record)) return [post(record, stepMs(record), env)]
  record.rounds++
  waitFor(queue, record, env.monoMs + backOffMs(record))
  return record.live === null ? [] : [leftOpen(record, 'noAnswerTwice', 'lapsed')]
}

/** The application was cancelled: apply again, or end where the order was settled otherwise. */
function takenBack(
  queue: QueueState,
  record: OutboxRecord,
  verdict: QueueVerdict,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  // The answer shows that it was confirmed nevertheless.
  if (verdict.kind === 'confirmed') return ended(queue, record, verdict, env, meta)
  if (isOpenOrder(record, env)) return withdrawn(queue, record, verdict, env, meta)
  if (!['refused', 'lapsed', 'notFound'].includes(verdict.kind)) {
    // It may have been confirmed before a restart: its result is asked for, as after an attempt.
    if (verdict.kind === 'processing') record.attempts = Math.max(record.attempts, 1)
    record.rounds++
    waitFor(queue, record, env.monoMs + backOffMs(record))
    return record.live === null ? [] : [leftOpen(record, 'noAnswerTwice', verdict.kind)]
  }
  if (env.mayRepost(record)) return lapsed(queue, record, env)
  const receipt = stateRow(record, env, 'rejected', meta, { note: 'cancelled' })
  return settled(queue, record, env, { result: 'refused', receipt, reason: 'cancelled' })
}

/**
 * An access system has the order and ETC has not paid it. The lane that waits for it decides how long; without a lane, or
 * once the order is settled otherwise, it is taken back.
 */
function openOrder(
  queue: QueueState,
  record: OutboxRecord,
  why: string,
  env: QueueEnv,
): QueueEffect[] {
  record.state = 'unknown'
  record.rounds++
  if (!env.mayRepost(record)) {
    record.live = null
    return [send(record, 'cancel', queueTimes.backgroundMs)]
  }
  waitFor(queue, record, env.monoMs + pauseMs(record, env))
  return record.live === null ? [] : [leftOpen(record, 'open', why)]
}

/**
 * The answer to a withdrawal or settlement of an order: only one that says so ends it unpaid. An access system that does not
 * know the order may still receive it, which the age of the last attempt decides.
 */
function withdrawn(
  queue: QueueState,
  record: OutboxRecord,
  verdict: QueueVerdict,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  if (verdict.kind === 'lapsed') {
    const receipt = stateRow(record, env, 'rejected', meta, { note: 'withdrawn' })
    return settled(queue, record, env, { result: 'refused', receipt, reason: 'withdrawn' })
  }
  if (verdict.kind === 'notFound') return notFound(queue, record, env, meta)
  record.state = 'unknown'
  record.attempts = Math.max(record.attempts, 1)
  record.rounds++
  waitFor(queue, record, env.monoMs + pauseMs(record, env))
  if (record.live === null) return []
  // It is being charged, or has ended: its state is queried next.
  if (verdict.kind === 'processing') return [leftOpen(record, 'open', '')]
  return [leftOpen(record, 'noAnswerTwice', verdict.kind)]
}

/** P26 for an application, which has no query: one retry, then the barrier stops waiting. */
function applyNext(
  queue: QueueState,
  record: OutboxRecord,
  { why, refusal }: { readonly why: string; readonly refusal: Refusal | null },
  atMs: number,
  env: QueueEnv,
): QueueEffect[] {
  if ((record.consumption?.tries ?? 0) < 2 && env.mayRepost(record))
    return [send(record, 'apply', queueTimes.postMs)]
  waitFor(queue, record, atMs)
  return [withoutEnd(record, why, refusal)]
}

/** The steps of P26: post, query, post; then the barrier stops waiting. */
function liveNext(
  queue: QueueState,
  record: OutboxRecord,
  { why, refusal }: { readonly why: string; readonly refusal: Refusal | null },
  atMs: number,
  env: QueueEnv,
): QueueEffect[] {
  if (record.live === 'post1') {
    record.live = 'query'
    return [send(record, 'query', queueTimes.queryMs)]
  }
  if (record.live === 'query' && record.attempts < 2 && env.mayRepost(record))
    return repost(record, env)
  waitFor(queue, record, atMs)
  return [withoutEnd(record, why, refusal)]
}

function unanswered(
  queue: QueueState,
  record: OutboxRecord,
  op: SendOp,
  verdict: Unanswered,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  const step = verdict.kind === 'processing' ? verdict.step : undefined
  const isNewStep = step !== undefined && step !== record.lastNote
  const why = verdict.kind === 'processing' ? 'processing' : verdict.reason
  // A request that was certainly never sent may be posted as new: it had no effect.
  if (verdict.kind === 'silence' && !verdict.sent && op === 'post' && record.attempts === 1)
    record.attempts = 0
  else record.state = 'unknown'
  // Keep the last known step of a refund: a failed query does not change it.
  if (!isRefundStep(record.lastNote)) record.lastNote = why
  // Where the link can be checked, a try that was never sent does not lengthen the back-off to an hour.
  const neverLeft = verdict.kind === 'silence' && !verdict.sent
  if (!neverLeft || env.looks?.(record.destination) !== true) record.rounds++
  const reportedMs = verdict.kind === 'busy' ? verdict.afterMs : null
  const atMs = env.monoMs + (reportedMs ?? pauseMs(record, env))
  if (reportedMs !== null) holdOff(destinationOf(queue, record.destination), atMs)
  if (record.live !== null) {
    const refusal = verdict.kind === 'unclear' ? (verdict.refusal ?? null) : null
    const next = op === 'apply' ? applyNext : liveNext
    return next(queue, record, { why, refusal }, atMs, env)
  }
  waitFor(queue, record, atMs)
  if (!isNewStep) return []
  return [{ do: 'row', row: stateRow(record, env, 'unknown', meta, { note: step }) }]
}

/** "Not found" is final only when the last post is at least 30 s old (P13): it may still be under way. */
function notFound(
  queue: QueueState,
  record: OutboxRecord,
  env: QueueEnv,
  meta: AnswerMeta,
): QueueEffect[] {
  const finalAtMs = (record.lastPostMs ?? -Infinity) + queueTimes.notFoundAfterMs
  // The platform answers and the car waits: post the same number again, which charges at most once.
  if (record.live === 'query' && env.mayRepost(record)) return repost(record, env)
  if (record.live !== null)
    return liveNext(
      queue,
      record,
      { why: 'notFound', refusal: null },
      Math.max(finalAtMs, env.monoMs + 1000),
      env,
    )
  if (env.monoMs < finalAtMs) {
    waitFor(queue, record, finalAtMs)
    return []
  }
  // Cancel first, so that a late confirmation has no effect.
  if (mayCancel(record, env) && !env.mayRepost(record))
    return [send(record, 'cancel', queueTimes.backgroundMs)]
  if (record.op === 'charge' && !env.mayRepost(record))
    return settled(queue, record, env, {
      result: 'refused',
      receipt: stateRow(record, env, 'rejected', meta, { note: 'notFound' }),
      reason: 'notFound',
    })
  record.attempts = 0
  record.rounds = 0
  record.state = 'new'
  destinationOf(queue, record.destination).backlog.add(record.outboxId)
  return []
}
