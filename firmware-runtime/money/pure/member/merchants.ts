// What merchants may issue and what they owe: coupons counted by day and month of +08:00 against their limits, and what
// cars that left in a month had taken off. A coupon that was made void counts for neither.
import type { Coupon, Merchant } from '#base/pure/rows/coupon-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { fenText, type Fen } from '#base/pure/values/fen.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { couponUse, type CouponList, type HeldCoupon } from './coupons.ts'
import { dayFromMs } from './list.ts'

interface Counted {
  readonly count: number
  readonly fen: Fen
}

export interface MerchantMonth {
  readonly name: string
  /** Null: no limits. */
  readonly limits: Merchant | null
  readonly issuedToday: Counted
  /** Coupons issued in the requested month; `fen` counts amounts known before use. */
  readonly issued: Counted
  /** Amounts taken off by its coupons for cars that left in the month: the debt of the merchant to the lot. */
  readonly spent: Counted
}

type Span = readonly [InstantMs, InstantMs]

const daySpan = (nowMs: InstantMs): Span => {
  const fromMs = dayFromMs(isoOf(nowMs).slice(0, 10))
  return [fromMs, fromMs + dayMs]
}

/** `month`: yyyy-mm. */
export function monthSpan(month: string): Span {
  const fromMs = dayFromMs(`${month}-01`)
  const next = isoOf(fromMs + 31 * dayMs).slice(0, 7)
  return [fromMs, dayFromMs(`${next}-01`)]
}

const isIn = ([fromMs, toMs]: Span, atMs: InstantMs | null): boolean =>
  atMs !== null && atMs >= fromMs && atMs < toMs

/** Known before it is used only of an amount. */
const issuedFen = ({ kind, value }: Coupon): Fen => (kind === 'amount' ? value : 0)

const summed = (all: readonly HeldCoupon[], fenOf: (one: HeldCoupon) => Fen): Counted => ({
  count: all.length,
  fen: all.reduce((sum, one) => sum + fenOf(one), 0),
})

const couponsOfMerchants = ({ byCode }: CouponList): readonly HeldCoupon[] =>
  [...byCode.values()].filter(({ coupon, isVoid }) => coupon.points === undefined && !isVoid)

const issuedIn = (own: readonly HeldCoupon[], span: Span): Counted =>
  summed(
    own.filter(({ issuedAtMs }) => isIn(span, issuedAtMs)),
    ({ coupon }) => issuedFen(coupon),
  )

/** Normalised name: other blanks or character widths must not create a merchant without limits. */
export const merchantNamed = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim()

/** Every merchant that has limits or coupons, by name. */
export function merchantsIn(
  list: CouponList,
  month: string,
  nowMs: InstantMs,
): readonly MerchantMonth[] {
  const all = couponsOfMerchants(list)
  const span = monthSpan(month)
  const names = new Set([...list.merchants.keys(), ...all.map(({ coupon }) => coupon.merchant)])
  return [...names].sort().map((name) => {
    const own = all.filter(({ coupon }) => coupon.merchant === name)
    return {
      name,
      limits: list.merchants.get(name) ?? null,
      issuedToday: issuedIn(own, daySpan(nowMs)),
      issued: issuedIn(own, span),
      spent: summed(
        own.filter(({ spentAtMs }) => isIn(span, spentAtMs)),
        (held) => couponUse(list, held)?.amountFen ?? 0,
      ),
    }
  })
}

interface LimitRefusal {
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

/** Why a merchant may not have so many more; null where it may. */
export function limitRefusal(
  list: CouponList,
  { merchant, kind, value }: Pick<Coupon, 'merchant' | 'kind' | 'value'>,
  more: number,
  nowMs: InstantMs,
): LimitRefusal | null {
  const limits = list.merchants.get(merchant)
  if (limits === undefined) return null
  const { dayCount, monthCount, dayFen, monthFen } = limits
  if (kind !== 'amount' && (dayFen !== null || monthFen !== null))
    return {
      field: '/kind',
      value: kind,
      text: t('限了金额,只能发减金额的券', 'with a limit in yuan only coupons of an amount'),
    }
  const own = couponsOfMerchants(list).filter(({ coupon }) => coupon.merchant === merchant)
  const fen = kind === 'amount' ? value * more : 0
  const spans = [
    { word: t('今天', 'day'), span: daySpan(nowMs), countMax: dayCount, fenMax: dayFen },
    {
      word: t('本月', 'month'),
      span: monthSpan(isoOf(nowMs).slice(0, 7)),
      countMax: monthCount,
      fenMax: monthFen,
    },
  ]
  for (const { word, span, countMax, fenMax } of spans) {
    const had = issuedIn(own, span)
    if (countMax !== null && had.count + more > countMax) {
      const [zh, en] = [`${had.count} / ${countMax} 张`, `${had.count} of ${countMax}`]
      const text = t(`${word.zh}已发 ${zh}`, `${en} were issued this ${word.en}`)
      return { field: '/count', value: String(more), text }
    }
    if (fenMax !== null && had.fen + fen > fenMax) {
      const [own, most] = [fenText(had.fen), fenText(fenMax)]
      const text = t(
        `${word.zh}已发 ${own} / ${most}`,
        `${own} of ${most} were issued this ${word.en}`,
      )
      return { field: '/value', value: fenText(fen), text }
    }
  }
  return null
}
