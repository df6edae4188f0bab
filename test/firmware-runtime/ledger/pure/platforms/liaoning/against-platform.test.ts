// The Liaoning dialect against its simulated access platform, both written independently from docs/liaoning.md: the access
// check, the five quality checks with what they withhold from the expansion platform, three kinds of answer, and a mended
// record sent again.
import { beforeEach, expect, it } from 'vitest'
import { standInCrypto, standInSigningKey, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { signedPlatform, verdictOf, type SignedResult } from '#ledger/http/signed-platform.ts'
import type { ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import { instantOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import {
  clientSerial,
  platformSerial,
  simAccessCode,
  simAppId,
  simProvinces,
} from '#harness/lot/sim-platform.ts'
import type { Call, PlatformRequest } from '#ledger/ports/dialect.ts'
import type { HttpRequest } from '#base/ports/http-client.ts'
import type { PlatformModel } from '#simulators/platform/model.ts'
import { liaoningObu } from '../../../../lane/pure/good-card.ts'

const atMs = instantOf(2026, 11, 20, 14 * 3_600_000)
const { row, platform: makePlatform } = simProvinces['21']
const { dialect } = row
const lot = { lotId: 'LN00001', provinceCode: '2101' }

let model: PlatformModel
let nonce = 0
let address: string | undefined
let bend: (request: HttpRequest) => HttpRequest
let accessCode = simAccessCode
beforeEach(() => {
  model = makePlatform(() => undefined)
  address = undefined
  accessCode = simAccessCode
  bend = (request) => request
})

const always = { notBeforeMs: 0, notAfterMs: Number.MAX_SAFE_INTEGER }
function exchanged(asked: PlatformRequest) {
  let result: SignedResult | null = null
  const platform = signedPlatform({
    dialect,
    http: {
      request(given, done) {
        const request = bend(given)
        const answer = model.handle({ ...request, address }, atMs)
        if (answer !== null) done({ kind: 'answer', ...answer })
        return () => undefined
      },
    },
    crypto: standInCrypto,
    appId: simAppId,
    signingKey: standInSigningKey(clientSerial),
    platformKeys: new Map([
      [platformSerial, { ...standInVerifyingKey(platformSerial), ...always }],
    ]),
    accessCode,
    transport: { nowMs: () => atMs },
    random: { bytes: (count) => new Uint8Array(count).fill(++nonce % 256) },
    userAgent: 'test',
  })
  platform.send({ ...asked, timeoutMs: 1000 }, (one) => {
    result = one
  })
  const come = result as SignedResult | null
  if (come === null || come.answer.kind === 'silence') throw new Error('no answer')
  return { ...come, answer: come.answer }
}
function sent(call: Call) {
  const come = exchanged(dialect.requestFor(call))
  const text = new TextDecoder().decode(come.answer.body)
  const body = JSON.parse(text) as { answers: { kind: string; code: string }[] }
  return {
    kinds: body.answers.map(({ kind, code }) => `${kind} ${code}`),
    code: dialect.respCodeOf(text),
    verdict: verdictOf(dialect, call, come, null),
  }
}

const charge = (no: number, change: Partial<ChargeFacts> = {}): Call => {
  const facts: ChargeFacts = {
    deductionId: `D${no}`,
    stayId: `S${no}`,
    orderId: `O${no}`,
    laneId: 'exit',
    businessNo: `P${no}`,
    outTradeNo: `P${no}`,
    plate: '测A12345',
    colour: 'blue',
    enteredAtMs: atMs - 7_200_000,
    atMs,
    amountFen: 500,
    obu: liaoningObu,
    proof: null,
    offline: false,
    ...change,
  }
  const body = dialect.chargeBody(lot, 'charge', facts, '0')
  return { op: 'charge', businessNo: facts.businessNo, body, amountFen: facts.amountFen }
}
const query = (no: number): Call => ({
  op: 'chargeQuery',
  businessNo: `P${no}`,
  body: '',
  amountFen: 500,
})
const ups = () => [...(model.state.acts.get('exit-charges')?.values() ?? [])].map((a) => a.row.no)

it('a charge has its three answers, and one that comes again is the same one', () => {
  const first = sent(charge(1))
  expect(first.kinds).toEqual(['receipt 11000', 'quality 21000', 'processing 31000'])
  expect(first.verdict).toMatchObject({ kind: 'confirmed', state: 'SUCCESS', chargedFen: 500 })
  expect(sent(charge(1))).toMatchObject({ code: '31001', verdict: { replayed: true } })
  expect(sent(query(1)).verdict).toMatchObject({ kind: 'confirmed', chargedFen: 500 })
  expect(sent(query(2))).toMatchObject({ code: '33012', verdict: { kind: 'notFound' } })
  expect(ups()).toEqual(['P1'])
})

it.each<[code: string, reason: string, prepare: () => Partial<ChargeFacts>]>([
  ['23001', 'repeatCharge', () => (sent(charge(1)), { stayId: 'S1' })],
  ['23002', 'expiredCard', () => ({ obu: { ...liaoningObu, cardExpire: '20261119' } })],
  [
    '23003',
    'blacklisted',
    () => (model.record({ t: 'listed', cardNo: liaoningObu.cardNo, listed: true, fromMs: 0 }), {}),
  ],
  ['23004', 'cardNetwork', () => (model.record({ t: 'networks', networks: ['4501'] }), {})],
  ['23005', 'largeAmount', () => (model.setPolicy({ largeFeeFen: 499 }), {})],
])('%s %s stops a record before it goes up', (code, reason, prepare) => {
  const change = prepare()
  const before = ups()
  const stopped = sent(charge(9, change))
  expect(stopped.kinds).toEqual(['receipt 11000', `quality ${code}`])
  expect(stopped.verdict).toMatchObject({
    kind: 'refused',
    respCode: code === '' ? '' : expect.any(String),
    reason,
  })
  expect(ups(), 'the expansion platform never saw it').toEqual(before)
  expect(sent(query(9))).toMatchObject({ code, verdict: { kind: 'refused', reason } })
  expect([...model.state.access.stopped.keys()]).toEqual([`${simAppId}/P9`])
})

it('a stopped record that comes again mended, under its number, goes up', () => {
  expect(sent(charge(3, { obu: { ...liaoningObu, cardExpire: '20261119' } })).code).toBe('23002')
  expect(sent(charge(3)).code).toBe('31000')
  expect([ups(), model.state.access.stopped.size]).toEqual([['P3'], 0])
})

it('a stopped record is told to the lot as a message of its own, once for each body that was stopped', () => {
  const feedback = present(dialect.feedback, 'this province feeds back')
  const messages = (afterSeq: number) => {
    const { answer, verified } = exchanged(feedback.request(lot, afterSeq))
    return feedback.read(lot, afterSeq, { ...answer, verified: verified ?? 'unsigned' })
  }
  expect(messages(0)).toEqual({ kind: 'messages', lastSeq: 0, messages: [] })
  const expired = charge(3, { obu: { ...liaoningObu, cardExpire: '20261119' } })
  sent(expired)
  sent(expired)
  sent(charge(4, { obu: { ...liaoningObu, cardExpire: '20261118' }, amountFen: 700 }))
  const told = { what: 'upload', resend: 'lot', atMs, text: expect.stringMatching(/^23002 /) }
  expect(messages(0)).toEqual({
    kind: 'messages',
    lastSeq: 2,
    messages: [
      { ...told, seq: 1, no: 'F1', outTradeNo: 'P3', feeFen: 500 },
      { ...told, seq: 2, no: 'F2', outTradeNo: 'P4', feeFen: 700 },
    ],
  })
  expect(messages(1)).toMatchObject({ messages: [{ seq: 2 }] })
  expect(feedback.request(lot, 1).path).toBe('/access/feedback?parkId=LN00001&after=1')
})

const withHeader = (name: string, value: string) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})
it.each<[code: string, what: string, change: () => void]>([
  [
    '14001',
    'another authorisation code',
    () => (accessCode = new TextEncoder().encode('OTHER000')),
  ],
  ['14001', 'no proof', () => (bend = withHeader('access-proof', ''))],
  ['14003', 'another account', () => (bend = withHeader('access-account', 'OTHER'))],
  ['14004', 'another request type', () => (bend = withHeader('access-request-type', '2002'))],
  [
    '14002',
    'another address',
    () => {
      model.record({ t: 'addresses', appId: simAppId, addresses: ['10.0.0.1'] })
      address = '10.0.0.2'
    },
  ],
])('%s for %s: nothing is carried out', (code, _what, change) => {
  change()
  const refused = sent(charge(5))
  expect(refused).toMatchObject({ code, kinds: [`receipt ${code}`] })
  expect(refused.verdict).toMatchObject({ kind: 'rejected', class: 'permission' })
  expect(ups()).toEqual([])
  address = '10.0.0.1'
  accessCode = simAccessCode
  bend = (request) => request
  expect(sent(charge(5)).code).toBe('31000')
})

it('a member that is wrong is named with its receipt, and a code that no table has says nothing', () => {
  const call = charge(6)
  const wrong = sent({ ...call, body: call.body.replace('"realFee":500', '"realFee":"five"') })
  expect(wrong).toMatchObject({ code: '12001', verdict: { kind: 'rejected', field: '/realFee' } })
  const answers = [{ kind: 'processing', code: '19999' }]
  const result = { outTradeNo: 'P6', status: 'SUCCESS', chargedFee: 500 }
  const body = new TextEncoder().encode(JSON.stringify({ answers, result }))
  const verdict = dialect.judge(call, {
    status: 200,
    headers: {},
    body,
    verified: 'valid',
    sinceLastAttemptMs: null,
  })
  expect(verdict).toMatchObject({ kind: 'hold' })
})
