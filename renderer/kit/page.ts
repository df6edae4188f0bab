// What a page declares of itself in renderer/pages/<name>/page.ts. Routes, side bar, palette, titles and rights are made of it;
// what it shows is drawn by its screen, or, where it has a list and no screen, by PageOfList.vue.
import type { ClassValue } from 'vue'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { ImportName } from '#lane/calls/imports.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { AnswerOf, ApiName } from '#runtime/api/table.ts'
import type { ListColumn, Shown } from './lists/list-columns.ts'
import type { Words } from './words.ts'

/**
 * The entries of the side bar, each with the question that its first page answers: what do I do now, how is my money, does
 * it work, build and hand over, what waits for me.
 */
export const places = ['booth', 'money', 'devices', 'works', 'inbox'] as const
export type Place = (typeof places)[number]

/** The look of a column, how it is sorted, and the shape of its saved cells. */
interface More<R> extends Pick<ListColumn<R>, 'shape' | 'look'> {
  order?(row: R): string | number
  /** Its cell at the foot: the sum of the rows that are shown, or the word for it. */
  sum?(rows: readonly R[], words: Words): Shown
  tone?(row: R): ClassValue
}

/** What a cell of a row shows; a method, so that the lists of all pages are of one type. */
interface CellOf<R> {
  text(row: R, words: Words): Shown
}

/**
 * A column of a declared list: name, heading, text, and then its look or other members. Without a text the slot
 * `cell-<name>` of the screen draws its cells.
 */
type PageColumn<R> = readonly [
  name: string,
  head?: BilingualText | undefined,
  text?: CellOf<R>['text'] | undefined,
  more?: string | More<R>,
]

/** The rows of an answer that has some. */
export type RowOf<A> = A extends { readonly rows: readonly (infer R)[] } ? R : never

/** The list of a page: the rows of the answer, and their columns. */
interface PageList<R> {
  /** Default: the row's index. */
  keyOf?(row: R): string
  /** Address of the page of a row's thing; absent: a page whose address ends with `:thing?` shows the row itself. */
  opens?(row: R): string
  /** Name of a row's thing; default: its first column. */
  nameOf?(row: R, words: Words): string
  testOf?(row: R): string
  readonly columns: readonly PageColumn<R>[]
  readonly search?: BilingualText
  readonly empty: { readonly title: BilingualText; readonly why: BilingualText }
  /** Name of the saved file, and the call that a person must be allowed to make to save it. */
  readonly saves?: { readonly name: BilingualText; readonly needs: ApiName }
}

export interface Page<N extends ApiName = ApiName> {
  readonly path: `/${string}`
  readonly place: Place
  /** Position among the pages of its place; absent: opened from another page, without a link. */
  readonly order?: number
  readonly title: BilingualText
  /** Title in links, if not the title. */
  readonly short?: BilingualText
  /** Further names that it is found by: former titles, and what people call what is on it. */
  readonly also?: BilingualText
  /** Key that opens it, as shown beside its link. */
  readonly keys?: string
  /** The call whose answer it shows; a person who may not make it does not see the page. */
  readonly reads: N
  /**
   * Kinds of devices of which it shows a part. Its address ends with the lane. Of a lot it is reached from the page of the
   * device, and by its name from the search; on a workbench, with one device, from the side bar.
   */
  readonly parts?: readonly LaneKind[]
  /** Works on a workbench too, which has no lanes, no records and nothing to send; `setup`: on that of a lot that is set up. */
  readonly bench?: true | 'setup'
  /** Only for a lot with a reservation platform, with spaces, while a lot is set up, or for a lot that is no demo. */
  readonly needs?: 'reservations' | 'spaces' | 'partners' | 'setup' | 'ownLot'
  /** The screen, if not `<name>/<Name>Screen.vue`. */
  readonly screen?: `${string}.vue`
  readonly list?: PageList<RowOf<AnswerOf<N>>>
  /** The list is imported as a table, by a person who may. */
  readonly imports?: ImportName
}
