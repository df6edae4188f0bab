// Answers of a gateway that contradict themselves prove nothing about the money: neither paid nor ended, they count as none and
// are asked again. Signed as the gateway signs; the same answer without the contradiction is believed.
import { describe, expect, it } from 'vitest'
import { paymentClient } from '#money/pay/payment-client.ts'
import { answerHeaders } from '#simulators/payment/envelope.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'

const nowMs = 1_795_000_000_000
const keys = { merchantNo: 'M', keyId: 'key-1', secretHex: '11'.repeat(32) }

/** A client whose gateway answers everything with this body. */
function asked(body: unknown, status = 200) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return paymentClient({
    http: {
      request: (request, done) => {
        const nonce = request.headers['pay-nonce'] ?? ''
        const headers = answerHeaders(keys, status, nonce, bytes, nowMs)
        done({ kind: 'answer', status, headers, body: bytes } as HttpAnswer)
        return () => undefined
      },
    },
    keys: [{ keyId: keys.keyId, secretHex: keys.secretHex }],
    merchantNo: 'M',
    clock: { nowMs: () => nowMs },
    random: { bytes: (count) => new Uint8Array(count) },
    answerMs: 1000,
  })
}
const attemptNo = 'O1-lot-1P1'
const attempt = {
  attemptNo,
  merchantNo: 'M',
  amountFen: 500,
  paidFen: 500,
  refundedFen: 0,
  state: 'paid',
  qrText: null,
}
const error = { error: { code: 'NOT_FOUND', message: '' } }
const textOf = (value: object): string => JSON.stringify(value)
const attemptOf = (body: unknown, status = 200, ask: 'query' | 'cancel' = 'query') => {
  let found: object = {}
  asked(body, status).attempt({ ask, attemptNo }, (answer) => (found = answer))
  return found
}
const refund = { refundNo: `${attemptNo}R2`, attemptNo, amountFen: 500, state: 'done' }
const refundOf = (body: unknown, status = 200) => {
  let found: object = {}
  asked(body, status).refund(
    { ask: 'queryRefund', refundNo: refund.refundNo, attemptNo },
    (answer) => (found = answer),
  )
  return found
}

describe.each(['query', 'cancel'] as const)('the answer to a %s', (ask) => {
  it.each([
    [attempt],
    [{ ...attempt, paidFen: 1000 }],
    [{ ...attempt, refundedFen: 500 }],
    [{ ...attempt, state: 'failed', paidFen: 0 }],
    [{ ...attempt, state: 'reversed', refundedFen: 500 }],
    [{ ...attempt, state: 'closed', paidFen: 0 }],
    [{ ...attempt, state: 'open', paidFen: 0, qrText: 'x' }],
    [{ ...attempt, state: 'unknown', paidFen: 0 }],
  ])('is believed: %j', (body) => {
    expect(attemptOf(body, 200, ask)).toMatchObject({ kind: 'attempt', state: body.state })
  })

  const doubts: readonly (readonly [why: string, body: unknown, status?: number])[] = [
    ['paid nothing', { ...attempt, paidFen: 0 }],
    ['failed with money', { ...attempt, state: 'failed' }],
    ['closed with money', { ...attempt, state: 'closed' }],
    ['reversed with money left', { ...attempt, state: 'reversed', refundedFen: 499 }],
    ['open with money', { ...attempt, state: 'open' }],
    ['paying with money', { ...attempt, state: 'paying' }],
    ['more went back than came', { ...attempt, refundedFen: 501 }],
    ['an error beside it', { ...attempt, ...error }],
    ['an error alone under 200', error],
    [
      'a member twice',
      textOf(attempt).replace('"state":"paid"', '"state":"failed","state":"paid"'),
    ],
    [
      'a member twice, the same',
      textOf(attempt).replace('"paidFen":500', '"paidFen":500,"paidFen":500'),
    ],
    ['a result under 422', { ...attempt, error: { code: 'TOO_MUCH', message: '' } }, 422],
    ['a code of 429 under 422', { error: { code: 'TOO_OFTEN', message: '' } }, 422],
    ['a code of 401 under 404', { error: { code: 'SIGNATURE', message: '' } }, 404],
    ['a code of 404 under 400', error, 400],
  ]
  it.each(doubts.map(([why, body, status = 200]) => [why, body, status] as const))(
    'is none: %s',
    (_why, body, status) => {
      expect(attemptOf(body, status, ask)).toMatchObject({ kind: 'noAnswer' })
    },
  )
})

it.each([
  ['TOO_MUCH', 422, 'refused'],
  ['CODE_INVALID', 422, 'refused'],
  ['NO_BALANCE', 422, 'refused'],
  ['CONFLICT', 409, 'refused'],
  ['NOT_FOUND', 404, 'notFound'],
] as const)('a refusal %s under %s is one', (code, status, kind) => {
  expect(attemptOf({ error: { code, message: '' } }, status)).toMatchObject({ kind })
})

it.each([
  ['done', refund, 200, 'refund'],
  ['done, and an error', { ...refund, ...error }, 200, 'noAnswer'],
  ['without its amount', { ...refund, amountFen: undefined }, 200, 'noAnswer'],
  ['a state twice', textOf(refund).replace('"state"', '"state":"failed","state"'), 200, 'noAnswer'],
  ['a result under 404', { ...refund, ...error }, 404, 'noAnswer'],
] as const)('a refund: %s', (_why, body, status, kind) => {
  expect(refundOf(body, status)).toMatchObject({ kind })
})
