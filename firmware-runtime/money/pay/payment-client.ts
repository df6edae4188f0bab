// Speaks the payment protocol over HTTPS (undici, own root certificate): one signed request, one judged answer.
// An answer that is missing, unsigned or of another shape is `noAnswer`; nothing is repeated here.
import type { AttemptAnswer, GatewayState, RefundAnswer } from '../pure/pay/answer.ts'
import { hasMemberTwice, parsed } from '#base/pure/data/json.ts'
import type { Cancel, Random, WallClock } from '#base/ports/clocks.ts'
import type { HttpAnswer, HttpClient } from '#base/ports/http-client.ts'
import type { Payment, PaymentSilence } from '../ports/payment.ts'
import { type OperationName, operations, refusals, schemas } from './protocol.ts'
import { answerDoubt, requestHeaders, type PayKeys } from '#base/crypto/signing.ts'

interface PaymentClientOptions {
  readonly http: HttpClient
  readonly keys: PayKeys
  readonly merchantNo: string
  /** Transport time. */
  readonly clock: WallClock
  readonly random: Random
  /** Limit in ms for a whole answer. */
  readonly answerMs: number
}

interface Call {
  readonly name: OperationName
  /** Replaces the braces of the path. */
  readonly id?: string
  readonly body?: Readonly<Record<string, unknown>>
}

type Judged = { readonly kind: 'answer'; readonly body: unknown } | PaymentSilence

const nonceBytes = 16
const no = (reason: string): PaymentSilence => ({ kind: 'noAnswer', reason })

const pathOf = ({ name, id = '' }: Call): string =>
  operations[name].path.replace(/\{\w+\}/, encodeURIComponent(id))

/** Undefined for bytes that are not JSON, or JSON with a member twice. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  return hasMemberTwice(text) ? undefined : (parsed(text) ?? undefined)
}

/** A code of the protocol under the status of another one. */
const isOfOtherStatus = (code: string, status: number): boolean => {
  const own = Object.entries(refusals).filter(([, text]) => text.split(/[\s,:]+/).includes(code))
  return own.length > 0 && !own.some(([one]) => one === String(status))
}

/** 401, 429 and a status from another server on the way prove nothing about an attempt. */
function refusalOf(status: number, body: unknown): PaymentSilence {
  const error = schemas.Error.safeParse(body)
  if (!error.success || !Object.hasOwn(refusals, status)) return no(`status ${status}`)
  const { code } = error.data.error
  if (isOfOtherStatus(code, status)) return no('contradicts')
  if (status === 401 || status === 429) return no(code)
  return { kind: status === 404 ? 'notFound' : 'refused', reason: code }
}

export function paymentClient(options: PaymentClientOptions): Payment {
  const { http, keys, merchantNo, clock, random, answerMs } = options

  const ask = (call: Call, done: (judged: Judged) => void): Cancel => {
    const { method } = operations[call.name]
    const path = pathOf(call)
    const text = call.body === undefined ? '' : JSON.stringify(call.body)
    const body = Uint8Array.from(Buffer.from(text))
    const nonce = Buffer.from(random.bytes(nonceBytes)).toString('hex')
    const headers = requestHeaders(
      keys,
      { method, path, body },
      { merchantNo, nowMs: clock.nowMs(), nonce },
    )
    return http.request({ method, path, headers, body, timeoutMs: answerMs }, (answer) =>
      done(judge(call.name, answer, nonce)),
    )
  }

  const judge = (name: OperationName, answer: HttpAnswer, nonce: string): Judged => {
    if (answer.kind === 'silence') return no(answer.reason)
    const envelope = { merchantNo, nowMs: clock.nowMs(), nonce }
    const doubt = answerDoubt(keys, answer, envelope)
    if (doubt !== null) return no(doubt)
    const body = jsonOf(answer.body)
    const result = schemas[operations[name].answer].safeParse(body)
    const isError = schemas.Error.safeParse(body).success
    // A result and an error in one answer, or an error under 200: it proves neither.
    if (isError && (result.success || answer.status === 200)) return no('contradicts')
    if (answer.status !== 200) return refusalOf(answer.status, body)
    return result.success ? { kind: 'answer', body: result.data } : no('otherShape')
  }

  return {
    capabilities: (done) =>
      ask({ name: 'capabilities' }, (judged) =>
        done(judged.kind === 'answer' ? schemas.Capabilities.parse(judged.body) : judged),
      ),
    bill: (day, done) =>
      ask({ name: 'bill', id: day }, (judged) =>
        done(judged.kind === 'answer' ? billOf(judged.body, day) : judged),
      ),
    plateAsks: (done) =>
      ask({ name: 'plateAsks' }, (judged) =>
        done(judged.kind === 'answer' ? schemas.PlateAsks.parse(judged.body) : judged),
      ),
    answerPlate: (askNo, answer, done) =>
      ask({ name: 'answerPlate', id: askNo, body: { ...answer } }, done),
    attempt: (request, done) => {
      const { ask: name, attemptNo, ...rest } = request
      const call: Call =
        name === 'query'
          ? { name, id: attemptNo }
          : name === 'cancel'
            ? { name, id: attemptNo, body: {} }
            : { name, body: { attemptNo, ...rest } }
      return ask(call, (judged) => done(attemptOf(judged)))
    },
    refund: (request, done) => {
      const { ask: name, ...rest } = request
      const call: Call =
        name === 'queryRefund' ? { name, id: request.refundNo } : { name, body: rest }
      return ask(call, (judged) => done(refundOf(judged)))
    },
  }
}

/** States without money: what was paid has gone back. */
const notPaid: readonly GatewayState[] = ['open', 'paying', 'failed', 'closed', 'reversed']

function attemptOf(judged: Judged): AttemptAnswer {
  if (judged.kind !== 'answer') return judged
  const facts = schemas.Attempt.parse(judged.body)
  const { attemptNo, merchantNo, amountFen, paidFen, refundedFen, state, qrText } = facts
  // Money that its state denies: neither is believed, and it is asked for again.
  const isDenied =
    refundedFen > paidFen ||
    (state === 'paid' ? paidFen === 0 : notPaid.includes(state) && paidFen > refundedFen)
  if (isDenied) return no('contradicts')
  return { kind: 'attempt', attemptNo, merchantNo, amountFen, paidFen, state, qrText }
}

const refundOf = (judged: Judged): RefundAnswer =>
  judged.kind === 'answer' ? { kind: 'refund', ...schemas.Refund.parse(judged.body) } : judged

/** A bill whose sums do not match, or of another day, counts as no answer. */
function billOf(body: unknown, day: string) {
  const bill = schemas.Bill.parse(body)
  const sum = bill.rows.reduce((total, { paidFen }) => total + paidFen, 0)
  const isWhole = bill.count === bill.rows.length && bill.totalFen === sum && bill.day === day
  return isWhole ? { day, rows: bill.rows } : no('billNotWhole')
}
