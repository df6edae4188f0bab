// What a file of this folder says of one kind of thing that the search field finds: the call that is asked, and the rows that
// its answer gives for the typed text.
import type { FoundView } from '#lane/calls/search.ts'
import type { AnswerOf, ApiName, ArgsOf } from '../api/table.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'

type FoundRow = Omit<FoundView, 'kind' | 'of'>

/** What a finder knows of the lot beside the answers. */
export interface SearchPlace {
  readonly config: LotConfig
  readonly nowIso: string
  laneName(laneId: string): BilingualText
}

export interface Finder<N extends ApiName = ApiName> {
  /** Name of the kind, shown beside each row. */
  readonly of: BilingualText
  /** Position of the kind in the list. */
  readonly rank: number
  readonly reads: N
  /** A person who may not make this call finds nothing of the kind; default: `reads`. */
  readonly needs?: ApiName
  /** Arguments of the calls; empty: the text cannot mean such a thing. */
  asks(text: string, here: SearchPlace): readonly ArgsOf<N>[]
  rowsOf(answer: AnswerOf<N>, text: string, here: SearchPlace): readonly FoundRow[]
}

export const defineFinder = <N extends ApiName>(finder: Finder<N>): Finder<N> => finder

/** Upper and lower case, and full-width letters and digits, are the same. */
export const plainText = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Whether the text is part of one of the words. */
export const isIn = (text: string, ...words: readonly string[]): boolean =>
  words.some((word) => plainText(word).includes(text))
