// What an answer of an access system means for the money, as a table: only our number with our amount counts.
import { expect, it } from 'vitest'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { present } from '#base/pure/values/must.ts'
import { queueVerdict } from '#ledger/http/queue-verdict.ts'
import { schemas } from '#money/partners/protocol.ts'
import type { Op, PlatformAnswer } from '#ledger/ports/dialect.ts'
import { accessLot } from './access-lot.ts'

const dialect = dialectOf(accessLot)
const no = 'PLOT1N1261129141303000A1'
const order = {
  orderNo: no,
  state: 'open',
  amountFen: 500,
  paidFen: 0,
  refundedFen: 0,
  why: null,
  charge: null,
  review: null,
}
const charge = {
  outTradeNo: 'T77',
  amountFen: 500,
  atIso: '2026-11-29T14:13:03+08:00',
  cardEnd: '0007',
  tac: null,
}
const paid = { ...order, state: 'paid', paidFen: 500, charge }
const refund = { refundNo: 'refund-n1-R5', orderNo: no, amountFen: 500, state: 'success' }
const error = (code: string) => ({
  error: { code, field: null, value: null, message: { zh: '不行', en: 'no' } },
})

const answer = (
  body: unknown,
  status: number,
  more: Partial<PlatformAnswer> = {},
): PlatformAnswer => ({
  status,
  headers: {},
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  verified: 'valid',
  sinceLastAttemptMs: null,
  ...more,
})
const why = (reason: string) => ({ ...order, why: { reason, text: { zh: '原因', en: 'why' } } })

const verdictOn = (op: Op, given: PlatformAnswer): string => {
  const isRefund = op.startsWith('refund')
  const businessNo = isRefund ? 'n1-R5' : no
  const verdict = dialect.judge({ op, businessNo, body: '', amountFen: 500 }, given)
  const of = queueVerdict(isRefund ? 'refund' : 'charge', verdict, true)
  const detail =
    'reason' in of
      ? of.reason
      : 'step' in of
        ? of.step
        : 'why' in of
          ? of.why
          : 'tradeNo' in of
            ? of.tradeNo
            : ''
  return `${of.kind} ${detail ?? ''}`.trim()
}

it.each<[string, Op, unknown, number, string]>([
  ['paid', 'charge', paid, 200, 'confirmed T77'],
  ['paid, when asked', 'chargeQuery', paid, 200, 'confirmed T77'],
  [
    'paid with less',
    'chargeQuery',
    { ...paid, paidFen: 400 },
    200,
    'unclear otherAmount paidFen 400 500',
  ],
  [
    'paid without its charge',
    'chargeQuery',
    { ...paid, charge: null },
    200,
    'unclear otherAmount paidFen none 500',
  ],
  [
    'paid by a charge of another amount',
    'chargeQuery',
    { ...paid, charge: { ...charge, amountFen: 501 } },
    200,
    'unclear otherAmount paidFen 501 500',
  ],
  ['paid and given back', 'chargeQuery', { ...paid, refundedFen: 500 }, 200, 'refused refunded'],
  [
    'an order of another amount',
    'charge',
    { ...paid, amountFen: 900 },
    200,
    'unclear otherAmount amountFen 900 500',
  ],
  ['another order', 'charge', { ...paid, orderNo: 'P9' }, 200, 'unclear otherNumber P9'],
  ['no number', 'charge', { state: 'paid' }, 200, 'unclear memberMissing orderNo'],
  ['open', 'charge', order, 200, 'processing'],
  ['open, for a reason', 'chargeQuery', why('insufficient'), 200, 'processing insufficient'],
  ['open, for a sentence', 'chargeQuery', why('no money left'), 200, 'processing refused'],
  ['charging', 'charge', { ...order, state: 'charging' }, 200, 'processing'],
  [
    'charging, with an old reason',
    'chargeQuery',
    { ...why('obuNotRead'), state: 'charging' },
    200,
    'processing',
  ],
  ['unknown there', 'chargeQuery', { ...order, state: 'unknown' }, 200, 'processing'],
  ['withdrawn', 'chargeQuery', { ...order, state: 'withdrawn' }, 200, 'refused withdrawn'],
  ['settled', 'chargeQuery', { ...order, state: 'settled' }, 200, 'refused withdrawn'],
  [
    'a state of the future',
    'chargeQuery',
    { ...order, state: 'pondering' },
    200,
    'unclear chargeStatus pondering',
  ],
  ['no JSON', 'charge', 'paid', 200, 'unclear bodyNotJson'],
  [
    'a member twice',
    'charge',
    `{"orderNo":"${no}","state":"open","state":"paid"}`,
    200,
    'unclear bodyNotJson',
  ],
  ['not there', 'chargeQuery', error('ORDER-04'), 404, 'notFound'],
  [
    'not there, as an answer to the order',
    'charge',
    error('ORDER-04'),
    404,
    'unclear platformCode ORDER-04',
  ],
  ['other content', 'charge', error('ORDER-06'), 409, 'unclear otherContent'],
  ['being charged', 'charge', error('ORDER-07'), 409, 'processing'],
  ['has ended', 'charge', error('ORDER-08'), 409, 'unclear platformCode ORDER-08'],
  ['wrong members', 'charge', error('ORDER-01'), 400, 'unclear ORDER-01 recordRefused'],
  ['lane or clock do not fit', 'charge', error('ORDER-09'), 422, 'unclear ORDER-09 recordRefused'],
  ['too many', 'charge', error('ORDER-10'), 429, 'unclear ORDER-10 recordRefused'],
  ['too many, without a code', 'charge', '', 429, 'busy rateLimit'],
  ['an error of its machine', 'charge', '<html>', 502, 'silence answerStatus 502'],
  ['a proxy', 'charge', 'no', 404, 'unclear statusWithoutCode 404'],
  ['moved', 'charge', paid, 302, 'silence redirected 302'],
  ['refunded', 'refund', refund, 200, 'confirmed'],
  [
    'a refund under review',
    'refundQuery',
    { ...refund, state: 'pending' },
    200,
    'processing pending',
  ],
  ['an approved one', 'refundQuery', { ...refund, state: 'approved' }, 200, 'processing approved'],
  ['an abnormal one', 'refundQuery', { ...refund, state: 'abnormal' }, 200, 'processing abnormal'],
  ['one on its way', 'refund', { ...refund, state: 'sent' }, 200, 'processing'],
  [
    'a rejected one',
    'refundQuery',
    { ...refund, state: 'rejected' },
    200,
    'refused refundRejected',
  ],
  [
    'another refund',
    'refundQuery',
    { ...refund, refundNo: 'refund-n1-R6' },
    200,
    'unclear otherNumber refund-n1-R6',
  ],
  [
    'a refund of another amount',
    'refundQuery',
    { ...refund, amountFen: 1 },
    200,
    'unclear otherAmount amountFen 1 500',
  ],
  ['a refund of nothing paid', 'refund', error('ORDER-09'), 422, 'refused refundRejected'],
  ['a refund of no order', 'refund', error('ORDER-04'), 404, 'refused orderNotFound'],
  ['a refund that is not there', 'refundQuery', error('ORDER-04'), 404, 'notFound'],
])('%s', (_name, op, body, status, verdict) => {
  expect(verdictOn(op, answer(body, status))).toBe(verdict)
})

it.each(['unsigned', 'badSignature', 'unknownCertificate', 'outsideWindow'] as const)(
  'believes nothing that is %s',
  (verified) => {
    for (const [body, status] of [
      [paid, 200],
      [{ ...order, state: 'withdrawn' }, 200],
      [error('ORDER-04'), 404],
    ] as const)
      expect(verdictOn('chargeQuery', answer(body, status, { verified }))).toMatch(/^silence /)
  },
)

it.each<[string, unknown, number, string]>([
  ['taken back', { ...order, state: 'withdrawn' }, 200, 'lapsed'],
  ['settled', { ...order, state: 'settled' }, 200, 'lapsed'],
  ['paid meanwhile', paid, 200, 'confirmed'],
  ['still open', order, 200, 'processing'],
  ['being charged', error('ORDER-07'), 409, 'processing'],
  ['ended: its state says how', error('ORDER-08'), 409, 'processing'],
  ['taken back otherwise before', error('ORDER-06'), 409, 'processing'],
  ['never arrived', error('ORDER-04'), 404, 'notFound'],
  ['another order', { ...order, state: 'withdrawn', orderNo: 'P9' }, 200, 'hold'],
  ['silent', '', 503, 'silence'],
])('an order that is taken back: %s', (_name, body, status, kind) => {
  const { judgeTakeBack } = present(dialect.byOrder, 'orders')
  const call = { op: 'charge', businessNo: no, body: '', amountFen: 500 } as const
  expect(judgeTakeBack(call, answer(body, status)).kind).toBe(kind)
  const unsigned = judgeTakeBack(call, answer(body, status, { verified: 'unsigned' }))
  expect(unsigned.kind).toBe('silence')
})

it('has the answers of the protocol', () => {
  for (const view of [order, paid, why('insufficient')])
    expect(schemas.OrderView.safeParse(view).success).toBe(true)
  expect(schemas.RefundView.safeParse(refund).success).toBe(true)
  expect(schemas.Error.safeParse(error('ORDER-04')).success).toBe(true)
})
