// Messages of a platform to its lot as the dialect encodes them: the content of a correct answer, and each invalid member
// by its name. An answer is accepted whole or not at all.
import { expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import type { SignedAnswer } from '#ledger/ports/dialect.ts'
import { faultOf } from '../../../../../kit/refusals.ts'
import { answer } from './signed-answer.ts'

const feedback = present(guangxi.feedback, 'this dialect has feedback')
const lot = { lotId: 'GX00012', provinceCode: '4501' }
const message = {
  seq: 8,
  feedbackNo: 'F8',
  type: 3,
  time: '2026-11-20T09:00:00.000+08:00',
  outTradeNo: 'P1',
  fee: 1_500,
  text: '清分失败',
  resend: 'lot',
}
const of = (...messages: object[]) => ({
  parkId: 'GX00012',
  lastSeq: 7 + messages.length,
  messages,
})
const read = (data: object, over?: Partial<SignedAnswer>) =>
  feedback.read(lot, 7, answer(data, over))

it('are asked for behind the last one that is here, and taken with what each says', () => {
  expect(feedback.request(lot, 7)).toMatchObject({
    method: 'GET',
    path: '/v1/feedback?parkId=GX00012&after=7',
  })
  const { outTradeNo: _no, fee: _fee, resend: _resend, ...bare } = message
  expect(read(of(message, { ...bare, seq: 9, feedbackNo: 'F9', type: 6 }))).toEqual({
    kind: 'messages',
    lastSeq: 9,
    messages: [
      {
        seq: 8,
        no: 'F8',
        what: 'clearing',
        atMs: Date.parse(message.time),
        outTradeNo: 'P1',
        feeFen: 1_500,
        text: '清分失败',
        resend: 'lot',
      },
      expect.objectContaining({ what: 'review', outTradeNo: null, feeFen: null, resend: null }),
    ],
  })
  expect(read(of())).toEqual({ kind: 'messages', lastSeq: 7, messages: [] })
})

it('are none where the numbers of the platform went back, and it says so', () => {
  expect(read({ parkId: 'GX00012', lastSeq: 2, messages: [] })).toEqual({
    kind: 'messages',
    lastSeq: 2,
    messages: [],
  })
})

it.each([
  [{ ...of(message), parkId: 'OTHER' }, '/data/parkId "OTHER"'],
  [{ ...of(message), lastSeq: -1 }, '/data/lastSeq -1'],
  [{ ...of(), lastSeq: 9 }, '/data/messages []'],
  [
    { ...of(message, { ...message, seq: 9 }), lastSeq: 8 },
    '/data/messages [{"seq":8,"feedbackNo":"F8","type":3,"time":"2026-11-20T09:00:00.000+08:00"',
  ],
  [of({ ...message, seq: 9 }), '/data/messages/0/seq 9'],
  [of(message, message), '/data/messages/1/seq 8'],
  [of({ ...message, feedbackNo: 'F 8' }), '/data/messages/0/feedbackNo "F 8"'],
  [of({ ...message, type: 8 }), '/data/messages/0/type 8'],
  [of({ ...message, type: 7 }), '/data/messages/0/kind '],
  [of({ ...message, type: 7, kind: 5 }), '/data/messages/0/kind 5'],
  [
    of({ ...message, type: 7, kind: 1, answerBy: '2026-02-30' }),
    '/data/messages/0/answerBy "2026-02-30"',
  ],
  [of({ ...message, type: '3' }), '/data/messages/0/type "3"'],
  [of({ ...message, time: 'now' }), '/data/messages/0/time "now"'],
  [of({ ...message, outTradeNo: '' }), '/data/messages/0/outTradeNo ""'],
  [of({ ...message, fee: -1 }), '/data/messages/0/fee -1'],
  [of({ ...message, fee: 1.5 }), '/data/messages/0/fee 1.5'],
  [of({ ...message, text: '' }), '/data/messages/0/text ""'],
  [of({ ...message, resend: 'me' }), '/data/messages/0/resend "me"'],
])('name what breaks its rule: %j', (data, said) => {
  const { code, detail } = faultOf(() => read(data))
  const found = `${code} ${detail.field ?? ''} ${detail.value ?? ''}`
  const whole = `FEED-01 ${said}`
  expect(found.slice(0, whole.length)).toBe(whole)
})

it('are none in an answer that is not signed, and where the platform has no such interface', () => {
  expect(read(of(message), { verified: 'unsigned' })).toEqual({
    kind: 'silent',
    reason: 'unsigned',
  })
  const none = { status: 403, body: new TextEncoder().encode('{"respCode":"400004"}') }
  expect(read(of(message), none)).toEqual({ kind: 'none', reason: '400004' })
})

it("are a driver's word with its kind and day (P36)", () => {
  const said = { ...message, type: 7, kind: 3, answerBy: '2026-12-01' }
  expect(read(of(said))).toMatchObject({
    messages: [{ what: 'driver', complaint: { kind: 'notMine', answerBy: '2026-12-01' } }],
  })
})

const told = present(feedback.told, 'the platform is told of a driver')
const facts = {
  feedbackNo: 'GX00012-n1-K7',
  outTradeNo: 'P1',
  stayId: 'n1-S1',
  kind: 'twice',
  text: '扣了两次',
  contact: '13800000000',
} as const

it('tells what a driver says by its charge, or by its stay where none was made, and what came of it', () => {
  expect(JSON.parse(told.openBody(lot, facts))).toEqual({
    feedbackNo: 'GX00012-n1-K7',
    parkId: 'GX00012',
    outTradeNo: 'P1',
    kind: 2,
    text: '扣了两次',
    contact: '13800000000',
  })
  const bare = JSON.parse(
    told.openBody(lot, { ...facts, outTradeNo: null, contact: null }),
  ) as object
  expect(bare).toMatchObject({ stayNo: 'n1-S1' })
  expect(bare).not.toHaveProperty('contact')
  const end = { feedbackNo: facts.feedbackNo, answer: '已说明', outRefundNo: null, told: 0 }
  expect(JSON.parse(told.stateBody(end))).toEqual({
    feedbackNo: 'GX00012-n1-K7',
    state: 'ANSWERED',
    answer: '已说明',
  })
  expect(JSON.parse(told.stateBody({ ...end, outRefundNo: 'R1' }))).toMatchObject({
    state: 'REFUNDED',
    outRefundNo: 'R1',
  })
  expect(() => told.openBody(lot, { ...facts, text: '错'.repeat(501) })).toThrow('UPLOAD-01')
  expect(guangxi.sensitive.members).toContainEqual(
    expect.objectContaining({ path: null, member: 'contact', of: 'person' }),
  )
})

const call = (op: 'feedback' | 'feedbackState', businessNo: string) =>
  ({ op, businessNo, body: '{}', amountFen: null }) as const
const judged = (op: 'feedback' | 'feedbackState', businessNo: string, body: object, status = 200) =>
  guangxi.judge(call(op, businessNo), {
    ...answer({}),
    status,
    body: new TextEncoder().encode(JSON.stringify(body)),
    sinceLastAttemptMs: null,
  })

it('its end has a number of its own, a path of the item, and waits for what opens it', () => {
  const no = told.stateNo(facts.feedbackNo, 0)
  expect(guangxi.requestFor(call('feedbackState', no))).toMatchObject({
    method: 'PUT',
    path: '/v1/feedback/GX00012-n1-K7',
    idempotencyKey: no,
  })
  expect(guangxi.requestFor(call('feedback', facts.feedbackNo))).toMatchObject({
    method: 'POST',
    path: '/v1/feedback',
    idempotencyKey: facts.feedbackNo,
  })
  const stored = (feedbackNo: string) => ({
    respCode: '100000',
    code: 'SUCCESS',
    data: { feedbackNo },
  })
  expect(judged('feedbackState', no, stored(facts.feedbackNo))).toMatchObject({ kind: 'confirmed' })
  expect(judged('feedbackState', no, stored('GX00012-n1-K8'))).toMatchObject({
    kind: 'hold',
    securityEvent: 'answerForOther',
  })
  const unknown = { respCode: '300012', code: 'NOT_FOUND', detail: { field: '/feedbackNo' } }
  for (const op of ['feedback', 'feedbackState'] as const)
    expect(judged(op, op === 'feedback' ? facts.feedbackNo : no, unknown, 404)).toEqual({
      kind: 'processing',
    })
})
