// Verdicts on doubtful answers: silence, retry, hold (R03 to R15 of reliability-security.md 7).
// Never optimistic: what contradicts the request or the signature rules confirms nothing.
import { describe, expect, it } from 'vitest'
import { judge } from '#ledger/pure/platforms/guangxi/judge.ts'
import type { Verdict } from '#ledger/ports/verdict.ts'
import { answer, call, check, done, error, no, paid, type Row } from './judge-rows.ts'

describe('ask again (retry, silence): never read as "not done"', () => {
  const silence = (over: object = {}): object => ({
    kind: 'silence',
    sent: true,
    securityEvent: null,
    ...over,
  })
  check([
    ['R03 signed 500', call('charge'), { status: 500, body: error('500001') }, silence()],
    ['R03 outcome unknown', call('charge'), { status: 500, body: error('500003') }, silence()],
    [
      'R03 502 page of a proxy',
      call('charge'),
      { status: 502, verified: 'unsigned', body: '<html>Bad Gateway</html>' },
      silence({ why: 'answerDoubted unsigned 502' }),
    ],
    [
      'R03 empty 200',
      call('charge'),
      { verified: 'unsigned', body: '' },
      silence({ securityEvent: 'unsignedSuccess' }),
    ],
    [
      'unsigned 4xx has no business meaning',
      call('charge'),
      { status: 422, verified: 'unsigned', body: error('300010') },
      silence(),
    ],
    [
      'unsigned 404 on a query is not "not found"',
      call('chargeQuery'),
      { status: 404, verified: 'unsigned', body: error('300012'), sinceLastAttemptMs: 90_000 },
      silence(),
    ],
    [
      'R05 429 with Retry-After',
      call('charge'),
      { status: 429, body: error('500004'), headers: { 'retry-after': '7' } },
      { kind: 'retry', afterMs: 7_000, why: 'rateLimit' },
    ],
    [
      'R05 429 of a gateway, unsigned',
      call('charge'),
      { status: 429, verified: 'unsigned', body: '', headers: { 'retry-after': '3' } },
      silence({ afterMs: 3_000 }),
    ],
    ...(['unsigned', 'badSignature', 'certificateExpired'] as const).map((verified): Row => [
      `R05 an hour told by nobody known (${verified}) is a minute`,
      call('charge'),
      { status: 503, verified, body: '', headers: { 'retry-after': '3600' } },
      { kind: 'silence', afterMs: 60_000 },
    ]),
    [
      'R05 Retry-After beyond reason',
      call('charge'),
      { status: 429, body: error('500004'), headers: { 'retry-after': '999999' } },
      { kind: 'retry', afterMs: 3_600_000 },
    ],
    ...['-1', '1e9', 'Fri, 20 Nov 2026 06:30:00 GMT', '', ' 5'].map((value): Row => [
      `R05 Retry-After "${value}" is ignored`,
      call('charge'),
      { status: 429, body: error('500004'), headers: { 'retry-after': value } },
      { kind: 'retry', afterMs: null },
    ]),
    [
      'busy with this number',
      call('charge'),
      { status: 409, body: error('500002') },
      { kind: 'retry', why: 'busy' },
    ],
    ['signed 503 without a body', call('charge'), { status: 503, body: '' }, silence()],
    ...(
      [
        ['badSignature', 'badSignature'],
        ['unknownCertificate', 'unknownCertificate'],
        ['outsideWindow', 'answerOutsideWindow'],
      ] as const
    ).flatMap(([verified, securityEvent]): readonly Row[] => [
      [
        `R06 success, ${verified}`,
        call('charge'),
        { verified, body: done(paid) },
        silence({ securityEvent }),
      ],
      [
        `R06 refusal, ${verified}`,
        call('charge'),
        { status: 422, verified, body: error('300010') },
        silence({ securityEvent }),
      ],
    ]),
    ...[301, 302, 307, 308].map((status): Row => [
      `R13 redirect ${status}, even signed`,
      call('charge'),
      { status, body: done(paid) },
      silence({ securityEvent: 'redirect' }),
    ]),
  ])
})

describe('hold: signed, but it contradicts the request or the rules', () => {
  const hold = (over: object = {}): object => ({ kind: 'hold', ...over })
  const other = { securityEvent: 'answerForOther' }
  const paidBut = (over: object) => ({ body: done({ ...paid, ...over }) })
  check([
    ['R07 another number', call('charge'), paidBut({ outTradeNo: 'PX999' }), hold(other)],
    ['R07 another amount', call('charge'), paidBut({ chargedFee: 15 }), hold(other)],
    [
      'R07 another amount in a query',
      call('chargeQuery'),
      paidBut({ chargedFee: 1501 }),
      hold(other),
    ],
    ['R07 no number at all', call('charge'), paidBut({ outTradeNo: undefined }), hold()],
    ['R07 no amount', call('charge'), paidBut({ chargedFee: undefined }), hold()],
    ['amount as text', call('charge'), paidBut({ chargedFee: '1500' }), hold()],
    ['amount as fraction', call('charge'), paidBut({ chargedFee: 1500.5 }), hold()],
    [
      'R07 refund of another amount',
      call('refund'),
      { body: done({ outRefundNo: no, refundFee: 1, status: 'SUCCESS' }) },
      hold(other),
    ],
    [
      'R09 answers in another order: the one for the other order',
      call('exception', { amountFen: null }),
      { body: done({ exceptionNo: 'E2' }) },
      hold(other),
    ],
    ...(['charge', 'exitUpload'] as const).map((op): Row => [
      `R09 ${op}: "there is none" is the answer to a question about another one`,
      call(op),
      { status: 404, body: error('300012') },
      hold(other),
    ]),
    ['status missing', call('charge'), paidBut({ status: undefined }), hold()],
    ['status unknown', call('charge'), paidBut({ status: 'MAYBE' }), hold()],
    ['status in lower case', call('charge'), paidBut({ status: 'success' }), hold()],
    [
      'refund ABNORMAL',
      call('refund'),
      { body: done({ outRefundNo: no, status: 'ABNORMAL' }) },
      hold(),
    ],
    ['data missing', call('charge'), { body: { ...done(paid), data: undefined } }, hold()],
    ['data is an array', call('charge'), { body: { ...done(paid), data: [paid] } }, hold()],
    ['R10 code of letters', call('charge'), { body: done(paid, 'OK') }, hold({ respCode: 'OK' })],
    ['R10 code of 4 digits', call('charge'), { body: done(paid, '1000') }, hold()],
    ['R10 class 9', call('charge'), { status: 400, body: error('900001') }, hold()],
    ['R10 class 0', call('charge'), { status: 400, body: error('000000') }, hold()],
    [
      'success status with a refusal code',
      call('charge'),
      { body: done(paid, '300010') },
      hold({ respCode: '300010' }),
    ],
    ['error status with a success code', call('charge'), { status: 422, body: done(paid) }, hold()],
    ['neither code says anything', call('charge'), { body: { code: 'FINE', data: paid } }, hold()],
    [
      'same number, other content there',
      call('charge'),
      { status: 409, body: error('300013') },
      hold({ respCode: '300013' }),
    ],
    ['R11 cut body, signed', call('charge'), { body: '{"code":"SUCC' }, hold()],
    [
      'R11 bad UTF-8, signed',
      call('charge'),
      { bytes: Uint8Array.of(0x22, 0xc3, 0x28, 0x22) },
      hold(),
    ],
    ['an array', call('charge'), { body: [paid] }, hold()],
    ['a number', call('charge'), { body: '7' }, hold()],
    ['null', call('charge'), { body: 'null' }, hold()],
    ['signed 404 without a body', call('chargeQuery'), { status: 404, body: '' }, hold()],
    ['sign-in without a status', call('signIn'), { body: done({}) }, hold()],
    [
      'sign-in without an end',
      call('signIn'),
      { body: done({ psamStatus: 1, validUntil: 'tomorrow' }) },
      hold(),
    ],
    [
      'sign-in for another list number',
      call('signIn'),
      { body: done({ listNo: 'L2', psamStatus: 1, validUntil: '2026-11-21T14:30:00.000+08:00' }) },
      hold(other),
    ],
  ])
})

describe('R15 "not found" is believed only when nothing can be in flight', () => {
  const query = call('chargeQuery')
  const missing = (sinceLastAttemptMs: number | null): Verdict =>
    judge(query, answer({ status: 404, body: error('300012'), sinceLastAttemptMs }))
  it.each([
    [null, false],
    [0, false],
    [29_999, false],
    [30_000, true],
    [86_400_000, true],
  ])('after %s ms: final %s', (sinceMs, final) => {
    expect(missing(sinceMs)).toEqual({ kind: 'notFound', final })
  })
})
