// What a page declares of itself in features/<name>/page.ts. Routes, side bar, palette, titles and rights are made of it;
// what it shows is drawn by its screen, or, where it has a list and no screen, by PageOfList.vue.
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import type { AnswerOf, ApiName } from '../../firmware-runtime/api/table.ts'
import type { ListColumn } from './list-columns.ts'
import type { Words } from './words.ts'

/** The entries of the side bar, and where the links to their pages are: above each page, or in its head. */
export const places = {
  lane: 'above',
  records: 'above',
  devices: 'head',
  commission: 'above',
  settings: 'above',
} as const
export type Place = keyof typeof places

/** A column of a declared list; without a text the screen's slot `cell-<name>` draws its cells. */
type Column<R> = Omit<ListColumn<R>, 'head' | 'text' | 'order'> & {
  readonly head: BilingualText
  text?(row: R, words: Words): string | number | null
  order?(row: R): string | number
}

/** The rows of an answer that has some. */
export type RowOf<A> = A extends { readonly rows: readonly (infer R)[] } ? R : never

/** The list of a page: the rows of the answer, and their columns. */
interface PageList<R> {
  keyOf(row: R): string
  testOf?(row: R): string
  readonly columns: readonly Column<R>[]
  readonly search?: BilingualText
  readonly empty: { readonly title: BilingualText; readonly why: BilingualText }
}

export interface Page<N extends ApiName = ApiName> {
  readonly path: `/${string}`
  readonly place: Place
  /** Position among the pages of its place; absent: opened from another page, without a link. */
  readonly order?: number
  readonly title: BilingualText
  /** Title in links, if not the title. */
  readonly short?: BilingualText
  /** Title in the head of pages beside it, if not the short one. */
  readonly inHead?: BilingualText
  /** Key that opens it, as shown beside its link. */
  readonly keys?: string
  /** The call whose answer it shows; a person who may not make it does not see the page. */
  readonly reads: N
  /** Works on a workbench too, which has no lanes, no records and nothing to send. */
  readonly bench?: true
  /** Only for a lot with a reservation platform, while a lot is set up, or for a lot that is no demo. */
  readonly needs?: 'reservations' | 'setup' | 'ownLot'
  /** The screen, if not `<name>/<Name>Screen.vue`. */
  readonly screen?: `${string}.vue`
  readonly list?: PageList<RowOf<AnswerOf<N>>>
}
