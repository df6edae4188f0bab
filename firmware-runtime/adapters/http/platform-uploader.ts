// Carries queue records to a platform in the words of its dialect, and turns its verdicts into what the queue understands.
// Queries go by our own number (P13); kinds without a query are asked by sending them again (D.2 rule 8).
import type { AnswerMeta, QueueVerdict } from '../../core/queue/queue.ts'
import type { OutboxRecord } from '../../core/queue/records.ts'
import { note } from '../../core/values/notes.ts'
import type { Call, Dialect, LotNames } from '../../ports/dialect.ts'
import type { Verdict } from '../../ports/verdict.ts'
import type { SignInResult, Uploader } from '../../ports/uploader.ts'
import { verdictOf, type SignedPlatform, type SignedResult } from './signed-platform.ts'

const abnormal = note('refundStatus', 'ABNORMAL')

export function queueVerdict(
  op: OutboxRecord['op'],
  verdict: Verdict,
  sent: boolean,
): QueueVerdict {
  switch (verdict.kind) {
    case 'confirmed':
      // A refund is under review until it is paid back: its progress is asked for (8.3.2 f).
      if (op === 'refund' && verdict.state === 'PENDING_REVIEW')
        return { kind: 'processing', step: 'pending' }
      if (op === 'refund' && verdict.state === 'APPROVED')
        return { kind: 'processing', step: 'approved' }
      // Charged and given back by the platform: the order is not paid, and nothing opens for it.
      return op === 'charge' && verdict.state === 'REFUNDED'
        ? { kind: 'refused', reason: 'refunded' }
        : { kind: 'confirmed', tradeNo: verdict.tradeNo }
    case 'refused':
      return { kind: 'refused', reason: verdict.reason }
    case 'processing':
      return { kind: 'processing' }
    case 'notFound':
      return { kind: 'notFound' }
    case 'retry':
      return { kind: 'busy', afterMs: verdict.afterMs, reason: verdict.why }
    case 'silence':
      return verdict.afterMs === null
        ? { kind: 'silence', reason: verdict.why, sent }
        : { kind: 'busy', afterMs: verdict.afterMs, reason: verdict.why }
    case 'hold':
      // It is asked for again like any other step: it may yet be done, or rejected.
      if (op === 'refund' && verdict.why === abnormal)
        return { kind: 'processing', step: 'abnormal' }
      return { kind: 'unclear', reason: verdict.why }
    case 'rejected':
      // Its cure is the program's own act, so no person has to look at the record: it is tried again.
      if (verdict.cure === 'signIn' || verdict.cure === 'freshEnvelope')
        return { kind: 'unclear', reason: `${verdict.respCode} ${verdict.reason}` }
      return { kind: 'held', reason: `${verdict.respCode} ${verdict.reason}` }
  }
}

function metaOf(result: SignedResult, dialect: Dialect): AnswerMeta {
  const { answer, requestId } = result
  if (answer.kind === 'silence') return { httpStatus: null, respCode: null, requestId }
  const text = new TextDecoder().decode(answer.body.subarray(0, 4096))
  return { httpStatus: answer.status, respCode: dialect.respCodeOf(text), requestId }
}

const wasSent = (result: SignedResult): boolean =>
  result.answer.kind === 'answer' || result.answer.sent

/** `trustedTime`: a verified answer said what time it is, so many ms after our clock. */
export function platformUploader(
  platform: Pick<SignedPlatform, 'send'>,
  dialect: Dialect,
  lot: LotNames,
  trustedTime: (offsetMs: number) => void = () => undefined,
): Uploader {
  let clockOffsetMs: number | null = null

  function exchange(call: Call, timeoutMs: number, done: (result: SignedResult) => void): void {
    platform.send({ ...dialect.requestFor(call), timeoutMs }, (result) => {
      if (result.clockOffsetMs !== null) {
        clockOffsetMs = result.clockOffsetMs
        trustedTime(result.clockOffsetMs)
      }
      done(result)
    })
  }

  return {
    get clockOffsetMs() {
      return clockOffsetMs
    },
    send(record, op, timeoutMs, done) {
      const query = op === 'query' ? dialect.queryOf(record.op) : null
      const call: Call = {
        op: query ?? record.op,
        businessNo: record.businessNo,
        body: query === null ? record.body : '',
        amountFen: record.op === 'exception' ? null : record.amountFen,
      }
      // The queue itself waits 30 s before it believes "not found", so its age is not judged here.
      exchange(call, timeoutMs, (result) =>
        done(
          queueVerdict(record.op, verdictOf(dialect, call, result, null), wasSent(result)),
          metaOf(result, dialect),
        ),
      )
    },
    signIn(request, timeoutMs, done) {
      const body = dialect.signInBody(lot, request)
      const call: Call = { op: 'signIn', businessNo: request.listNo, body, amountFen: null }
      exchange(call, timeoutMs, (result) =>
        done(signInResult(verdictOf(dialect, call, result, null))),
      )
    },
  }
}

function signInResult(verdict: Verdict): SignInResult {
  if (verdict.kind === 'confirmed' && verdict.signIn !== null)
    return { kind: 'granted', validUntilMs: verdict.signIn.validUntilMs }
  if (verdict.kind === 'refused') return { kind: 'refused', reason: verdict.reason }
  if (verdict.kind === 'rejected')
    return { kind: 'refused', reason: `${verdict.respCode} ${verdict.reason}` }
  return { kind: 'silence', reason: verdict.kind === 'silence' ? verdict.why : verdict.kind }
}
