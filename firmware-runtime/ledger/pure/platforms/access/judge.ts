// Judges the answers of an ETC access system to orders and refunds: pure, total, and never optimistic about money.
// Only an answer with our number and our amount counts; every other one leaves the order unknown.
import { note } from '#base/pure/words/notes.ts'
import type { Call, ConsumptionVerdict, PlatformAnswer } from '../../../ports/dialect.ts'
import type { ConfirmedState, Verdict } from '../../../ports/verdict.ts'
import { hold, retryAfterMs, untrusted } from '../answer-trust.ts'
import { readMembers, type AnswerMembers } from '../guangxi/answer-body.ts'
import { refundNoOf } from './orders.ts'

const codeShape = /"code"\s*:\s*"(ORDER-\d\d)"/
const wordShape = /^[A-Za-z]{1,40}$/

/** Of the beginning of an answer, which may be cut. */
export const respCodeOf = (bodyText: string): string | null => codeShape.exec(bodyText)?.[1] ?? null

const isSuccess = ({ status }: PlatformAnswer): boolean => status >= 200 && status < 300

/** Why an answer is not about this order or refund; null: it is. */
function foreign(call: Call, body: AnswerMembers, member: string, own: string) {
  const no = body.text(member)
  if (no === null) return hold(note('memberMissing', member))
  if (no !== own) return hold(note('otherNumber', no.slice(0, 40)), null, 'answerForOther')
  const amount = body.integer('amountFen')
  if (amount === null) return hold(note('memberMissing', 'amountFen'))
  if (amount === call.amountFen) return null
  const ours = call.amountFen ?? 'none'
  return hold(note('otherAmount', 'amountFen', amount, ours), null, 'answerForOther')
}

const confirmed = (
  call: Call,
  state: ConfirmedState,
  tradeNo: string | null,
): Verdict & { kind: 'confirmed' } => ({
  kind: 'confirmed',
  state,
  tradeNo,
  chargedFen: call.amountFen,
  replayed: false,
  openBarrier: null,
  signIn: null,
})

const withdrawn: Verdict = { kind: 'refused', respCode: '', reason: 'withdrawn' }

/** Paid is believed with the whole amount, by the order and by its charge. */
function judgePaid(call: Call, body: AnswerMembers): Verdict {
  const charge = body.inside('charge')
  const sums = [body.integer('paidFen'), charge?.integer('amountFen') ?? null]
  const other = sums.find((fen) => fen !== call.amountFen)
  if (other !== undefined)
    return hold(note('otherAmount', 'paidFen', other ?? 'none', call.amountFen ?? 'none'))
  const isBack = body.integer('refundedFen') === call.amountFen
  return confirmed(call, isBack ? 'REFUNDED' : 'SUCCESS', charge?.text('outTradeNo') ?? null)
}

function judgeOrder(call: Call, body: AnswerMembers): Verdict {
  const other = foreign(call, body, 'orderNo', call.businessNo)
  if (other !== null) return other
  const state = body.text('state')
  switch (state) {
    case 'paid':
      return judgePaid(call, body)
    case 'open': {
      const why = body.inside('why')?.text('reason') ?? null
      if (why === null) return { kind: 'processing' }
      return { kind: 'processing', why: wordShape.test(why) ? why : 'refused' }
    }
    case 'charging':
    case 'unknown':
      return { kind: 'processing' }
    case 'settled':
    case 'withdrawn':
      return withdrawn
    default:
      return hold(note('chargeStatus', state ?? 'none'))
  }
}

const refundStates: Readonly<Record<string, ConfirmedState>> = {
  pending: 'PENDING_REVIEW',
  approved: 'APPROVED',
  success: 'SUCCESS',
}

function judgeRefund(call: Call, body: AnswerMembers): Verdict {
  const other = foreign(call, body, 'refundNo', refundNoOf(call.businessNo))
  if (other !== null) return other
  const state = body.text('state') ?? 'none'
  const known = Object.hasOwn(refundStates, state) ? refundStates[state] : undefined
  if (known !== undefined) return confirmed(call, known, null)
  if (state === 'sent') return { kind: 'processing' }
  if (state === 'rejected') return { kind: 'refused', respCode: '', reason: 'refundRejected' }
  return hold(note('refundStatus', state === 'abnormal' ? 'ABNORMAL' : state))
}

const isQuery = ({ op }: Call): boolean => op === 'chargeQuery' || op === 'refundQuery'
const isRefund = ({ op }: Call): boolean => op === 'refund' || op === 'refundQuery'

/** A refusal of the request as it stands: nothing was recorded by it, and an earlier one of its number is asked for. */
const refusedRequest = (respCode: string): Verdict => ({
  kind: 'rejected',
  respCode,
  reason: 'recordRefused',
  class: 'format',
  cure: 'freshEnvelope',
  field: null,
})

function judgeCode(call: Call, code: string): Verdict {
  switch (code) {
    case 'ORDER-04':
      if (isQuery(call)) return { kind: 'notFound', final: false }
      return isRefund(call)
        ? { kind: 'refused', respCode: code, reason: 'orderNotFound' }
        : hold(note('platformCode', code), code, 'answerForOther')
    case 'ORDER-06':
      return hold(note('otherContent'), code)
    case 'ORDER-07':
      return { kind: 'processing' }
    case 'ORDER-08':
    case 'ORDER-09':
      if (isRefund(call)) return { kind: 'refused', respCode: code, reason: 'refundRejected' }
      return code === 'ORDER-08' ? hold(note('platformCode', code), code) : refusedRequest(code)
    default:
      return refusedRequest(code)
  }
}

/** An error without one of the codes: its status alone. */
function judgeStatus(answer: PlatformAnswer): Verdict {
  const afterMs = retryAfterMs(answer.headers)
  if (answer.status === 429) return { kind: 'retry', afterMs, why: 'rateLimit' }
  if (answer.status < 500) return hold(note('statusWithoutCode', answer.status))
  const why = note('answerStatus', answer.status)
  return { kind: 'silence', why, sent: true, securityEvent: null, afterMs }
}

const textOf = ({ body }: PlatformAnswer): string =>
  new TextDecoder().decode(body.subarray(0, 4096))

export function judge(call: Call, answer: PlatformAnswer): Verdict {
  const doubted = untrusted(answer)
  if (doubted !== null) return doubted
  if (!isSuccess(answer)) {
    const code = respCodeOf(textOf(answer))
    return code === null ? judgeStatus(answer) : judgeCode(call, code)
  }
  const body = readMembers(answer.body)
  if (body === null) return hold(note('bodyNotJson'))
  return isRefund(call) ? judgeRefund(call, body) : judgeOrder(call, body)
}

/** Words of a refusal to take an order back which its state explains. */
const stateDecides = ['ORDER-06', 'ORDER-07', 'ORDER-08']

export function judgeTakeBack(call: Call, answer: PlatformAnswer): ConsumptionVerdict {
  const verdict = judge(call, answer)
  if (verdict.kind === 'silence' || verdict.kind === 'retry') return verdict
  if (isSuccess(answer))
    return verdict.kind === 'refused' && verdict.reason === 'withdrawn'
      ? { kind: 'lapsed' }
      : verdict
  const code = respCodeOf(textOf(answer)) ?? ''
  if (code === 'ORDER-04') return { kind: 'notFound', final: false }
  return stateDecides.includes(code) ? { kind: 'processing' } : verdict
}
