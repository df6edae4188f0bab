// Answers of the calls about cars inside: each with what prevents its closing, and what a file would add. Comparing
// writes nothing.
import type { PlateColour } from '#base/pure/plates/plate.ts'

export interface InsideCarView {
  readonly stayId: string
  readonly plate: string | null
  readonly colour: PlateColour
  readonly enteredAtIso: string
  readonly photoId: string | null
  /** Why it cannot be recorded as gone now; null: it can. */
  readonly bar: 'carInLane' | 'chargeUnsettled' | null
}

export interface InsideView {
  /** Oldest first. */
  readonly rows: readonly InsideCarView[]
}
