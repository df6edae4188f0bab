// Which verdict the queue gets for each answer, and by which interface a record is sent or queried.
// An overly optimistic verdict would open a barrier, so each kind has its row.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { describe, expect, it } from 'vitest'
import { platformUploader } from '#ledger/http/platform-uploader.ts'
import type { SignedCall, SignedPlatform, SignedResult } from '#ledger/http/signed-platform.ts'
import type { SignInResult } from '#ledger/ports/uploader.ts'
import type { QueueVerdict } from '#ledger/pure/queue/queue.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'

interface Answer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly verified?: SignedResult['verified']
}

function answeredBy(
  answer: Answer | 'cut' | 'unsent',
  calls: SignedCall[] = [],
): Pick<SignedPlatform, 'send'> {
  return {
    send(call, done) {
      calls.push(call)
      const base = { requestId: 'R1', clockOffsetMs: 7, sentAtMs: 0 }
      if (answer === 'cut' || answer === 'unsent') {
        const silent = { kind: 'silence', reason: answer, sent: answer === 'cut' } as const
        done({ ...base, answer: silent, verified: null })
      } else {
        const { status = 200, body = {}, headers = {}, verified = 'valid' } = answer
        const bytes = new TextEncoder().encode(JSON.stringify(body))
        done({ ...base, answer: { kind: 'answer', status, headers, body: bytes }, verified })
      }
      return () => undefined
    },
  }
}

function exchange(kind: OutboxKind, op: 'post' | 'query', answer: Answer | 'cut' | 'unsent') {
  const calls: SignedCall[] = []
  const platform = answeredBy(answer, calls)
  const verdicts: { verdict: QueueVerdict; httpStatus: number | null; respCode: string | null }[] =
    []
  const uploader = platformUploader(platform, guangxi, { lotId: 'GX00012', provinceCode: '4501' })
  const businessNo = 'P1'
  const record = { op: kind, businessNo, amountFen: 500, lastPostMs: null, body: '{"a":1}' }
  uploader.send(record, op, 3000, (verdict, meta) => verdicts.push({ verdict, ...meta }))
  return { call: calls[0], heard: verdicts[0], offset: uploader.clockOffsetMs }
}

const charged = (status: string, more: object = {}) => ({
  body: {
    code: 'SUCCESS',
    respCode: '100000',
    data: { outTradeNo: 'P1', tradeNo: 'T1', status, chargedFee: 500, ...more },
  },
})

describe('where it goes', () => {
  it.each([
    ['charge', 'post', 'POST', '/v1/etc/exit-charges'],
    ['charge', 'query', 'GET', '/v1/etc/exit-charges/P1'],
    ['exitUpload', 'post', 'POST', '/v1/etc/exit-charges'],
    ['exitUpload', 'query', 'GET', '/v1/etc/exit-charges/P1'],
    ['refund', 'post', 'POST', '/v1/etc/refunds'],
    ['refund', 'query', 'GET', '/v1/etc/refunds/P1'],
    ['exception', 'post', 'POST', '/v1/etc/exceptions'],
    // Exceptions have no query: the same number and bytes again, which the platform answers as before.
    ['exception', 'query', 'POST', '/v1/etc/exceptions'],
  ] as const)('%s, %s: %s %s', (kind, op, method, path) => {
    const { call } = exchange(kind, op, 'cut')
    expect(call).toMatchObject({ method, path, timeoutMs: 3000 })
    expect(call?.bodyText).toBe(method === 'GET' ? '' : '{"a":1}')
  })
})

it('names the lane of a sign-in for the log of accesses', () => {
  const calls: SignedCall[] = []
  const platform: Pick<SignedPlatform, 'send'> = {
    send(call) {
      calls.push(call)
      return () => undefined
    },
  }
  const lot = { lotId: 'GX00012', provinceCode: '4501' }
  const asked = { listNo: 'L1', psamTerminal: null, lotName: '停车场', atMs: 1_770_000_000_000 }
  const request = { ...asked, laneId: 'entry', lotId: lot.lotId }
  platformUploader(platform, guangxi, lot).signIn(request, 5_000, () => undefined)
  expect(calls).toMatchObject([{ path: '/v1/psam/sign-in', timeoutMs: 5_000, laneId: 'entry' }])
})

const notAuthorised = { kind: 'refused', reason: '400009 psamNotAuthorised' } as const

it.each<[string, Answer, object]>([
  ['refused', { status: 403, body: { code: 'X', respCode: '400009' } }, notAuthorised],
  [
    'refused with the status of a success',
    { body: { code: 'X', respCode: '400009' } },
    notAuthorised,
  ],
  [
    'refused so by a symbol alone',
    { body: { code: 'NO_PSAM' } },
    { kind: 'refused', reason: 'noCode NO_PSAM' },
  ],
  ['busy', { body: { respCode: '500002' } }, { kind: 'silence', reason: 'busy' }],
  [
    'refused by nobody known',
    { verified: 'unsigned', body: { respCode: '400009' } },
    { kind: 'silence' },
  ],
])('a sign-in is %s', (_, answer, said) => {
  const heard: SignInResult[] = []
  const lot = { lotId: 'GX00012', provinceCode: '4501' }
  const asked = { listNo: 'L1', psamTerminal: null, lotName: '停车场', atMs: 1_770_000_000_000 }
  const request = { ...asked, laneId: 'entry', lotId: lot.lotId }
  platformUploader(answeredBy(answer), guangxi, lot).signIn(request, 5_000, (one) =>
    heard.push(one),
  )
  expect(heard).toMatchObject([said])
})

type MeaningRow = readonly [
  what: string,
  kind: OutboxKind,
  op: 'post' | 'query',
  answer: Answer | 'cut' | 'unsent',
  verdict: Partial<QueueVerdict>,
]
const confirmed = { kind: 'confirmed' } as const
const processing = { kind: 'processing' } as const
const unclear = { kind: 'unclear' } as const
const unheard = { kind: 'silence', sent: true } as const
const after7 = { 'retry-after': '7' }
const later = { kind: 'busy', afterMs: 7000 } as const

describe('what it means', () => {
  it.each<MeaningRow>([
    ['paid', 'charge', 'post', charged('SUCCESS'), confirmed],
    ['stored is not paid', 'charge', 'query', charged('ACCEPTED'), processing],
    ['in work is not paid', 'charge', 'post', charged('PROCESSING'), processing],
    ['nor when asked', 'charge', 'query', charged('PROCESSING'), processing],
    [
      'a refund under review is not paid back',
      'refund',
      'query',
      {
        body: {
          code: 'SUCCESS',
          respCode: '100000',
          data: { outRefundNo: 'P1', refundFee: 500, status: 'PENDING_REVIEW' },
        },
      },
      processing,
    ],
    [
      'stored is enough for a card-side record',
      'exitUpload',
      'query',
      charged('ACCEPTED'),
      confirmed,
    ],
    [
      'given back is settled, and opens nothing',
      'charge',
      'query',
      charged('REFUNDED'),
      { kind: 'refused', reason: 'refunded' },
    ],
    ['given back was stored', 'exitUpload', 'query', charged('REFUNDED'), confirmed],
    ['failed', 'charge', 'query', charged('FAILED', { respCode: '300010' }), { kind: 'refused' }],
    ['closed', 'charge', 'query', charged('CLOSED'), { kind: 'refused', reason: 'closed' }],
    [
      'another amount is a doubt, not a silence',
      'charge',
      'post',
      charged('SUCCESS', { chargedFee: 1 }),
      unclear,
    ],
    [
      'another number is a doubt',
      'charge',
      'post',
      charged('SUCCESS', { outTradeNo: 'P2' }),
      unclear,
    ],
    [
      'same number, other content',
      'charge',
      'post',
      { status: 409, body: { respCode: '300013' } },
      unclear,
    ],
    [
      'not found, judged by the queue',
      'charge',
      'query',
      { status: 404, body: { respCode: '300012' } },
      { kind: 'notFound' },
    ],
    [
      'a wrong member',
      'exitUpload',
      'post',
      { status: 400, body: { respCode: '200004' } },
      { kind: 'held' },
    ],
    ['busy, come back', 'charge', 'post', { status: 429, headers: after7 }, later],
    ['out of order, come back', 'charge', 'post', { status: 503, headers: after7 }, later],
    ['out of order', 'charge', 'post', { status: 503 }, unheard],
    [
      'an unsigned success',
      'charge',
      'post',
      { ...charged('SUCCESS'), verified: 'unsigned' },
      unheard,
    ],
    [
      'a forged one',
      'charge',
      'post',
      { ...charged('SUCCESS'), verified: 'badSignature' },
      unheard,
    ],
    ['cut after it was sent', 'charge', 'post', 'cut', unheard],
    ['cut before anything was sent', 'charge', 'post', 'unsent', { kind: 'silence', sent: false }],
  ])('%s', (_name, kind, op, answer, expected) => {
    expect(exchange(kind, op, answer).heard?.verdict).toMatchObject(expected)
  })
  it('tells status, code and the clock of the platform', () => {
    const { heard, offset } = exchange('charge', 'query', {
      status: 404,
      body: { respCode: '300012' },
    })
    expect(heard).toMatchObject({ httpStatus: 404, respCode: '300012', requestId: 'R1' })
    expect(offset).toBe(7)
    expect(exchange('charge', 'post', 'cut').heard).toMatchObject({
      httpStatus: null,
      respCode: null,
    })
  })
})
