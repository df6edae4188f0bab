// Points of members, as rows: earned by an order under the rules of its tariff, used to pay a stay, imported from another
// system. money/pure/member/points.ts folds them.
import type { Fen } from '../values/fen.ts'

/** Rules of an edition of a tariff. */
export interface PointsRules {
  /** For each whole yuan that was paid and kept. */
  readonly perYuan: number
  /** For each stay. */
  readonly perVisit: number
  /** Whole days after the day on which they were earned. */
  readonly validDays: number
  /** Value of one point in fen. */
  readonly fenPerPoint: Fen
  /** Most that points take off one stay. */
  readonly stayFenMax: Fen
}

/** Points earned by a stay when its car leaves, by its last order. */
export interface PointsTerms extends Pick<PointsRules, 'perYuan' | 'perVisit' | 'validDays'> {
  /** The member that has them. */
  readonly no: string
}

/** A coupon that stands for points. */
export interface PointsSpent {
  readonly no: string
  readonly points: number
  readonly fenPerPoint: Fen
}

/** Balance from another system; a later row with its number replaces it. */
export interface PointsRow {
  readonly row: 'brought'
  readonly no: string
  readonly points: number
  /** The last day: yyyy-mm-dd of +08:00. */
  readonly until: string
}
