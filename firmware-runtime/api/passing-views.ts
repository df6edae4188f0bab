// The survey without an instrument as the control API tells it.
// What passages say of the zone of an antenna, or why they say nothing.
import type { PassingReview, PassingSince } from '../survey/passing/review.ts'
import type { PassingWords } from '../survey/passing/words.ts'

export interface PassingView extends PassingReview {
  readonly laneId: string
  /** A person said that the antenna was changed then; null: everything kept counts. */
  readonly since: PassingSince | null
  /** Facts that the disk refused in this life of the runtime. */
  readonly dropped: number
  /** What the lot file says that was measured, mm to the boom; null: nobody did. */
  readonly measured: { readonly entryMm: number | null; readonly exitMm: number | null }
  /** Each figure as a sentence, with its interval, or why it is not known. */
  readonly words: PassingWords
}
