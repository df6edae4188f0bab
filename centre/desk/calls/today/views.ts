// The day of all lots of a person.
import type { SumNotes } from '../../sum-notes.ts'
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

/** The full hours of today beside the same hours a week ago, of the lots whose rows are here up to then, and no others. */
interface ComparedSums {
  readonly lots: number
  /** Lots that are not among them. */
  readonly without: number
  readonly fen: number
  readonly weekAgoFen: number
  /** The whole day a week ago. */
  readonly weekAgoDayFen: number
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
  /** Null: no lot is level with the last full hour. */
  readonly compared: ComparedSums | null
  /** Payments and refunds from the first of the month, with today. */
  readonly month: { readonly fen: number; readonly backFen: number }
  /** By their payments, the greatest first. */
  readonly lots: readonly LotRow[]
  /** Of the month so far. */
  readonly notes: SumNotes
  /** Open ones. */
  readonly matters: number
}

export interface TodayCalls {
  'today.get': { args: object; answer: TodayView }
}
