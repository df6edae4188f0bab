// What the calls of points answer: the balance of each member, how one came about, and what a file would bring.
// Times are ISO 8601; the rules are those of the tariff of now.
import type { PointsDiff } from '../core/member/points-csv.ts'
import type { PointsRules } from '../core/values/rows/points-row.ts'

interface PointsBalance {
  readonly no: string
  readonly name: string
  readonly plates: readonly string[]
  /** Below nothing where spent points were taken back with a refund. */
  readonly points: number
  /** Plates of its cars that are inside. */
  readonly inside: readonly string[]
}

export interface PointsView {
  readonly rows: readonly PointsBalance[]
  /** Null: the tariff knows no points. */
  readonly rules: PointsRules | null
  readonly tariffId: string
}

export interface PointsEntry {
  readonly atIso: string
  readonly stayId: string | null
  /** Spent ones are below nothing. */
  readonly points: number
  /** Until when those that came may be spent. */
  readonly untilIso: string | null
  /** Of the coupon that stands for spent ones. */
  readonly code: string | null
  /** Its car is still inside: they can be given back. */
  readonly isHeld: boolean
}

export interface PointsStatement {
  readonly no: string
  readonly points: number
  /** The newest first. */
  readonly entries: readonly PointsEntry[]
}

/** What a file would do; nothing is written by looking. */
export interface PointsDiffView extends PointsDiff {
  readonly digest: string
}
