// What the calls of cars inside answer: each with what bars its closing, and what a file would add.
// Nothing is written by comparing.
import type { BadCell } from '../core/values/tables/table.ts'
import type { UnusualPlates } from './member-views.ts'
import type { PlateColour } from '../core/values/plates/plate.ts'

export interface InsideCarView {
  readonly stayId: string
  readonly plate: string | null
  readonly colour: PlateColour
  readonly enteredAtIso: string
  readonly photoId: string | null
  /** Why it cannot be said to be gone now; null: it can. */
  readonly bar: 'carInLane' | 'chargeUnsettled' | null
}

export interface InsideView {
  /** The oldest first. */
  readonly rows: readonly InsideCarView[]
}

export interface InsideDiffView extends UnusualPlates {
  /** None: it can be written. */
  readonly bad: readonly BadCell[]
  readonly added: readonly {
    readonly plate: string
    readonly colour: PlateColour
    readonly enteredAtIso: string
  }[]
  /** In the file and inside already: their stays go on as they are. */
  readonly same: number
  /** Inside, and not in the file: a file closes none. */
  readonly missing: number
  readonly digest: string
}
