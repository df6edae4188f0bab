// The survey without an instrument in the control API: what passages show about the zone of an antenna, or why they
// show nothing.
import type { PassingReview, PassingSince } from '../pure/passing/review.ts'
import type { PassingWords } from '../pure/passing/words.ts'

export interface PassingView extends PassingReview {
  readonly laneId: string
  /** When a person said that the antenna was changed; null: all stored passages count. */
  readonly since: PassingSince | null
  /** Facts that the disk refused since the start of the runtime. */
  readonly dropped: number
  /** Measured distances to the boom in the lot file, mm; null: not measured. */
  readonly measured: { readonly entryMm: number | null; readonly exitMm: number | null }
  /** Each figure as a sentence with its interval, or why it is unknown. */
  readonly words: PassingWords
}
