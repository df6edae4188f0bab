// Coupons and arrears of a lot, as rows: issued, attached to a stay, revoked.
// money/pure/member/coupons.ts and money/pure/lot/arrears.ts fold them; the discount of a coupon is in its order.
import type { Fen } from '../values/fen.ts'
import type { PointsSpent } from './points-row.ts'

/** `amount`: fen off. `time`: free minutes. `percent`: off the remaining price. `whole`: the whole price. */
export const couponKinds = ['amount', 'time', 'percent', 'whole'] as const
export type CouponKind = (typeof couponKinds)[number]

export interface Coupon {
  /** Code shown by the driver: coupon-code.ts. */
  readonly code: string
  readonly merchant: string
  readonly kind: CouponKind
  /** Fen, minutes or percent; 0 of `whole`. */
  readonly value: number
  /** First and last day, both included: yyyy-mm-dd of +08:00. */
  readonly from: string
  readonly until: string
  /** The act that issued it with others. */
  readonly batch: string
  /** Points of a member that it represents; absent: a merchant's coupon. */
  readonly points?: PointsSpent
}

/** Limits of a merchant's issued coupons, by number and by yuan; null: no limit. */
export interface Merchant {
  readonly name: string
  readonly dayCount: number | null
  readonly monthCount: number | null
  readonly dayFen: Fen | null
  readonly monthFen: Fen | null
}

export type CouponRow =
  | { readonly row: 'issued'; readonly coupon: Coupon }
  /** The stay of this row has it from now on, and no other. */
  | { readonly row: 'used'; readonly code: string }
  /** A person gave it back: it may be used again. */
  | { readonly row: 'givenBack'; readonly code: string }
  /** The coupon is invalid from now on. */
  | { readonly row: 'voided'; readonly code: string }
  /** Its limits from now on. */
  | { readonly row: 'merchant'; readonly merchant: Merchant }

/** A coupon in an order, with what it took off there. */
export interface CouponUse {
  readonly code: string
  readonly amountFen: Fen
}

/** An order that was left unpaid, in the order of a later stay of its car. */
export interface ArrearsPart {
  readonly orderId: string
  readonly amountFen: Fen
}

export interface ArrearsRow {
  /** The arrears are waived. */
  readonly row: 'waived'
  readonly orderId: string
}
