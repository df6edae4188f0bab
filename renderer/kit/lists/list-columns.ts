// A list declared once by its columns. The columns define the sortable table, what the search field finds, and the
// saved file.
import type { ClassValue } from 'vue'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { csvLine, csvText } from '#base/pure/data/csv-text.ts'
import type { CellShape } from '#base/pure/tables/cells.ts'

/** Null is an empty cell. */
export type Shown = string | number | null

export interface ListColumn<R> {
  /** Also names the slot `cell-<name>`, for a column without `text`. */
  readonly name: string
  readonly head: string
  /** Text that is shown, searched and saved; without it the slot draws the cell. */
  readonly text?: (row: R) => Shown
  /** Sort key, if not the text. */
  readonly order?: (row: R) => string | number
  /** Saved text, if not the shown one. */
  readonly saved?: (row: R) => string
  readonly shape?: CellShape
  /** Its cell at the foot: the sum of the rows that are shown, or the word for it. */
  readonly sum?: (rows: readonly R[]) => Shown
  /** Classes of its cells; the heading takes its right alignment from them. */
  readonly look?: string
  /** Classes of a cell by its row, as a template binds them. */
  readonly tone?: (row: R) => ClassValue
}

/** Short form: name, heading, text, and then its look, its tone or other members. */
type ShortColumn<R> = readonly [
  name: string,
  head: string,
  text?: ((row: R) => Shown) | null,
  more?: string | ListColumn<R>['tone'] | Omit<ListColumn<R>, 'name' | 'head' | 'text'>,
]

/** False leaves the column out. */
export type AnyColumn<R> = ListColumn<R> | ShortColumn<R> | false

export const columnsOf = <R>(given: readonly AnyColumn<R>[]): readonly ListColumn<R>[] =>
  given.flatMap((one) => {
    if (one === false) return []
    if (!isShort(one)) return [one]
    const [name, head, text, more = {}] = one
    const rest =
      typeof more === 'string' ? { look: more } : typeof more === 'function' ? { tone: more } : more
    return [{ name, head, ...(typeof text === 'function' ? { text } : {}), ...rest }]
  })

const isShort = <R>(one: ListColumn<R> | ShortColumn<R>): one is ShortColumn<R> =>
  Array.isArray(one)

export interface ListOf<R> {
  readonly columns: readonly ListColumn<R>[]
  readonly rows: readonly R[]
  readonly keyOf?: (row: R) => string
  readonly opens?: (row: R) => string
  readonly nameOf?: (row: R) => string
  /** Test id of a row. */
  readonly testOf?: (row: R) => string
  /** Label of the search field; without it the list has none. */
  readonly search?: string
  readonly empty: { readonly title: string; readonly why: string }
  /** Name of the saved file; undefined for a person who may not save it. */
  readonly saves?: BilingualText | undefined
}

/** The same list, whose rows lead nowhere. */
export const withoutPages = <R>({ opens: _, ...list }: ListOf<R>): ListOf<R> => list

export interface SortedBy {
  readonly name: string
  readonly isDown: boolean
}

const plain = (text: string): string => text.toUpperCase().replaceAll('·', '')

export function found<R>({ columns, rows }: ListOf<R>, word: string): readonly R[] {
  const wanted = plain(word.trim())
  if (wanted === '') return rows
  return rows.filter((row) =>
    columns.some(({ text }) => plain(String(text?.(row) ?? '')).includes(wanted)),
  )
}

/** In the given order unless sorted; equal rows keep their order. */
export function sorted<R>(
  columns: readonly ListColumn<R>[],
  rows: readonly R[],
  by: SortedBy | null,
): readonly R[] {
  const column = columns.find(({ name }) => name === by?.name)
  const of = column?.order ?? column?.text
  if (by === null || of === undefined) return rows
  const compare = (a: Shown, b: Shown): number =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a ?? '').localeCompare(String(b ?? ''), 'zh-CN', { numeric: true })
  const sign = by.isDown ? -1 : 1
  return rows.toSorted((a, b) => sign * compare(of(a), of(b)))
}

/** Ascending, then descending, then unsorted. */
export const nextSort = (by: SortedBy | null, name: string): SortedBy | null =>
  by?.name !== name ? { name, isDown: false } : by.isDown ? null : { name, isDown: true }

const savedOf = <R>(columns: readonly ListColumn<R>[]): readonly ListColumn<R>[] =>
  columns.filter(({ text }) => text !== undefined)

export const shapesOfList = <R>(columns: readonly ListColumn<R>[]): readonly CellShape[] =>
  savedOf(columns).map(({ shape }) => shape ?? 'text')

const cellOf = (text: string, shape?: CellShape) => ({ text, isNumber: shape === 'number' })

/** Lines of rows, below those of `listCsv`. */
export function csvRows<R>(columns: readonly ListColumn<R>[], rows: readonly R[]): string {
  const all = savedOf(columns)
  const lines = rows.map((row) =>
    all.map(({ saved, text, shape }) => cellOf(String((saved ?? text)?.(row) ?? ''), shape)),
  )
  return lines.map(csvLine).join('')
}

export const listCsv = <R>(columns: readonly ListColumn<R>[], rows: readonly R[]): string =>
  csvText([csvLine(savedOf(columns).map(({ head }) => cellOf(head))), csvRows(columns, rows)])

/** A column with its text, then its other members. */
export const column = <R>(
  name: string,
  head: string,
  text: (row: R) => Shown,
  more: Omit<ListColumn<R>, 'name' | 'head' | 'text'> = {},
): ListColumn<R> => ({ name, head, text, ...more })
