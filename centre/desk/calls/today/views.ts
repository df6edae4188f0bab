// The day of all lots of a person.
import type { LotRow } from '../lots/views.ts'

export interface MeansSum {
  readonly means: string
  readonly n: number
  readonly fen: number
}

export interface HourSums {
  /** Payments; refunds are apart. */
  readonly takenFen: number
  readonly entered: number
  readonly left: number
  /** Payments of this hour a week ago. */
  readonly weekAgoFen: number
}

export interface TodayView {
  /** In China, and its hour now. */
  readonly day: string
  readonly hour: number
  readonly payments: readonly MeansSum[]
  readonly refunds: readonly MeansSum[]
  /** 24. */
  readonly hours: readonly HourSums[]
  readonly weekAgo: string
  /** Payments and refunds from the first of the month, with today. */
  readonly month: { readonly fen: number; readonly backFen: number }
  /** By their payments, the greatest first. */
  readonly lots: readonly LotRow[]
  /** Open ones. */
  readonly matters: number
}

export interface TodayCalls {
  'today.get': { args: object; answer: TodayView }
}
