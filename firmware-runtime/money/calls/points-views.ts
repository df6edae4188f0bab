// Answers of the calls about points: the balance of each member, its entries, and what a file would change. Times are
// ISO 8601; the rules are those of the current tariff.
import type { PointsRules } from '#base/pure/rows/points-row.ts'

interface PointsBalance {
  readonly no: string
  readonly name: string
  readonly plates: readonly string[]
  /** Negative when spent points were taken back with a refund. */
  readonly points: number
  /** Plates of its cars that are inside. */
  readonly inside: readonly string[]
}

export interface PointsView {
  readonly rows: readonly PointsBalance[]
  /** Null: the tariff has no points. */
  readonly rules: PointsRules | null
  readonly tariffId: string
}

export interface PointsEntry {
  readonly atIso: string
  readonly stayId: string | null
  /** Negative for spent points. */
  readonly points: number
  /** Until when received points may be spent. */
  readonly untilIso: string | null
  /** Code of the coupon that was made for spent points. */
  readonly code: string | null
  /** Its car is still inside: the points can be given back. */
  readonly isHeld: boolean
}

export interface PointsStatement {
  readonly no: string
  readonly points: number
  /** Newest first. */
  readonly entries: readonly PointsEntry[]
}
