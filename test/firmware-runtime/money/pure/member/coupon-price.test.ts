// What coupons take off a price, line by line: the text of each kind, the order in which they apply, and reading a coupon
// back from its line. Amounts alone are property-tested in coupons.test.ts.
import { describe, expect, test } from 'vitest'
import { couponIn, couponPrice } from '#money/pure/member/coupon-price.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'
import { minuteMs } from '#base/pure/values/instant.ts'

const days = { from: '2026-11-01', until: '2026-11-30', batch: 'b' }
const coupon = (kind: Coupon['kind'], value: number, no = 1): Coupon => ({
  code: `YH00${no}77`,
  merchant: '面馆',
  kind,
  value,
  ...days,
})
const pointsOf = (fen: number, fenPerPoint = 10): Coupon => ({
  ...coupon('amount', fen, 9),
  points: { no: 'P-1', points: Math.ceil(fen / fenPerPoint), fenPerPoint },
})

const fromMs = 50 * minuteMs
const stay = { fromMs, toMs: 150 * minuteMs }
/** The price up to `toMs`: one fen a minute from the entry on. */
const until = (toMs: number): number => (toMs - fromMs) / minuteMs
const whole = { amountFen: 100, lines: [] }
const priced = (...coupons: Coupon[]) => couponPrice(whole, coupons, stay, until)

describe('a line says what was taken off', () => {
  test.each([
    [coupon('time', 30), -30, '优惠券 面馆 减 30 分钟 0177', 'Coupon of 面馆: 30 min off 0177'],
    [coupon('percent', 25), -25, '优惠券 面馆 减 25% 0177', 'Coupon of 面馆: 25% off 0177'],
    [coupon('amount', 40), -40, '优惠券 面馆 减 ¥ 0.40 0177', 'Coupon of 面馆: ¥ 0.40 off 0177'],
    [coupon('whole', 0), -100, '优惠券 面馆 全免 0177', 'Coupon of 面馆: all of it 0177'],
  ])('$0.kind', (one, amountFen, zh, en) => {
    const { toMs } = stay
    expect(priced(one).lines).toEqual([
      { fromMs: toMs, toMs, rule: 'coupon', amountFen, text: { zh, en } },
    ])
  })

  test('points by their number, a part of one as a whole one', () => {
    const { toMs } = stay
    const text = { zh: '积分抵扣 4 分', en: '4 points taken off' }
    expect(priced(pointsOf(31)).lines).toEqual([
      { fromMs: toMs, toMs, rule: 'points', amountFen: -31, text },
    ])
  })

  test('after the lines of the stay', () => {
    const { toMs } = stay
    const text = { zh: '', en: 'hour' }
    const first = { fromMs, toMs, rule: 'first', amountFen: 100, text } as const
    const { lines } = couponPrice({ ...whole, lines: [first] }, [coupon('amount', 5)], stay, until)
    expect(lines.map(({ rule, amountFen }) => [rule, amountFen])).toEqual([
      ['first', 100],
      ['coupon', -5],
    ])
  })

  test('one for which nothing is left has no line, and is used all the same', () => {
    const { lines, coupons } = priced(coupon('amount', 10, 2), coupon('whole', 0, 1))
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([-10, -90])
    const after = priced(coupon('whole', 0, 1), pointsOf(10))
    expect(after.lines).toHaveLength(1)
    expect(after.coupons).toEqual([
      { code: 'YH00177', amountFen: 100 },
      { code: 'YH00977', amountFen: 0 },
    ])
    expect(coupons.map(({ amountFen }) => amountFen)).toEqual([10, 90])
  })
})

describe('whose turn it is', () => {
  test('time, percent, amount, points, whatever the order in which they were used', () => {
    const all = [
      pointsOf(10),
      coupon('amount', 20, 3),
      coupon('percent', 50, 2),
      coupon('time', 20),
    ]
    // 100 less 20 minutes is 80, less half is 40, less 20 is 20, less points for 10.
    const { lines, amountFen } = priced(...all)
    expect(lines.map((line) => line.amountFen)).toEqual([-20, -40, -20, -10])
    expect(amountFen).toBe(10)
  })

  test('the whole of it before points: they are not spent', () => {
    const { coupons } = priced(pointsOf(10), coupon('whole', 0))
    expect(coupons.map(({ code, amountFen }) => [code, amountFen])).toEqual([
      ['YH00177', 100],
      ['YH00977', 0],
    ])
  })

  test('of one kind the larger first: shares of a fen are cut off after each', () => {
    const { lines } = couponPrice(
      { amountFen: 101, lines: [] },
      [coupon('percent', 33, 1), coupon('percent', 50, 2)],
      stay,
      until,
    )
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([-50, -16])
  })

  test('times add up, from the end of the stay to its beginning and no further', () => {
    const { coupons, amountFen } = priced(coupon('time', 70, 1), coupon('time', 60, 2))
    expect(coupons.map((one) => one.amountFen)).toEqual([70, 30])
    expect(amountFen).toBe(0)
  })

  test('a shorter stay that costs more takes nothing off', () => {
    const dearer = couponPrice(whole, [coupon('time', 10)], stay, () => 130)
    expect(dearer).toEqual({
      amountFen: 100,
      lines: [],
      coupons: [{ code: 'YH00177', amountFen: 0 }],
    })
  })
})

describe('a line read back is the coupon that made it', () => {
  const none = { from: '', until: '', batch: '' }
  test.each([
    coupon('time', 30),
    coupon('percent', 25),
    coupon('amount', 1205),
    coupon('whole', 0),
  ])('$kind', (one) => {
    const price = { amountFen: 2000, lines: [] }
    const [line] = couponPrice(price, [one], stay, () => 1000).lines
    expect(couponIn(line?.text.en ?? '', one.code)).toEqual({ ...one, ...none })
  })

  test('one without a merchant is one without a name', () => {
    expect(couponIn('Coupon of : all of it 0177', 'c')).toMatchObject({ merchant: '', value: 0 })
  })

  test('a merchant may have a colon or a line in its name', () => {
    const text = 'Coupon of A: 5% off\nB: 30 min off 0177'
    expect(couponIn(text, 'c')).toMatchObject({ merchant: 'A: 5% off\nB', kind: 'time', value: 30 })
  })

  test.each([
    '',
    'First 60 min',
    'x Coupon of A: 30 min off 0177',
    'Coupon of A: 30 min off 0177 more',
    'Coupon of A: ¥ 1.5 off 0177',
    'Coupon of A: 30 min off',
    '4 points taken off',
  ])('nothing else is one: %j', (text) => {
    expect(couponIn(text, 'c')).toBeNull()
  })
})
