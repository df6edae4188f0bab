// What is shown about a plate that differs from the reading: why it was corrected, or which cars it may be. The parts
// of a score are words with arguments; a page translates them.
import type { MatchPart, PlateMatch } from '#base/pure/plates/plate-match.ts'

/** A car inside that may be the car in the lane. */
export interface PlateCandidateView {
  readonly stayId: string
  /** Null: the entry camera did not read it. */
  readonly plate: string | null
  readonly colour: string
  readonly enteredAtIso: string
  /** The lane of entry. */
  readonly laneId: string
  readonly photoId: string | null
  /** 0 to 100. */
  readonly score: number
  readonly parts: readonly MatchPart[]
  /** Fen that would be due now if it is this car; null: the clock is in doubt, or the car has no price yet. */
  readonly dueFen: number | null
}

export interface CarPlateView {
  /** Why the reading was corrected to the plate of a car inside; absent: not corrected. */
  readonly match?: PlateMatch
  /** Best first; absent: no candidates, or the stay is known. */
  readonly candidates?: readonly PlateCandidateView[]
}
