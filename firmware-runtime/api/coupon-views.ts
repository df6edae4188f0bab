// What the calls of coupons and arrears answer: each coupon with where it is now, and what drivers still owe.
// The shape of a coupon is that of its rows in the ledger.
import type { CouponsDiff } from '../core/member/coupon-csv.ts'
import type { CouponState } from '../core/values/tables/coupons.ts'
import type { MerchantMonth } from '../core/member/merchants.ts'
import type { Coupon } from '../core/values/rows/coupon-row.ts'

export interface CouponView {
  readonly coupon: Coupon
  /** `held`: a car inside has it; `spent`: one left with it. */
  readonly state: CouponState
  /** Of the car that has it or left with it. */
  readonly stayId: string | null
  /** Of a car inside. */
  readonly plate: string | null
}

export interface ArrearsView {
  readonly orderId: string
  readonly stayId: string
  readonly plate: string
  readonly amountFen: number
  readonly leftAtIso: string
  /** Its car is inside again and is asked for it. */
  readonly isDue: boolean
  /** The stay that had paid it: money of that one went back. */
  readonly backFrom: string | null
}

export interface CouponsView {
  /** The newest first, at most 500. */
  readonly rows: readonly CouponView[]
  readonly count: number
  readonly free: number
  readonly spent: number
  readonly todayIso: string
}

/** What a file would issue; nothing is written by looking. */
export interface CouponsDiffView extends CouponsDiff {
  readonly digest: string
}

export interface ArrearsListView {
  /** The oldest first. */
  readonly rows: readonly ArrearsView[]
  readonly sumFen: number
}

export interface MerchantsView {
  /** yyyy-mm. */
  readonly month: string
  readonly rows: readonly MerchantMonth[]
  readonly owedFen: number
}
