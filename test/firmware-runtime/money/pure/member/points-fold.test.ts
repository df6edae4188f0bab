// The fold of rows of points, refunds and merchants: whose points, until when, reduced by which refund; each merchant
// separately, each day and month to its end.
import { expect, test } from 'vitest'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import { limitRefusal, merchantsIn } from '#money/pure/member/merchants.ts'
import { balanceAt, pointsOf } from '#money/pure/member/points.ts'
import { overchargedReason } from '#base/pure/values/refund-means.ts'
import type { Coupon, Merchant } from '#base/pure/rows/coupon-row.ts'
import { dayMs, instantOfIso, minuteMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'

const at = (text: string): number => instantOfIso(`${text}+08:00`)
const t0 = at('2026-11-20T10:00:00')

class Told {
  readonly lot: LotState = emptyLot()
  private seq = 0

  row(draft: RowDraft): this {
    const chain = { nodeId: 'n', seq: ++this.seq, prevHash: '', hash: '' }
    foldRow(this.lot, { ...draft, ...chain } as LedgerRow)
    return this
  }

  /** A car of the member that paid `fen` and left. */
  paid(stayId: string, no: string, fen: number, leftAtMs = t0): this {
    const refs = { stayId, orderId: `O-${stayId}`, atMs: leftAtMs }
    const car = { plate: stayId, colour: 'blue', noEntry: false, photo: null } as const
    const earns = { no, perYuan: 2, perVisit: 3, validDays: 30 }
    const order = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate: stayId, plateRaw: null }
    const by = { paymentId: 'M1', means: 'cash', by: null, reason: null } as const
    return this.row({ kind: 'stayOpened', ...refs, body: { ...car, enteredAtMs: t0 - minuteMs } })
      .row({ kind: 'orderMade', ...refs, amountFen: fen, body: { ...order, earns } })
      .row({ kind: 'payment', ...refs, amountFen: fen, body: by })
      .row({ kind: 'stayClosed', ...refs, laneId: 'exit', body: { end: 'other', leftAtMs } })
  }

  refund(stayId: string, fen: number, states: readonly string[], reason = '多收'): this {
    const by = { refundId: `R${this.seq}`, outTradeNo: 't', operator: '', approvedBy: null }
    this.row({ kind: 'refund', stayId, atMs: t0, amountFen: fen, body: { ...by, reason } })
    for (const state of states)
      this.row({
        kind: 'refundState',
        stayId,
        atMs: t0,
        body: { refundId: by.refundId, state: state as 'pending' },
      })
    return this
  }

  balance(no: string, nowMs = t0 + 1): number {
    return balanceAt(pointsOf(this.lot, no), nowMs)
  }
}

test('points are those of one member, whole yuan alone, to the end of their last day', () => {
  const told = new Told().paid('s1', 'P-1', 399).paid('s2', 'P-2', 10_000)
  expect([told.balance('P-1'), told.balance('P-2'), told.balance('P-3')]).toEqual([10, 203, 0])
  const endsMs = at('2026-12-21T00:00:00')
  expect([told.balance('P-1', endsMs - 1), told.balance('P-1', endsMs)]).toEqual([10, 0])
})

test.each([
  ['asked for', ['pending'], 403],
  ['approved', ['pending', 'approved'], 403],
  ['rejected', ['pending', 'rejected'], 403],
  ['done', ['pending', 'approved', 'success'], 203],
  ['said twice to be done', ['success', 'success'], 203],
])('a refund of half that is %s', (_, states, left) => {
  const told = new Told().paid('s1', 'P-1', 20_000).refund('s1', 10_000, states)
  expect(told.balance('P-1')).toBe(left)
})

test('what an antenna took too much is no part of what was paid', () => {
  const told = new Told().paid('s1', 'P-1', 20_000)
  expect(told.refund('s1', 20_000, ['success'], overchargedReason).balance('P-1')).toBe(403)
})

test('an order without a member takes back what the one before it said', () => {
  const refs = { stayId: 's1', orderId: 'O2', atMs: t0 }
  const order = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate: 's1', plateRaw: null }
  const car = { plate: 's1', colour: 'blue', noEntry: false, photo: null } as const
  const earns = { no: 'P-1', perYuan: 2, perVisit: 3, validDays: 30 }
  const told = new Told()
    .row({ kind: 'stayOpened', ...refs, body: { ...car, enteredAtMs: t0 } })
    .row({ kind: 'orderMade', ...refs, amountFen: 0, body: { ...order, earns } })
    .row({ kind: 'orderMade', ...refs, amountFen: 0, body: order })
    .row({ kind: 'stayClosed', ...refs, laneId: 'exit', body: { end: 'free', leftAtMs: t0 } })
  expect(told.balance('P-1')).toBe(0)
})

test('points that were brought end with their last day, and are one number of one member', () => {
  const told = new Told()
  for (const points of [5, 9])
    told.row({
      kind: 'points',
      atMs: t0,
      body: { row: 'brought', no: 'P-1', points, until: '2026-11-20' },
    })
  const endsMs = at('2026-11-21T00:00:00')
  expect([told.balance('P-1', endsMs - 1), told.balance('P-1', endsMs)]).toEqual([9, 0])
  expect(told.balance('P-2')).toBe(0)
})

const coupon = (code: string, over: Partial<Coupon> = {}): Coupon => ({
  code,
  merchant: '面馆',
  kind: 'amount',
  value: 300,
  from: '2026-01-01',
  until: '2026-12-31',
  batch: 'b',
  ...over,
})
const limits: Merchant = {
  name: '面馆',
  dayCount: null,
  monthCount: null,
  dayFen: null,
  monthFen: null,
}
const issued = (told: Told, one: Coupon, atMs = t0): Told =>
  told.row({ kind: 'coupon', atMs, body: { row: 'issued', coupon: one } })

test('points of a member are no coupon of a merchant, and merchants stand by name', () => {
  const told = issued(new Told(), coupon('B', { merchant: '乙' }))
  issued(told, coupon('A', { merchant: '丙' }))
  issued(told, coupon('P', { merchant: 'P-1', points: { no: 'P-1', points: 1, fenPerPoint: 1 } }))
  const rows = merchantsIn(told.lot.coupons, '2026-11', t0)
  expect(rows.map(({ name }) => name)).toEqual(['丙', '乙'])
  expect(rows.map(({ issued: { count } }) => count)).toEqual([1, 1])
})

test('a day and a month count from their first millisecond to their last', () => {
  const told = new Told()
  for (const [i, text] of [
    '2026-10-31T23:59:59.999',
    '2026-11-01T00:00:00.000',
    '2026-11-20T00:00:00.000',
    '2026-11-20T23:59:59.999',
    '2026-11-21T00:00:00.000',
    '2026-12-01T00:00:00.000',
  ].entries())
    issued(told, coupon(`C${i}`), at(text))
  const [row] = merchantsIn(told.lot.coupons, '2026-11', t0)
  expect([row?.issuedToday, row?.issued]).toEqual([
    { count: 2, fen: 600 },
    { count: 4, fen: 1200 },
  ])
})

test('another merchant neither uses up a limit nor has one; a share of a price has no yuan', () => {
  const told = new Told().row({
    kind: 'coupon',
    atMs: t0,
    body: { row: 'merchant', merchant: { ...limits, dayCount: 2, dayFen: null } },
  })
  issued(told, coupon('C1'))
  for (const code of ['C2', 'C3']) issued(told, coupon(code, { merchant: '电影院' }))
  const may = (merchant: string, more: number) =>
    limitRefusal(told.lot.coupons, coupon('x', { merchant }), more, t0)
  expect([may('面馆', 1), may('电影院', 99)]).toEqual([null, null])
  expect(may('面馆', 2)).toEqual({
    field: '/count',
    value: '2',
    text: { zh: '今天已发 1 / 2 张', en: '1 of 2 were issued this day' },
  })
  const share = coupon('x', { kind: 'percent', value: 50 })
  expect(limitRefusal(told.lot.coupons, share, 1, t0 + dayMs)).toBeNull()
  told.row({
    kind: 'coupon',
    atMs: t0,
    body: { row: 'merchant', merchant: { ...limits, dayFen: 500 } },
  })
  expect(limitRefusal(told.lot.coupons, share, 1, t0)).toMatchObject({ field: '/kind' })
  expect(may('面馆', 1)).toEqual({
    field: '/value',
    value: '¥ 3.00',
    text: { zh: '今天已发 ¥ 3.00 / ¥ 5.00', en: '¥ 3.00 of ¥ 5.00 were issued this day' },
  })
})
