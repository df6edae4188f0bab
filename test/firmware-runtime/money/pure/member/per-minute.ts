// A tariff of one fen a minute: the price of a stay is the time that was not covered.
// For tests of what members, coupons and points take off.
import { tariffOf } from '../billing/version-1.ts'

export const perMinute = tariffOf()
