// Batches of coupons from a table: what a line issues, which existing coupons a line lacks, and every line that is refused,
// by heading and value. Limits of merchants apply to the whole file.
import { describe, expect, test } from 'vitest'
import { couponsCsv, readCouponsCsv } from '#money/pure/member/coupon-csv.ts'
import { emptyCoupons, foldCoupons } from '#money/pure/member/coupons.ts'
import { emptyMoney } from '#money/pure/member/stay-money.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'
import { Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const head = '批次,商户,优惠,数值,张数,起始日,截止日'
const days = { from: '2026-11-01', until: '2026-12-31' }
const line = (batch: string, rest = '面馆,减金额,5.50,3,2026/11/1,2026-12-31'): string =>
  `${batch},${rest}`
const listOf = (rows = new Rows()) => {
  const list = emptyCoupons()
  for (const row of rows.all) foldCoupons(list, row, emptyMoney(), null)
  return list
}
const issued = (count: number, over: Partial<Coupon> = {}, rows = new Rows()): Rows => {
  const plain = { merchant: '面馆', kind: 'amount', value: 550, ...days, batch: 'A' } as const
  for (let n = 0; n < count; n++)
    rows.add('coupon', {}, { row: 'issued', coupon: { ...plain, code: `YH${n}`, ...over } })
  return rows
}
const read = (lines: readonly string[], rows = new Rows()) =>
  readCouponsCsv([head, ...lines].join('\r\n'), listOf(rows), t0)
const badOf = (lines: readonly string[], rows = new Rows()) =>
  read(lines, rows).bad.map(({ line: at, field, value }) => [at, field, value])

describe('a line', () => {
  test.each([
    ['减金额,5.50', { kind: 'amount', value: 550 }],
    ['减金额,5.5', { kind: 'amount', value: 550 }],
    ['amount,5', { kind: 'amount', value: 500 }],
    ['减时长,120', { kind: 'time', value: 120 }],
    ['按比例减,50', { kind: 'percent', value: 50 }],
    ['全免,', { kind: 'whole', value: 0 }],
    ['全免,0', { kind: 'whole', value: 0 }],
  ])('%s issues its batch', (kind, made) => {
    const found = read([line('A', ` 面  馆 ,${kind},2,2026-11-01,2026.12.31`)])
    expect(found).toMatchObject({
      added: [{ batch: 'A', merchant: '面 馆', ...made, count: 2, ...days }],
      same: 0,
      bad: [],
    })
  })

  test.each([
    ['批次', '有 空格', line('有 空格')],
    ['批次', '', line('')],
    ['商户', '', line('A', ',减金额,5,3,2026-11-01,2026-12-31')],
    ['优惠', '打折', line('A', '面馆,打折,5,3,2026-11-01,2026-12-31')],
    ['数值', '0', line('A', '面馆,减金额,0,3,2026-11-01,2026-12-31')],
    ['数值', '5.555', line('A', '面馆,减金额,5.555,3,2026-11-01,2026-12-31')],
    ['数值', '1.5', line('A', '面馆,减时长,1.5,3,2026-11-01,2026-12-31')],
    ['数值', '101', line('A', '面馆,按比例减,101,3,2026-11-01,2026-12-31')],
    ['数值', '5', line('A', '面馆,全免,5,3,2026-11-01,2026-12-31')],
    ['张数', '0', line('A', '面馆,减金额,5,0,2026-11-01,2026-12-31')],
    ['张数', '2001', line('A', '面馆,减金额,5,2001,2026-11-01,2026-12-31')],
    ['起始日', '昨天', line('A', '面馆,减金额,5,3,昨天,2026-12-31')],
    ['截止日', '2026-02-30', line('A', '面馆,减金额,5,3,2026-01-01,2026-02-30')],
    ['截止日', '2026-10-31', line('A', '面馆,减金额,5,3,2026-11-01,2026-10-31')],
  ])('%s %s is refused, and nothing of its file is issued', (field, value, wrong) => {
    const found = read([line('Z'), wrong])
    expect(found.added).toEqual([])
    expect(found.bad.map((one) => [one.line, one.field])).toEqual([[3, field]])
    expect(found.bad[0]?.value).toBe(value === '2001' ? '' : value)
  })

  test('a column that is missing, a batch twice, too many lines', () => {
    expect(readCouponsCsv('批次,商户', listOf(), t0).bad).toMatchObject(
      ['优惠', '数值', '张数', '起始日', '截止日'].map((field) => ({ line: 1, field })),
    )
    expect(badOf([line('A'), line('A')])).toEqual([[3, '批次', 'A']])
    expect(badOf(Array.from({ length: 501 }, (_, n) => line(`B${n}`)))).toEqual([[1, '', '501']])
  })
})

describe('a batch that is there', () => {
  test('gets what it lacks, and in full nothing', () => {
    expect(read([line('A')], issued(1)).added).toMatchObject([{ batch: 'A', count: 2 }])
    expect(read([line('A')], issued(3))).toMatchObject({ added: [], same: 1, bad: [] })
  })

  test('those that were made void are lacking', () => {
    const rows = issued(3).add('coupon', {}, { row: 'voided', code: 'YH1' })
    expect(read([line('A')], rows).added).toMatchObject([{ count: 1 }])
  })

  test('with more than the file says, or other terms, it is refused', () => {
    expect(badOf([line('A')], issued(4))).toEqual([[2, '张数', '3']])
    for (const over of [
      { merchant: '书店' },
      { value: 500 },
      { kind: 'time' as const },
      { from: '2026-11-02' },
      { until: '2026-12-30' },
    ])
      expect(badOf([line('A')], issued(1, over))).toEqual([[2, '批次', 'A']])
  })
})

test('a limit of a merchant holds over the lines together, and over those of before', () => {
  const limits = { name: '面馆', dayCount: 6, monthCount: null, dayFen: null, monthFen: null }
  const rows = issued(1, { batch: 'old' }).add('coupon', {}, { row: 'merchant', merchant: limits })
  expect(read([line('A')], rows).bad).toEqual([])
  expect(badOf([line('A'), line('B')], rows)).toEqual([[3, '商户', '面馆']])
})

test('one file issues two thousand at most', () => {
  const many = (batch: string, n: number): string =>
    line(batch, `面馆,减金额,5,${n},2026-11-01,2026-12-31`)
  expect(read([many('A', 1_000), many('B', 1_000)]).bad).toEqual([])
  expect(badOf([many('A', 1_000), many('B', 1_001)])).toEqual([[3, '张数', '']])
})

test('every coupon is written with its code, and a formula is none', () => {
  const coupon: Coupon = {
    code: 'YH1',
    merchant: '=1',
    kind: 'amount',
    value: 550,
    batch: 'A',
    ...days,
  }
  const [, ...lines] = couponsCsv([
    { coupon, state: 'free' },
    { coupon: { ...coupon, kind: 'percent', value: 50 }, state: 'spent' },
  ]).split('\r\n')
  expect(lines).toEqual([
    "YH1,A,'=1,减金额,5.50,2026-11-01,2026-12-31,可用",
    "YH1,A,'=1,按比例减,50,2026-11-01,2026-12-31,已抵扣离场",
    '',
  ])
})
