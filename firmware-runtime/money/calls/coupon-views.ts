// Answers of the calls about coupons and arrears: each coupon with its state, and what drivers still owe. A coupon has
// the shape of its ledger rows.
import type { CardBar } from '../pure/lot/card-bar.ts'
import type { CouponState } from '#base/pure/tables/coupons.ts'
import type { MerchantMonth } from '../pure/member/merchants.ts'
import type { Coupon } from '#base/pure/rows/coupon-row.ts'

export interface CouponView {
  readonly coupon: Coupon
  /** `held`: a car inside has it; `spent`: a car left with it. */
  readonly state: CouponState
  /** Stay of that car. */
  readonly stayId: string | null
  /** Plate of a car inside. */
  readonly plate: string | null
}

export interface ArrearsView {
  readonly orderId: string
  readonly stayId: string
  /** Null: nothing read it; the car can only pay at the desk. */
  readonly plate: string | null
  readonly amountFen: number
  readonly leftAtIso: string
  /** Open lot: gantry, platform or desk may still collect it; after 30 days it becomes arrears of the plate. */
  readonly isOpen: boolean
  /** Its car is inside again and has to pay it. */
  readonly isDue: boolean
  /** Why no card is charged for it by its plate, until a second look agrees; null: a card may be. */
  readonly cardBar: CardBar | null
  /** Who typed its plate; null: a device read it, or it is not known. */
  readonly typedBy: string | null
  /** Of its car, which another person may confirm; null: none. */
  readonly photoId: string | null
  /** The stay that had paid it, when that payment was refunded. */
  readonly backFrom: string | null
}

export interface CouponsView {
  /** Newest first, at most 500. */
  readonly rows: readonly CouponView[]
  readonly count: number
  readonly free: number
  readonly spent: number
  readonly todayIso: string
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
