// Discounts of a stay: time first, then percent, then fen, then whole price, then points; never below zero.
// Each coupon is one line of the calculation; the order in which they were used does not matter.
import type { Price } from '../billing/price.ts'
import type { Coupon, CouponKind, CouponUse } from '#base/pure/rows/coupon-row.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenText, type Fen } from '#base/pure/values/fen.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { OrderLine } from '#base/pure/rows/ledger-row.ts'

const kindTurn: Record<CouponKind, number> = { time: 0, percent: 1, amount: 2, whole: 3 }
/** Points come last, so that none are spent on what a coupon covers. */
const turn = ({ kind, points }: Coupon): number => (points === undefined ? kindTurn[kind] : 4)

const offText = ({ kind, value }: Coupon): BilingualText => {
  if (kind === 'time') return { zh: `减 ${value} 分钟`, en: `${value} min off` }
  if (kind === 'percent') return { zh: `减 ${value}%`, en: `${value}% off` }
  if (kind === 'amount') return { zh: `减 ${fenText(value)}`, en: `${fenText(value)} off` }
  return { zh: '全免', en: 'all of it' }
}

const pointsLine = (points: number, fen: Fen, toMs: InstantMs): OrderLine => ({
  fromMs: toMs,
  toMs,
  rule: 'points',
  amountFen: -fen,
  text: { zh: `积分抵扣 ${points} 分`, en: `${points} points taken off` },
})

function lineOf(coupon: Coupon, fen: Fen, toMs: InstantMs): OrderLine {
  if (coupon.points !== undefined)
    return pointsLine(Math.ceil(fen / coupon.points.fenPerPoint), fen, toMs)
  const off = offText(coupon)
  const { merchant, code } = coupon
  const text = {
    zh: `优惠券 ${merchant} ${off.zh} ${code.slice(-4)}`,
    en: `Coupon of ${merchant}: ${off.en} ${code.slice(-4)}`,
  }
  return { fromMs: toMs, toMs, rule: 'coupon', amountFen: -fen, text }
}

const wording = /^Coupon of (.*): (?:(\d+) min off|(\d+)% off|¥ (\d+)\.(\d\d) off|all of it) \S*$/s

/** Parses the text of `lineOf`, so that the same line can be made again. Null: not such a text. */
export function couponIn(text: string, code: string): Coupon | null {
  const found = wording.exec(text)
  if (found === null) return null
  const [, merchant = '', min, percent, yuan, cents = ''] = found
  const days = { from: '', until: '', batch: '' }
  const of = (kind: CouponKind, value: number): Coupon => ({ code, merchant, kind, value, ...days })
  if (min !== undefined) return of('time', Number(min))
  if (percent !== undefined) return of('percent', Number(percent))
  return yuan === undefined ? of('whole', 0) : of('amount', Number(yuan) * 100 + Number(cents))
}

interface CouponedPrice extends Price {
  readonly coupons: readonly CouponUse[]
}

/** `until`: price of the stay up to an earlier time. */
export function couponPrice(
  whole: Price,
  coupons: readonly Coupon[],
  stay: { readonly fromMs: InstantMs; readonly toMs: InstantMs },
  until: (toMs: InstantMs) => Fen,
): CouponedPrice {
  const { fromMs, toMs } = stay
  const lines: OrderLine[] = []
  const uses: CouponUse[] = []
  let leftFen = whole.amountFen
  let endMs = toMs
  // Within a kind the largest value first; fractions of a fen are cut off after each.
  const inTurn = coupons.toSorted((a, b) => turn(a) - turn(b) || b.value - a.value)
  for (const coupon of inTurn) {
    const { kind, value, code } = coupon
    let off = value
    if (kind === 'time') {
      endMs = Math.max(fromMs, endMs - value * minuteMs)
      off = leftFen - until(endMs)
    } else if (kind === 'percent') off = Math.floor((leftFen * value) / 100)
    else if (kind === 'whole') off = leftFen
    const fen = Math.min(leftFen, Math.max(0, off))
    leftFen -= fen
    if (fen > 0) lines.push(lineOf(coupon, fen, toMs))
    uses.push({ code, amountFen: fen })
  }
  return { amountFen: leftFen, lines: [...whole.lines, ...lines], coupons: uses }
}
