// Answers whose parts say different things: none of them is a success or an end, for no interface and in no dialect; they are
// asked again. What would be a success without the contradiction stands beside each.
import { describe, expect, it } from 'vitest'
import { consumption } from '#ledger/pure/platforms/guangxi/consumption.ts'
import { dataOf } from '#ledger/pure/platforms/guangxi/signed-data.ts'
import { psam } from '#ledger/pure/platforms/guangxi/psam.ts'
import { dialectOf } from '#ledger/pure/platforms/dialects.ts'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import { queueVerdict } from '#ledger/http/queue-verdict.ts'
import type { Op } from '#ledger/ports/dialect.ts'
import { answer, call, done, error, no, paid, type AnswerSpec } from './judge-rows.ts'

/** A result that each interface believes. */
const believed: Readonly<Record<Op, object>> = {
  charge: paid,
  exitUpload: paid,
  chargeQuery: paid,
  uploadQuery: paid,
  refund: { outRefundNo: no, status: 'SUCCESS', refundFee: 1500 },
  refundQuery: { outRefundNo: no, status: 'SUCCESS', refundFee: 1500 },
  exception: { exceptionNo: no },
  entryRecord: { entryNo: no },
  exitRecord: { outTradeNo: no },
  plateRecord: { plateRecNo: no },
  shiftRecord: { shiftNo: no },
  feedback: { feedbackNo: no },
  feedbackState: { feedbackNo: no },
  batch: { batchNo: no, count: 1 },
  signIn: { listNo: no, psamStatus: 1, validUntil: '2026-11-21T14:30:00.000+08:00' },
}
const ops = Object.keys(believed) as Op[]
const isMoney = (op: Op): boolean => /charge|upload|refund/i.test(op)
const verdictOf = (op: Op, spec: AnswerSpec) => judge(call(op), answer(spec))
const textOf = (data: object): string => JSON.stringify(done(data))

describe.each(ops)('%s', (op) => {
  const data = believed[op]
  it('is believed where nothing contradicts it', () => {
    expect(verdictOf(op, { body: done(data) }).kind).toBe('confirmed')
    expect(verdictOf(op, { body: { ...done(data), code: undefined } }).kind).toBe('confirmed')
    expect(verdictOf(op, { body: done(data, '100001') }).kind).toBe('confirmed')
  })

  const doubts: readonly (readonly [why: string, body: unknown, status?: number])[] = [
    ['FAIL with 100000', { ...done(data), code: 'FAIL' }],
    ['SYSTEM_ERROR with 100001', { ...done(data, '100001'), code: 'SYSTEM_ERROR' }],
    ['no word with 100000', { ...done(data), code: '' }],
    ['FAIL without a number', { ...done(data), code: 'FAIL', respCode: undefined }],
    ['status 500 in the body of a 200', { ...done(data), status: 500 }],
    ['status 404 in the body of a 200', { ...done(data), status: 404 }],
    ['100002 with a result', done(data, '100002')],
    ['a member twice', textOf(data).replace('"code"', '"respCode":"300003","code"')],
    ['a member twice, the same', textOf(data).replace('"message"', '"message":"ok","message"')],
    ['a member of the result twice', textOf({ ...data, x: 1, y: 2 }).replace('"y":2', '"x":2')],
    ['a success under 400', { ...done(data) }, 400],
  ]
  it.each(doubts.map(([why, body, status = 200]) => [why, body, status] as const))(
    '%s is asked again',
    (_why, body, status) => {
      const verdict = verdictOf(op, { body, status })
      expect(verdict.kind).toBe('hold')
      expect(queueVerdict('exitUpload', verdict, true).kind).toBe('unclear')
    },
  )

  it('a refusal under the word of a success ends nothing of money', () => {
    const body = { ...error('300003'), code: 'SUCCESS' }
    expect(verdictOf(op, { body, status: 422 }).kind).toBe(isMoney(op) ? 'hold' : 'refused')
  })
})

describe('a result against itself', () => {
  const denied: readonly (readonly [why: string, op: Op, data: object, code?: string])[] = [
    ['SUCCESS with a cause of failure', 'charge', { ...paid, respCode: '300010' }],
    ['SUCCESS with a code of failure', 'chargeQuery', { ...paid, failCode: '300003' }],
    [
      'FAILED with the code of a success',
      'charge',
      { ...paid, status: 'FAILED', failCode: '100001' },
    ],
    [
      'CLOSED with the code of a success',
      'uploadQuery',
      { ...paid, status: 'CLOSED', failCode: '100001' },
    ],
    ['REFUNDED with a result later', 'charge', { ...paid, status: 'REFUNDED' }, '100002'],
    ['FAILED with a result later', 'exitUpload', { ...paid, status: 'FAILED' }, '100002'],
    ['a refund without its amount', 'refund', { outRefundNo: no, status: 'SUCCESS' }],
    [
      'a refund whose amount is a text',
      'refundQuery',
      { outRefundNo: no, status: 'SUCCESS', refundFee: '1500' },
    ],
    ['a refund of nothing', 'refund', { outRefundNo: no, status: 'SUCCESS', refundFee: null }],
    [
      'a refund of another amount',
      'refundQuery',
      { outRefundNo: no, status: 'SUCCESS', refundFee: 1 },
    ],
    ['a refund that is refused later', 'refund', { outRefundNo: no, status: 'REJECTED' }, '100002'],
  ]
  it.each(denied.map(([why, op, data, code = '100000']) => [why, op, data, code] as const))(
    '%s',
    (_why, op, data, code) => {
      expect(verdictOf(op, { body: done(data, code) }).kind).toBe('hold')
    },
  )

  it.each<readonly [string, Op, object, string, object]>([
    [
      'accepted, result later',
      'charge',
      { ...paid, status: 'ACCEPTED' },
      '100002',
      { kind: 'processing' },
    ],
    [
      'being worked on',
      'chargeQuery',
      { ...paid, status: 'PROCESSING' },
      '100002',
      { kind: 'processing' },
    ],
    [
      'a refund under review',
      'refund',
      { outRefundNo: no, status: 'PENDING_REVIEW' },
      '100002',
      { kind: 'confirmed', state: 'PENDING_REVIEW' },
    ],
    [
      'a refund that is refused',
      'refundQuery',
      { outRefundNo: no, status: 'REJECTED' },
      '100000',
      { kind: 'refused' },
    ],
    [
      'a charge that failed',
      'charge',
      { ...paid, status: 'FAILED', respCode: '300010' },
      '100000',
      { kind: 'refused', reason: 'insufficient' },
    ],
  ])('is none: %s', (_why, op, data, code, verdict) => {
    const body = { ...done(data, code), code: code === '100002' ? 'ACCEPTED' : 'SUCCESS' }
    expect(verdictOf(op, { body })).toMatchObject(verdict)
  })
})

describe('other interfaces', () => {
  const signed = (spec: AnswerSpec) => answer(spec)
  it.each([
    ['FAIL with 100000', { ...done({}), code: 'FAIL' }],
    ['another status in the body', { ...done({}), status: 503 }],
    ['a member twice', textOf({}).replace('"code"', '"respCode":"100000","code"')],
  ])('a list, a plan or a configuration is not taken: %s', (_why, body) => {
    expect(dataOf(signed({ body: done({}) })).kind).toBe('data')
    expect(dataOf(signed({ body })).kind).toBe('silent')
  })

  const applied = {
    consumptionNo: `${no}-1`,
    decision: 'ALLOWED',
    holdFee: 1500,
    validUntil: '2026-11-20T14:32:00.000+08:00',
  }
  const judgeApply = (body: unknown) => consumption.judgeApply(call('charge'), 1, answer({ body }))
  it.each([
    ['FAIL with 100000', { ...done(applied), code: 'FAIL' }],
    ['allowed, result later', done(applied, '100002')],
    ['refused, result later', done({ ...applied, decision: 'REFUSED' }, '100002')],
    ['a member twice', textOf(applied).replace('"decision"', '"decision":"REFUSED","decision"')],
  ])('an application is neither allowed nor refused: %s', (_why, body) => {
    expect(judgeApply(done(applied)).kind).toBe('allowed')
    expect(judgeApply(body).kind).toBe('hold')
  })

  const granted = {
    listNo: 'L1',
    psamStatus: 1,
    apdu: '00820000080102030405060708',
    validUntil: '2026-11-21T14:30:00.000+08:00',
  }
  const request = { listNo: 'L1' } as Parameters<typeof psam.judgeAuthorize>[0]
  it.each([
    ['FAIL with 100000', { ...done(granted), code: 'FAIL' }],
    ['result later', done(granted, '100002')],
    ['a member twice', textOf(granted).replace('"psamStatus"', '"psamStatus":2,"psamStatus"')],
  ])('a PSAM is not authorised: %s', (_why, body) => {
    expect(psam.judgeAuthorize(request, answer({ body: done(granted) })).kind).toBe('authorised')
    expect(psam.judgeAuthorize(request, answer({ body })).kind).toBe('silence')
  })
})

it('a dialect by table reads no answer with a member twice, whatever the two values are', () => {
  const liaoning = dialectOf({ provinceCode: '2101' })
  for (const [one, other] of [
    ['SUCCESS', 'SUCCESS'],
    ['FAILED', 'SUCCESS'],
    ['SUCCESS', 'FAILED'],
  ]) {
    const body = `{"data":{"outTradeNo":"${no}","status":"${one}","status":"${other}","chargedFee":1500}}`
    expect(liaoning.judge(call('charge'), answer({ body })).kind).toBe('hold')
  }
})
