// Coupons without a lot: a misread code is distinguished from one of another lot, and deductions lie between nothing and
// the whole price, in whatever order the coupons were used.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { couponPrice } from '#money/pure/member/coupon-price.ts'
import { couponFor, emptyCoupons, foldCoupons } from '#money/pure/member/coupons.ts'
import { monthSpan } from '#money/pure/member/merchants.ts'
import { emptyMoney } from '#money/pure/member/stay-money.ts'
import { couponCodeOf, couponTagOf, readCoupon } from '#base/pure/values/coupon-code.ts'
import { couponKinds, type Coupon } from '#base/pure/rows/coupon-row.ts'
import { instantOfIso, minuteMs } from '#base/pure/values/instant.ts'
import { Rows } from '../../../lane/pure/lot/row-kit.ts'

const random = fc.uint8Array({ minLength: 5, maxLength: 5 })

test('a code is read as it was made, also typed small and with dashes', () => {
  fc.assert(
    fc.property(random, fc.string(), (bytes, lotId) => {
      const code = couponCodeOf(lotId, bytes)
      const typed = `${code.slice(0, 6)}-${code.slice(6).toLowerCase()} `
      expect(readCoupon(typed)).toEqual({ kind: 'coupon', code, tag: couponTagOf(lotId) })
    }),
  )
})

test('one wrong character is a misread code, but for one in a thousand', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  let [wrong, passed] = [0, 0]
  for (let n = 0; n < 40; n++) {
    const code = couponCodeOf('lot', Uint8Array.of(n, 7, 99, n * 3, 250 - n))
    for (let at = 2; at < code.length; at++)
      for (const other of alphabet) {
        if (other === code[at]) continue
        wrong++
        if (readCoupon(`${code.slice(0, at)}${other}${code.slice(at + 1)}`).kind === 'coupon')
          passed++
      }
  }
  expect(wrong).toBeGreaterThan(10_000)
  expect(passed / wrong).toBeLessThan(0.002)
})

const coupon = (kind: Coupon['kind'], value: number, no = 0): Coupon => ({
  code: `YH${no}`,
  merchant: '面馆',
  kind,
  value,
  from: '2026-11-01',
  until: '2026-11-30',
  batch: 'b',
})
const stay = { fromMs: 0, toMs: 100 * minuteMs }
/** The price up to `toMs`: one fen a minute. */
const until = (toMs: number): number => Math.floor(toMs / minuteMs)
const priced = (coupons: readonly Coupon[]) =>
  couponPrice({ amountFen: 100, lines: [] }, coupons, stay, until)

test.each([
  [coupon('amount', 30), 70],
  [coupon('amount', 300), 0],
  [coupon('time', 60), 40],
  [coupon('time', 600), 0],
  [coupon('percent', 33), 67],
  [coupon('whole', 0), 0],
])('$0.kind $0.value leaves %i', (one, left) => {
  const { amountFen, lines, coupons } = priced([one])
  expect([amountFen, coupons]).toEqual([left, [{ code: 'YH0', amountFen: 100 - left }]])
  expect(lines).toMatchObject([{ rule: 'coupon', amountFen: left - 100 }])
})

const many = fc.uniqueArray(
  fc.record({ kind: fc.constantFrom(...couponKinds), value: fc.integer({ min: 1, max: 100 }) }),
  { maxLength: 5 },
)

test('coupons never cost, never pay out, and count alike in every order', () => {
  fc.assert(
    fc.property(many, fc.nat(), (kinds, turn) => {
      const all = kinds.map(({ kind, value }, i) => coupon(kind, value, i))
      const { amountFen, lines, coupons } = priced(all)
      expect(amountFen).toBeGreaterThanOrEqual(0)
      expect(amountFen).toBe(100 + lines.reduce((sum, line) => sum + line.amountFen, 0))
      expect(coupons.reduce((sum, one) => sum + one.amountFen, 0)).toBe(100 - amountFen)
      const turned = [...all.slice(turn % 5), ...all.slice(0, turn % 5)]
      expect(priced(turned).amountFen).toBe(amountFen)
      expect(priced(all.slice(1)).amountFen).toBeGreaterThanOrEqual(amountFen)
    }),
  )
})

const nowMs = instantOfIso('2026-11-20T12:00:00+08:00')

test('why a coupon is refused is told apart', () => {
  const list = emptyCoupons()
  const rows = new Rows()
  const code = (n: number, lotId = 'lot'): string =>
    couponCodeOf(lotId, Uint8Array.of(0, 0, 0, 0, n))
  const [free, old, used, gone] = [1, 2, 3, 4].map((n) => code(n))
  for (const [one, untilDay] of [
    [free, '2026-11-30'],
    [old, '2026-11-19'],
    [used, '2026-11-30'],
    [gone, '2026-11-30'],
  ] as const)
    rows.add(
      'coupon',
      {},
      { row: 'issued', coupon: { ...coupon('whole', 0), code: one ?? '', until: untilDay } },
    )
  rows.add('coupon', { stayId: 'n-S1' }, { row: 'used', code: used ?? '' })
  rows.add('coupon', {}, { row: 'voided', code: gone ?? '' })
  for (const row of rows.all) foldCoupons(list, row, emptyMoney(), null)
  const answer = (text: string): string => {
    const found = couponFor(list, text, { lotId: 'lot', nowMs })
    return 'merchant' in found ? 'free' : found.code
  }
  expect(answer(free ?? '')).toBe('free')
  expect(answer('130123456789012345')).toBe('COUPON-01')
  expect(answer(code(1, 'another lot'))).toBe('COUPON-02')
  expect(answer(code(9))).toBe('COUPON-03')
  expect(answer(gone ?? '')).toBe('COUPON-03')
  expect(answer(old ?? '')).toBe('COUPON-04')
  expect(answer(used ?? '')).toBe('COUPON-05')
})

test('a month ends where the next one begins, whatever its days', () => {
  const months = Array.from({ length: 24 }, (_, n) =>
    monthSpan(`${2027 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`),
  )
  for (const [n, [, toMs]] of months.slice(0, -1).entries()) expect(toMs).toBe(months[n + 1]?.[0])
})
