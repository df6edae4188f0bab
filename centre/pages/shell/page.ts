// What a page of the centre declares of itself in <name>/page.ts; its screen is <name>/Page.vue, its words <name>/words.ts.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface CentrePage {
  /** Address behind `#/`; a part that begins with `:` is any thing, and is given to the screen as `thing`. */
  readonly path: string
  /** Position among the entries at the side; absent: reached from another page. */
  readonly order?: number
  readonly title: BilingualText
  /** Which number of the centre stands beside its entry. */
  readonly counts?: 'pairings' | 'matters'
  /** Takes the whole screen, without the frame. */
  readonly isBare?: true
}
