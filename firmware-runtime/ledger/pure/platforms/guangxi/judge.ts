// Judges one answer of the platform: pure, total, and never optimistic about money.
// Rows R03 to R15 of reliability-security.md section 7; codes as in resp-codes.ts (P6).
import { isFen, type Fen } from '#base/pure/values/fen.ts'
import { contradictionIn, readAnswerBody, type AnswerBody } from './answer-body.ts'
import type { Call, Op, PlatformAnswer } from '../../../ports/dialect.ts'
import { ownNumberOf, ops } from './requests.ts'
import { respCodeRow, type RespCodeRow } from './resp-codes.ts'
import type { ConfirmedState, Hold } from '../../../ports/verdict.ts'
import type { Verdict } from '../../../ports/verdict.ts'
import { note } from '#base/pure/words/notes.ts'
import { hold, retryAfterMs, untrusted } from '../answer-trust.ts'

/** "Not found" before this age of the last attempt proves nothing (P13). */
const notFoundFinalMs = 30_000

/** An answer without its body. */
type Told = Omit<PlatformAnswer, 'body'>

const isReplayed = ({ respCode }: AnswerBody, { headers }: Told): boolean =>
  respCode === '100001' || headers['idempotent-replayed']?.toLowerCase() === 'true'

const processing = (body: AnswerBody, answer: Told): Verdict =>
  isReplayed(body, answer) ? { kind: 'processing', replayed: true } : { kind: 'processing' }

const confirmed = (
  state: ConfirmedState,
  body: AnswerBody,
  answer: Told,
  chargedFen: Fen | null,
): Verdict => ({
  kind: 'confirmed',
  state,
  tradeNo: body.data.text('tradeNo'),
  chargedFen,
  replayed: isReplayed(body, answer),
  openBarrier: body.data.flag('openBarrier'),
  signIn: null,
})

/** R07: an answer must name our number and our amount before it is believed. */
function wrongAmount(call: Call, body: AnswerBody, member: string): Hold | null {
  const amount = body.data.integer(member)
  if (amount === null || !isFen(amount)) return hold(note('memberMissing', member))
  if (amount === call.amountFen) return null
  return hold(
    note('otherAmount', member, amount, call.amountFen ?? 'none'),
    body.respCode,
    'answerForOther',
  )
}

const contradicts = (body: AnswerBody, one: string, other: string): Hold =>
  hold(note('contradicts', one.slice(0, 40), other.slice(0, 40)), body.respCode)

/** "Result later", with a result: one of the two is wrong. */
const later = '100002'

/** The code inside a result that has one. */
const innerOf = ({ data }: AnswerBody): string | null =>
  data.text('respCode') ?? data.text('failCode')

/** A result that a code denies; null: none. */
function deniedCharge(body: AnswerBody, status: string): Hold | null {
  const isFinal = status !== 'PROCESSING' && status !== 'ACCEPTED'
  if (isFinal && body.respCode === later) return contradicts(body, status, later)
  const inner = innerOf(body)
  const isDone = inner === null ? null : respCodeRow(inner)?.class === 'done'
  const failed = status === 'FAILED' || status === 'CLOSED'
  // A row of a file has the code of its answer as the code of its result.
  const isDenied = inner !== null && inner !== body.respCode && isDone === failed
  return isDenied ? contradicts(body, status, inner) : null
}

function judgeCharge(call: Call, body: AnswerBody, answer: Told): Verdict {
  const status = body.data.text('status')
  const denied = status === null ? null : deniedCharge(body, status)
  if (denied !== null) return denied
  if (status === 'SUCCESS') {
    return (
      wrongAmount(call, body, 'chargedFee') ?? confirmed('SUCCESS', body, answer, call.amountFen)
    )
  }
  if (status === 'REFUNDED') return confirmed('REFUNDED', body, answer, call.amountFen)
  if (status === 'PROCESSING') return processing(body, answer)
  // An upload is done once it is stored; an online charge waits for SUCCESS.
  if (status === 'ACCEPTED') {
    const upload = call.op === 'exitUpload' || call.op === 'uploadQuery'
    return upload && body.respCode !== '100002'
      ? confirmed('ACCEPTED', body, answer, null)
      : processing(body, answer)
  }
  if (status === 'FAILED' || status === 'CLOSED') {
    const inner = innerOf(body)
    const row = inner === null ? null : respCodeRow(inner)
    return {
      kind: 'refused',
      respCode: inner ?? body.respCode ?? '',
      reason: row?.meaning ?? (status === 'CLOSED' ? 'closed' : 'failed'),
    }
  }
  return hold(note('chargeStatus', status ?? 'none'), body.respCode)
}

function judgeRefund(call: Call, body: AnswerBody, answer: Told): Verdict {
  const status = body.data.text('status')
  // Without its amount a refund proves nothing; one that is still under review may come without it.
  const isNamed = body.data.has('refundFee') || status === 'SUCCESS'
  const named = isNamed ? wrongAmount(call, body, 'refundFee') : null
  if (named !== null) return named
  if (body.respCode === later && (status === 'SUCCESS' || status === 'REJECTED'))
    return contradicts(body, status, later)
  switch (status) {
    case 'PENDING_REVIEW':
    case 'APPROVED':
    case 'SUCCESS':
      return confirmed(status, body, answer, call.amountFen)
    case 'REJECTED':
      return { kind: 'refused', respCode: body.respCode ?? '', reason: 'refundRejected' }
    default:
      // ABNORMAL or unknown: money may be in transfer with unknown state.
      return hold(note('refundStatus', status ?? 'none'), body.respCode)
  }
}

function judgeSignIn(body: AnswerBody, answer: Told): Verdict {
  const psamStatus = body.data.integer('psamStatus')
  const validUntilMs = body.data.time('validUntil')
  if (psamStatus === null || psamStatus < 1 || psamStatus > 4) {
    return hold(note('memberMissing', 'psamStatus'), body.respCode)
  }
  if (psamStatus !== 1) {
    const reasons = ['', '', 'psamBlacklisted', 'psamLocked', 'psamNotRegistered']
    return {
      kind: 'refused',
      respCode: body.respCode ?? '',
      reason: reasons[psamStatus] ?? 'psamRefused',
    }
  }
  if (validUntilMs === null) return hold(note('memberMissing', 'validUntil'), body.respCode)
  const base = confirmed('SIGNED_IN', body, answer, null)
  return base.kind === 'confirmed' ? { ...base, signIn: { psamStatus, validUntilMs } } : base
}

/** P20: the platform's own count, and the numbers it misses; an answer without the count is no answer to a batch. */
function judgeBatch(body: AnswerBody, answer: Told): Verdict {
  const count = body.data.integer('count')
  if (count === null || count < 0) return hold(note('memberMissing', 'count'), body.respCode)
  const missing = body.data.has('missing') ? body.data.texts('missing') : []
  if (missing === null) return hold(note('memberMissing', 'missing'), body.respCode)
  const base = confirmed('STORED', body, answer, null)
  return base.kind === 'confirmed' ? { ...base, batch: { count, missing } } : base
}

const aboutMoney: readonly Op[] = [
  'charge',
  'exitUpload',
  'chargeQuery',
  'uploadQuery',
  'refund',
  'refundQuery',
]

/** A signed success: checks the number first, then judges by the interface. */
function judgeDone(call: Call, body: AnswerBody, answer: Told): Verdict {
  const { numberMember } = ops[call.op]
  const named = body.data.text(numberMember)
  const mayBeNameless = call.op === 'exception' || call.op === 'signIn'
  if (named === null && !mayBeNameless)
    return hold(note('memberMissing', numberMember), body.respCode)
  const own = ownNumberOf(call)
  if (named !== null && named !== own) {
    return hold(note('otherNumber', named.slice(0, 40)), body.respCode, 'answerForOther')
  }
  const isResult = aboutMoney.includes(call.op)
  // Taken, and not stored yet: it is sent again until it is.
  if (body.respCode === later && !isResult) return hold(note('platformCode', later), later)
  switch (call.op) {
    case 'charge':
    case 'exitUpload':
    case 'chargeQuery':
    case 'uploadQuery':
      return judgeCharge(call, body, answer)
    case 'refund':
    case 'refundQuery':
      return judgeRefund(call, body, answer)
    case 'exception':
    case 'entryRecord':
    case 'exitRecord':
    case 'plateRecord':
    case 'shiftRecord':
    case 'feedback':
    case 'feedbackState':
      return confirmed('STORED', body, answer, null)
    case 'batch':
      return judgeBatch(body, answer)
    case 'signIn':
      return judgeSignIn(body, answer)
  }
}

function judgeBusiness(call: Call, row: RespCodeRow, answer: Told): Verdict {
  if (row.code === '300012' && ops[call.op].query) {
    const age = answer.sinceLastAttemptMs
    return { kind: 'notFound', final: age !== null && age >= notFoundFinalMs }
  }
  // The charge or message that it refers to is still under way: send again later.
  if (row.code === '300012' && (call.op === 'feedback' || call.op === 'feedbackState'))
    return { kind: 'processing' }
  // "Not found" cannot answer an upload: it belongs to another request (R07).
  if (row.code === '300012' && (call.op === 'charge' || call.op === 'exitUpload'))
    return hold(note('platformCode', row.code), row.code, 'answerForOther')
  // The platform has other content under our number: its effect is unknown (D.2.8).
  if (row.code === '300013') return hold(note('otherContent'), row.code)
  return { kind: 'refused', respCode: row.code, reason: row.meaning }
}

function judgePlatformError(row: RespCodeRow, answer: Told): Verdict {
  const afterMs = retryAfterMs(answer.headers)
  if (row.meaning === 'busy' || row.meaning === 'rateLimit') {
    return { kind: 'retry', afterMs, why: row.meaning }
  }
  return {
    kind: 'silence',
    why: note('platformCode', row.code),
    sent: true,
    securityEvent: null,
    afterMs,
  }
}

function judgeError(call: Call, row: RespCodeRow, body: AnswerBody, answer: Told): Verdict {
  switch (row.class) {
    case 'business':
      return judgeBusiness(call, row, answer)
    case 'platform':
      return judgePlatformError(row, answer)
    case 'format':
    case 'permission':
      return {
        kind: 'rejected',
        respCode: row.code,
        reason: row.meaning,
        class: row.class,
        cure: row.cure,
        field: body.detail.text('field'),
      }
    case 'done':
      return hold(note('statusWithSuccess', answer.status), row.code)
  }
}

/** An error that came as a success: what became of money is asked for, and of anything else the code is believed. */
const judgeUndone = (call: Call, row: RespCodeRow, body: AnswerBody, answer: Told): Verdict =>
  aboutMoney.includes(call.op)
    ? hold(note('statusWithError', answer.status), row.code)
    : judgeError(call, row, body, answer)

/** Signed errors without a readable code: the status alone still says something. */
function judgeBareError(answer: Told): Verdict {
  const afterMs = retryAfterMs(answer.headers)
  if (answer.status === 429) return { kind: 'retry', afterMs, why: 'rateLimit' }
  if (answer.status >= 500) {
    return {
      kind: 'silence',
      why: note('answerStatus', answer.status),
      sent: true,
      securityEvent: null,
      afterMs,
    }
  }
  return hold(note('statusWithoutCode', answer.status))
}

/** Verdict on one answer. Never throws, for any bytes. */
export const judge = (call: Call, answer: PlatformAnswer): Verdict =>
  untrusted(answer) ?? judgeBody(call, readAnswerBody(answer.body), answer)

/** The same for a parsed body; null: the body is not a JSON object. */
export function judgeBody(call: Call, body: AnswerBody | null, answer: Told): Verdict {
  const success = answer.status >= 200 && answer.status < 300
  if (body === null) return success ? hold(note('bodyNotJson')) : judgeBareError(answer)
  const row = body.respCode === null ? null : respCodeRow(body.respCode)
  // A code without a meaning contradicts nothing, and proves nothing either.
  if (row === null && body.respCode !== null)
    return hold(note('unknownCode', body.respCode.slice(0, 40)), body.respCode.slice(0, 40))
  const denied = contradictionIn(body, answer.status)
  // A refusal under words of a success is believed where no money depends on it (`judgeUndone`).
  const isRefusal = body.respCode !== null && !body.respCode.startsWith('1')
  if (denied !== null && !(isRefusal && !aboutMoney.includes(call.op)))
    return contradicts(body, ...denied)
  if (row === null) {
    if (!success) return judgeBareError(answer)
    return body.code === 'SUCCESS'
      ? judgeDone(call, body, answer)
      : hold(note('noCode', (body.code ?? 'none').slice(0, 40)))
  }
  if (!success) return judgeError(call, row, body, answer)
  if (row.class !== 'done') return judgeUndone(call, row, body, answer)
  return judgeDone(call, body, answer)
}
