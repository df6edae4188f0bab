// Verdicts on clear answers, one row each: yes, not yet, no (P6, P11, P12, P14, P16).
// Doubtful answers have their own file, judge-doubt.test.ts.
import { describe } from 'vitest'
import { call, check, confirmed, done, error, no, paid, type Row } from './judge-rows.ts'

describe('what success looks like', () => {
  check([
    ['online charge', call('charge'), { body: done(paid) }, confirmed()],
    ['query', call('chargeQuery'), { body: done(paid) }, confirmed()],
    ['upload with SUCCESS', call('exitUpload'), { body: done(paid) }, confirmed()],
    [
      'upload stored',
      call('exitUpload'),
      { body: done({ outTradeNo: no, tradeNo: 'T-2', status: 'ACCEPTED' }) },
      { kind: 'confirmed', state: 'ACCEPTED', tradeNo: 'T-2', chargedFen: null },
    ],
    [
      'query of an upload that is stored',
      call('uploadQuery'),
      { body: done({ outTradeNo: no, tradeNo: 'T-2', status: 'ACCEPTED' }) },
      { kind: 'confirmed', state: 'ACCEPTED', chargedFen: null },
    ],
    [
      'members of tomorrow do not matter',
      call('charge'),
      { body: { ...done({ ...paid, loyalty: [1] }), sort: { of: 'new' } } },
      confirmed(),
    ],
    [
      'success without respCode',
      call('charge'),
      { body: { ...done(paid), respCode: undefined } },
      confirmed(),
    ],
    [
      'R08 success twice: already had it',
      call('charge'),
      { body: done(paid, '100001') },
      confirmed({ replayed: true }),
    ],
    [
      'R08 success twice: header',
      call('charge'),
      { body: done(paid), headers: { 'idempotent-replayed': 'true' } },
      confirmed({ replayed: true }),
    ],
    [
      'refunded meanwhile',
      call('chargeQuery'),
      { body: done({ ...paid, status: 'REFUNDED' }) },
      confirmed({ state: 'REFUNDED' }),
    ],
    [
      'exception stored',
      call('exception', { amountFen: null }),
      { body: done({ exceptionNo: no, status: 'STORED' }) },
      { kind: 'confirmed', state: 'STORED', chargedFen: null },
    ],
    ...(['PENDING_REVIEW', 'APPROVED', 'SUCCESS'] as const).map((status): Row => [
      `refund ${status}`,
      call('refund'),
      { body: done({ outRefundNo: no, refundFee: 1500, status }) },
      { kind: 'confirmed', state: status, chargedFen: 1500 },
    ]),
    [
      'refund progress',
      call('refundQuery'),
      { body: done({ outRefundNo: no, status: 'SUCCESS', refundFee: 1500 }) },
      { kind: 'confirmed', state: 'SUCCESS' },
    ],
    [
      'sign-in',
      call('signIn', { amountFen: null }),
      { body: done({ psamStatus: 1, validUntil: '2026-11-21T14:30:00.000+08:00' }) },
      {
        kind: 'confirmed',
        state: 'SIGNED_IN',
        signIn: { psamStatus: 1, validUntilMs: Date.UTC(2026, 10, 21, 6, 30) },
      },
    ],
  ])
})

describe('not yet', () => {
  const processing = { kind: 'processing' }
  check([
    [
      'online charge only accepted',
      call('charge'),
      { body: done({ outTradeNo: no, status: 'ACCEPTED' }) },
      processing,
    ],
    [
      '202 with 100002',
      call('charge'),
      { status: 202, body: done({ outTradeNo: no, status: 'PROCESSING' }, '100002') },
      processing,
    ],
    [
      'upload accepted, result later',
      call('exitUpload'),
      { status: 202, body: done({ outTradeNo: no, status: 'ACCEPTED' }, '100002') },
      processing,
    ],
    [
      'query of an online charge that is only accepted',
      call('chargeQuery'),
      { body: done({ outTradeNo: no, status: 'ACCEPTED' }) },
      processing,
    ],
    [
      'query of a charge in work',
      call('chargeQuery'),
      { body: done({ outTradeNo: no, status: 'PROCESSING' }) },
      processing,
    ],
  ])
})

describe('no', () => {
  check([
    [
      'insufficient balance',
      call('charge'),
      { status: 422, body: error('300010') },
      { kind: 'refused', respCode: '300010', reason: 'insufficient' },
    ],
    [
      'FAILED with its cause',
      call('chargeQuery'),
      { body: done({ outTradeNo: no, status: 'FAILED', failCode: '300003' }) },
      { kind: 'refused', respCode: '300003', reason: 'blacklisted' },
    ],
    [
      'FAILED without a cause',
      call('chargeQuery'),
      { body: done({ outTradeNo: no, status: 'FAILED' }) },
      { kind: 'refused', reason: 'failed' },
    ],
    [
      'CLOSED',
      call('chargeQuery'),
      { body: done({ outTradeNo: no, status: 'CLOSED' }) },
      { kind: 'refused', reason: 'closed' },
    ],
    [
      'an unlisted business code keeps its class',
      call('charge'),
      { status: 422, body: error('399999') },
      { kind: 'refused', respCode: '399999', reason: 'unlisted' },
    ],
    [
      'refund of an order that is not there',
      call('refund'),
      { status: 404, body: error('300012') },
      { kind: 'refused', reason: 'orderNotFound' },
    ],
    [
      'refund rejected',
      call('refundQuery'),
      { body: done({ outRefundNo: no, status: 'REJECTED' }) },
      { kind: 'refused', reason: 'refundRejected' },
    ],
    ...([2, 3, 4] as const).map((psamStatus): Row => [
      `PSAM status ${psamStatus}`,
      call('signIn'),
      { body: done({ psamStatus, validUntil: '2026-11-21T14:30:00.000+08:00' }) },
      { kind: 'refused' },
    ]),
    [
      'R04 format code: final, with the member',
      call('charge'),
      { status: 400, body: error('200004', { field: '/vehicleType' }) },
      { kind: 'rejected', class: 'format', cure: 'repair', field: '/vehicleType' },
    ],
    [
      'a sign-in that is refused with the status of a success',
      call('signIn'),
      { body: error('400009') },
      { kind: 'rejected', respCode: '400009', reason: 'psamNotAuthorised', cure: 'signIn' },
    ],
    [
      'a record of no money that is refused so, with the member',
      call('exception', { amountFen: null }),
      { body: error('200004', { field: '/exceptionType' }) },
      { kind: 'rejected', class: 'format', field: '/exceptionType' },
    ],
    [
      'R04 permission code: final',
      call('charge'),
      { status: 403, body: error('400002') },
      { kind: 'rejected', class: 'permission', cure: 'operator' },
    ],
    [
      'clock outside the window',
      call('charge'),
      { status: 401, body: error('400007') },
      { kind: 'rejected', class: 'permission', cure: 'clockSync' },
    ],
    [
      'nonce replay',
      call('charge'),
      { status: 401, body: error('400008') },
      { kind: 'rejected', cure: 'freshEnvelope' },
    ],
  ])
})
