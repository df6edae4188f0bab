// The coupons of a lot, folded from rows: free, attached to a stay, or spent. A coupon is spent when its car leaves with the
// discount; it becomes free again when it took nothing off, or when the payment was refunded in full.
import type { Coupon, CouponRow, CouponUse, Merchant } from '#base/pure/rows/coupon-row.ts'
import { couponTagOf, readCoupon } from '#base/pure/values/coupon-code.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { dayFromMs } from './list.ts'
import { isAllBack, keptMs, type MoneyList } from './stay-money.ts'

export interface HeldCoupon {
  readonly coupon: Coupon
  readonly issuedAtMs: InstantMs
  /** The stay that has it; null: it is free. */
  readonly stayId: string | null
  /** When its car left with it; null: it is not spent. */
  readonly spentAtMs: InstantMs | null
  readonly isVoid: boolean
}

export interface CouponList {
  readonly byCode: Map<string, HeldCoupon>
  /** Codes in the order in which they were used. */
  readonly byStay: Map<string, readonly string[]>
  /** Amounts taken off in the last order of a stay. */
  readonly uses: Map<string, readonly CouponUse[]>
  /** Limits, by name. */
  readonly merchants: Map<string, Merchant>
}

export const emptyCoupons = (): CouponList => ({
  byCode: new Map(),
  byStay: new Map(),
  uses: new Map(),
  merchants: new Map(),
})

/** A car inside has it. */
export const isHeld = (held: HeldCoupon | undefined): boolean =>
  held !== undefined && held.stayId !== null && held.spentAtMs === null

export const couponsOf = (list: CouponList, stayId: string): readonly Coupon[] =>
  (list.byStay.get(stayId) ?? []).flatMap((code) => list.byCode.get(code)?.coupon ?? [])

export const couponUse = (
  { uses }: CouponList,
  { coupon: { code }, stayId }: HeldCoupon,
): CouponUse | undefined => uses.get(stayId ?? '')?.find((use) => use.code === code)

function change(list: CouponList, code: string, to: Partial<HeldCoupon>): void {
  const held = list.byCode.get(code)
  if (held !== undefined) list.byCode.set(code, { ...held, ...to })
}

/** Frees a coupon; one made of points becomes void, and the member gets the points back. */
function free(list: CouponList, stayId: string, code: string): void {
  const isVoid = list.byCode.get(code)?.coupon.points !== undefined
  change(list, code, { stayId: null, spentAtMs: null, isVoid })
  const rest = (list.byStay.get(stayId) ?? []).filter((one) => one !== code)
  if (rest.length > 0) list.byStay.set(stayId, rest)
  else {
    list.byStay.delete(stayId)
    list.uses.delete(stayId)
  }
}

/** Forgets long expired coupons, which precede the later batches. */
function forgetOld(list: CouponList, nowMs: InstantMs): void {
  for (const [code, { coupon, stayId }] of list.byCode) {
    if (dayFromMs(coupon.until) + keptMs > nowMs) return
    if (stayId !== null) free(list, stayId, code)
    list.byCode.delete(code)
  }
}

function foldCoupon(list: CouponList, row: CouponRow, stayId: string, atMs: InstantMs): void {
  switch (row.row) {
    case 'issued':
      forgetOld(list, atMs)
      list.byCode.set(row.coupon.code, {
        coupon: row.coupon,
        issuedAtMs: atMs,
        stayId: null,
        spentAtMs: null,
        isVoid: false,
      })
      return
    case 'used':
      change(list, row.code, { stayId })
      list.byStay.set(stayId, [...(list.byStay.get(stayId) ?? []), row.code])
      return
    case 'merchant':
      list.merchants.set(row.merchant.name, row.merchant)
      return
    case 'givenBack':
      free(list, list.byCode.get(row.code)?.stayId ?? '', row.code)
      return
    case 'voided':
      change(list, row.code, { isVoid: true })
  }
}

function left(list: CouponList, stayId: string, atMs: InstantMs): void {
  for (const code of list.byStay.get(stayId) ?? []) {
    const tookOff = list.uses.get(stayId)?.some((use) => use.code === code && use.amountFen > 0)
    if (tookOff === true) change(list, code, { spentAtMs: atMs })
    else free(list, stayId, code)
  }
}

/** `backOf`: the stay refunded by this row; after a full refund its coupons are free again. */
export function foldCoupons(
  list: CouponList,
  row: LedgerRow,
  money: MoneyList,
  backOf: string | null,
): void {
  const { stayId = '', atMs } = row
  if (row.kind === 'coupon') foldCoupon(list, row.body, stayId, atMs)
  if (backOf !== null && isAllBack(money, backOf))
    for (const code of list.byStay.get(backOf) ?? []) free(list, backOf, code)
  if (!list.byStay.has(stayId)) return
  if (row.kind === 'orderMade') list.uses.set(stayId, row.body.coupons ?? [])
  if (row.kind === 'stayClosed') left(list, stayId, atMs)
}

export const isCouponDay = ({ from, until }: Coupon, nowMs: InstantMs): boolean =>
  nowMs >= dayFromMs(from) && nowMs < dayFromMs(until) + dayMs

interface CouponRefusal {
  readonly code: `COUPON-0${1 | 2 | 3 | 4 | 5}`
  readonly why: BilingualText
}

/** The coupon of this text where a car may have it now. */
export function couponFor(
  list: CouponList,
  text: string,
  { lotId, nowMs }: { readonly lotId: string; readonly nowMs: InstantMs },
): Coupon | CouponRefusal {
  const read = readCoupon(text)
  if (read.kind === 'misread')
    return { code: 'COUPON-01', why: t('前缀、长度或校验位不对', 'prefix, length or check') }
  const held = list.byCode.get(read.code)
  if (held === undefined)
    return read.tag === couponTagOf(lotId)
      ? { code: 'COUPON-03', why: t('没有发过', 'never issued') }
      : { code: 'COUPON-02', why: t(`标记 ${read.tag}`, `tag ${read.tag}`) }
  const { coupon, stayId, spentAtMs, isVoid } = held
  if (isVoid) return { code: 'COUPON-03', why: t('已作废', 'void') }
  if (stayId !== null)
    return {
      code: 'COUPON-05',
      why:
        spentAtMs === null
          ? t(`停车 ${stayId} 在用`, `with stay ${stayId}`)
          : t(`停车 ${stayId} 已抵扣`, `spent by stay ${stayId}`),
    }
  if (isCouponDay(coupon, nowMs)) return coupon
  const { from, until } = coupon
  return { code: 'COUPON-04', why: t(`${from} 至 ${until}`, `${from} to ${until}`) }
}
