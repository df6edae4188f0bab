// Points of members, as rows say them: what an order earns by the rules of its tariff, what a stay is paid with by
// points, what was brought from another system. core/member/points.ts folds them.
import type { Fen } from '../fen.ts'

/** Rules of an edition of a tariff. */
export interface PointsRules {
  /** For each whole yuan that was paid and kept. */
  readonly perYuan: number
  /** For each stay. */
  readonly perVisit: number
  /** Whole days after the day on which they were earned. */
  readonly validDays: number
  /** What one point takes off. */
  readonly fenPerPoint: Fen
  /** Most that points take off one stay. */
  readonly stayFenMax: Fen
}

/** What a stay earns once its car has left: as its last order says it. */
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

/** What a member had in another system; a later row of its number replaces it. */
export interface PointsRow {
  readonly row: 'brought'
  readonly no: string
  readonly points: number
  /** The last day: yyyy-mm-dd of +08:00. */
  readonly until: string
}
