// What is shown of a plate that is not the one that was read: why it was corrected, or whose it may be.
// Parts of a score are words with arguments; a page says them in its own language.
import type { MatchPart, PlateMatch } from '../core/values/plates/plate-match.ts'

/** A car inside that the one in the lane may be. */
export interface PlateCandidateView {
  readonly stayId: string
  readonly plate: string
  readonly colour: string
  readonly enteredAtIso: string
  /** Where it came in. */
  readonly laneId: string
  readonly photoId: string | null
  /** 0 to 100. */
  readonly score: number
  readonly parts: readonly MatchPart[]
}

export interface CarPlateView {
  /** Why it was corrected to the plate of a car inside; absent where it is as it was read. */
  readonly match?: PlateMatch
  /** Best first; absent where there are none, or its stay is found. */
  readonly candidates?: readonly PlateCandidateView[]
}
