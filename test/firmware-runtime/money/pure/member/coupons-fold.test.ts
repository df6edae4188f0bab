// The fold of coupon rows: which stay has each coupon, when it is spent, when it is free again, when it is forgotten.
// Rows go through the fold of the whole lot, so that refunds count as in a running lot.
import { describe, expect, test } from 'vitest'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import { couponFor, couponsOf, couponUse, isCouponDay } from '#money/pure/member/coupons.ts'
import { merchantsIn } from '#money/pure/member/merchants.ts'
import { couponCodeOf } from '#base/pure/values/coupon-code.ts'
import type { Coupon, CouponUse } from '#base/pure/rows/coupon-row.ts'
import { dayMs, instantOfIso } from '#base/pure/values/instant.ts'
import { Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const points = { no: 'P-1', points: 3, fenPerPoint: 100 }
const couponOf = (code: string, more: Partial<Coupon> = {}): Coupon => ({
  code,
  merchant: '面馆',
  kind: 'amount',
  value: 300,
  from: '2026-11-01',
  until: '2026-11-30',
  batch: 'b',
  ...more,
})

/** Coupons A and B, and P that stands for points, all used for the first stay, whose car is inside. */
const issued = (): Rows => {
  const rows = new Rows()
  for (const one of [couponOf('A'), couponOf('B'), couponOf('P', { points })])
    rows.add('coupon', {}, { row: 'issued', coupon: one })
  return rows.stay(1)
}
function used(rows: Rows, ...codes: string[]): Rows {
  for (const code of codes) rows.add('coupon', { stayId: 'n-S1' }, { row: 'used', code })
  return rows
}
function ordered(rows: Rows, coupons?: readonly CouponUse[]): Rows {
  const body = { tariffId: 't', fromMs: t0, toMs: t0, lines: [], plate: 'x', plateRaw: 'x' }
  const refs = { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', amountFen: 500 }
  return rows.add('orderMade', refs, coupons === undefined ? body : { ...body, coupons })
}
const took = (code: string, amountFen: number): CouponUse => ({ code, amountFen })
function refunded(rows: Rows, fen: number): Rows {
  rows.refund(1, fen)
  const refundId = `n-R${rows.all.length - 1 + 700}`
  return rows.add('refundState', { stayId: 'n-S1' }, { refundId, state: 'success' })
}
function after(rows: Rows) {
  const lot = emptyLot()
  for (const row of rows.all) foldRow(lot, row)
  const { coupons } = lot
  const held = (code: string): string => {
    const one = coupons.byCode.get(code)
    if (one === undefined) return 'forgotten'
    if (one.isVoid) return 'void'
    if (one.stayId === null) return 'free'
    return one.spentAtMs === null ? `with ${one.stayId}` : `spent by ${one.stayId}`
  }
  return { coupons, held }
}
const paid = (rows: Rows): Rows => rows.pay(1, 'cash', 500).pass(1, 'other').closed(1, 'other')

describe('whose a coupon is', () => {
  test('it is free, then of the stay that used it, in the order of their use', () => {
    const { coupons, held } = after(used(issued(), 'B', 'A'))
    expect([held('A'), held('P')]).toEqual(['with n-S1', 'free'])
    expect(couponsOf(coupons, 'n-S1').map(({ code }) => code)).toEqual(['B', 'A'])
    expect(couponsOf(coupons, 'n-S2')).toEqual([])
    expect(coupons.byCode.get('A')?.issuedAtMs).toBe(t0)
  })

  test('given back it is free, and the others stay; with the last one its order has none', () => {
    const rows = ordered(used(issued(), 'A', 'B'), [took('A', 300), took('B', 200)])
    rows.add('coupon', {}, { row: 'givenBack', code: 'A' })
    const one = after(rows)
    expect([one.held('A'), one.held('B')]).toEqual(['free', 'with n-S1'])
    expect(couponsOf(one.coupons, 'n-S1').map(({ code }) => code)).toEqual(['B'])
    expect(one.coupons.uses.size).toBe(1)
    const none = after(rows.add('coupon', {}, { row: 'givenBack', code: 'B' })).coupons
    expect([none.byStay.size, none.uses.size]).toEqual([0, 0])
  })

  test('one that stands for points is over when it is given back: the points are the member’s', () => {
    const rows = used(issued(), 'P').add('coupon', {}, { row: 'givenBack', code: 'P' })
    expect(after(rows).held('P')).toBe('void')
  })

  test('voided it is nobody’s', () => {
    expect(after(issued().add('coupon', {}, { row: 'voided', code: 'A' })).held('A')).toBe('void')
  })

  test('a row about a code that was never issued changes nothing', () => {
    const rows = issued().add('coupon', {}, { row: 'voided', code: 'Z' })
    expect([...after(rows).coupons.byCode.keys()]).toEqual(['A', 'B', 'P'])
  })
})

describe('when it is spent', () => {
  test('when its car leaves with what it took off; one that took off nothing is free', () => {
    const rows = ordered(used(issued(), 'A', 'B'), [took('A', 300), took('B', 0)])
    const inside = after(rows)
    expect(inside.held('A')).toBe('with n-S1')
    const held = inside.coupons.byCode.get('A')
    expect(held && couponUse(inside.coupons, held)).toEqual(took('A', 300))
    const other = inside.coupons.byCode.get('B')
    expect(other && couponUse(inside.coupons, other)).toEqual(took('B', 0))
    const unused = inside.coupons.byCode.get('P')
    expect(unused && couponUse(inside.coupons, unused)).toBeUndefined()
    const { held: now, coupons } = after(paid(rows))
    expect([now('A'), now('B')]).toEqual(['spent by n-S1', 'free'])
    expect(couponsOf(coupons, 'n-S1').map(({ code }) => code)).toEqual(['A'])
    expect(coupons.byCode.get('A')?.spentAtMs).toBe(t0)
  })

  test('by the last order: one without coupons leaves them free', () => {
    const rows = ordered(ordered(used(issued(), 'A'), [took('A', 300)]))
    const { held, coupons } = after(paid(rows))
    expect([held('A'), coupons.byStay.size, coupons.uses.size]).toEqual(['free', 0, 0])
  })

  test('an order of a stay without coupons is not kept', () => {
    expect(after(ordered(issued(), [took('A', 300)])).coupons.uses.size).toBe(0)
  })
})

describe('money that goes back', () => {
  const spent = (): Rows =>
    paid(ordered(used(issued(), 'A', 'P'), [took('A', 300), took('P', 100)]))

  test('all of it: the driver’s coupons are free again, those of points are over', () => {
    const { held, coupons } = after(refunded(spent(), 500))
    expect([held('A'), held('P')]).toEqual(['free', 'void'])
    expect([coupons.byStay.size, coupons.uses.size]).toEqual([0, 0])
    expect(coupons.byCode.get('A')?.spentAtMs).toBeNull()
  })

  test('a part of it: they stay spent, until the rest is back as well', () => {
    const rows = refunded(spent(), 200)
    expect(after(rows).held('A')).toBe('spent by n-S1')
    expect(after(refunded(rows, 300)).held('A')).toBe('free')
  })

  test('what was only asked for leaves them spent', () => {
    expect(after(spent().refund(1, 500)).held('A')).toBe('spent by n-S1')
  })

  test('of another stay: not theirs', () => {
    const rows = used(issued(), 'A')
      .stay(2)
      .add('coupon', { stayId: 'n-S2' }, { row: 'used', code: 'B' })
    rows.order(2).pay(2, 'cash', 500).refund(2, 500)
    const refundId = `n-R${rows.all.length - 1 + 700}`
    rows.add('refundState', { stayId: 'n-S2' }, { refundId, state: 'success' })
    const { held } = after(rows)
    expect([held('A'), held('B')]).toEqual(['with n-S1', 'free'])
  })
})

describe('what is forgotten', () => {
  const lastMs = instantOfIso('2026-11-30T00:00:00+08:00') + 400 * dayMs
  const next = (rows: Rows, atMs: number): Rows => {
    rows.atMs = atMs
    return rows.add('coupon', {}, { row: 'issued', coupon: couponOf('N', { until: '2029-01-01' }) })
  }

  test('four hundred days after its last day, when the next one is issued', () => {
    expect(after(next(issued(), lastMs - 1)).held('A')).toBe('free')
    const { held } = after(next(issued(), lastMs))
    expect([held('A'), held('P'), held('N')]).toEqual(['forgotten', 'forgotten', 'free'])
  })

  test('with a stay that had it; behind one that is younger nothing is looked at', () => {
    const { coupons } = after(next(used(issued(), 'A'), lastMs))
    expect([coupons.byStay.size, coupons.byCode.size]).toEqual([0, 1])
    const rows = new Rows()
    rows.add('coupon', {}, { row: 'issued', coupon: couponOf('Y', { until: '2027-11-30' }) })
    rows.add('coupon', {}, { row: 'issued', coupon: couponOf('O') })
    expect(after(next(rows, lastMs)).held('O')).toBe('free')
  })
})

test('limits of a merchant are those said last, by its name', () => {
  const none = { dayCount: null, monthCount: null, dayFen: null, monthFen: null }
  const rows = new Rows()
  for (const [name, dayCount] of [
    ['面馆', 1],
    ['书店', 2],
    ['面馆', 3],
  ] as const)
    rows.add('coupon', {}, { row: 'merchant', merchant: { ...none, name, dayCount } })
  const { merchants } = after(rows).coupons
  expect([...merchants].map(([name, { dayCount }]) => [name, dayCount])).toEqual([
    ['面馆', 3],
    ['书店', 2],
  ])
})

test('what a merchant issued is known in yuan only of amounts', () => {
  const rows = new Rows()
  rows.atMs = instantOfIso('2026-11-20T12:00:00+08:00')
  const share = couponOf('S', { kind: 'percent', value: 50 })
  for (const one of [couponOf('A'), share]) rows.add('coupon', {}, { row: 'issued', coupon: one })
  const [month] = merchantsIn(after(rows).coupons, '2026-11', rows.atMs)
  expect(month).toMatchObject({ issuedToday: { count: 2, fen: 300 }, spent: { count: 0, fen: 0 } })
})

test('it may be used from its first day’s beginning to its last day’s end', () => {
  const at = (text: string) => isCouponDay(couponOf('A'), instantOfIso(`${text}+08:00`))
  expect(at('2026-10-31T23:59:59')).toBe(false)
  expect(at('2026-11-01T00:00:00')).toBe(true)
  expect(at('2026-11-30T23:59:59')).toBe(true)
  expect(at('2026-12-01T00:00:00')).toBe(false)
})

test('a refusal says why in words', () => {
  const codeOf = (n: number, lotId = 'lot'): string =>
    couponCodeOf(lotId, Uint8Array.of(0, 0, 0, 0, n))
  const nowMs = instantOfIso('2026-12-05T12:00:00+08:00')
  const rows = new Rows()
  for (const n of [1, 2, 3, 4])
    rows.add('coupon', {}, { row: 'issued', coupon: couponOf(codeOf(n)) })
  used(rows.stay(1), codeOf(2), codeOf(3))
  rows.add('coupon', {}, { row: 'voided', code: codeOf(4) })
  const note = (text: string, from = rows): unknown => {
    const found = couponFor(after(from).coupons, text, { lotId: 'lot', nowMs })
    return 'why' in found ? found.why.en : found.code
  }
  expect(note('x')).toBe('prefix, length or check')
  expect(note(codeOf(9))).toBe('never issued')
  expect(note(codeOf(9, 'another lot'))).toMatch(/^tag \S+$/)
  expect(note(codeOf(4))).toBe('void')
  expect(note(codeOf(1))).toBe('2026-11-01 to 2026-11-30')
  expect(note(codeOf(2))).toBe('with stay n-S1')
  const left = paid(ordered(rows, [took(codeOf(2), 300)]))
  expect(note(codeOf(2), left)).toBe('spent by stay n-S1')
})
