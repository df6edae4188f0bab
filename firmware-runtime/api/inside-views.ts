// Answers of the calls about cars inside: each with what prevents its closing, and what a file would add. Comparing
// writes nothing.
import type { BadCell, BesideTable } from '../core/values/tables/table.ts'
import type { UnusualPlates } from './member-views.ts'
import type { PlateColour } from '../core/values/plates/plate.ts'

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

export interface InsideDiffView extends UnusualPlates, BesideTable {
  /** Empty: the file can be imported. */
  readonly bad: readonly BadCell[]
  readonly added: readonly {
    readonly plate: string
    readonly colour: PlateColour
    readonly enteredAtIso: string
  }[]
  /** In the file and inside already: their stays continue. */
  readonly same: number
  /** Inside, and not in the file: an import closes no stay. */
  readonly missing: number
  readonly digest: string
}
