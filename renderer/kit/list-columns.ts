// A list of a page, said once by its columns: of them are made the table with its headings to sort by, what the field of
// search finds, and what is saved.
import type { ClassValue } from 'vue'
import type { BilingualText } from '../../firmware-runtime/core/faults/faults.ts'
import { csvLine, csvText } from '../../firmware-runtime/core/values/csv-text.ts'
import type { CellShape } from '../../firmware-runtime/core/values/tables/cells.ts'

/** Null is an empty cell. */
type Shown = string | number | null

export interface ListColumn<R> {
  /** Of its slot `cell-<name>`, where a hand draws the cell. */
  readonly name: string
  readonly head: string
  /** As it is shown, found and saved; without it a hand draws the cell. */
  readonly text?: (row: R) => Shown
  /** What it is sorted by, where that is not its text. */
  readonly order?: (row: R) => string | number
  /** What is saved of it, where that is not its text. */
  readonly saved?: (row: R) => string
  readonly shape?: CellShape
  /** Classes of its cells; its heading is right-aligned like a number, and else as any other. */
  readonly look?: string
  /** Classes of a cell by its row, as a template binds them. */
  readonly tone?: (row: R) => ClassValue
}

/** The same in short: name, heading, text, and its look, its tone or whatever else there is to say of it. */
type ShortColumn<R> = readonly [
  name: string,
  head: string,
  text?: ((row: R) => Shown) | null,
  more?: string | ListColumn<R>['tone'] | Omit<ListColumn<R>, 'name' | 'head' | 'text'>,
]

/** False: a column that is left out. */
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
  keyOf(row: R): string
  /** Name of a row for tests. */
  readonly testOf?: (row: R) => string
  /** The label of the field of search; a list without one is short. */
  readonly search?: string
  readonly empty: { readonly title: string; readonly why: string }
  /** The file it is saved as; undefined for who may not. */
  readonly saves?: BilingualText | undefined
}

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

/** As they came where nobody sorts; equal ones keep their order. */
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

/** Up, down, and as they came. */
export const nextSort = (by: SortedBy | null, name: string): SortedBy | null =>
  by?.name !== name ? { name, isDown: false } : by.isDown ? null : { name, isDown: true }

const savedOf = <R>(columns: readonly ListColumn<R>[]): readonly ListColumn<R>[] =>
  columns.filter(({ text }) => text !== undefined)

export const shapesOfList = <R>(columns: readonly ListColumn<R>[]): readonly CellShape[] =>
  savedOf(columns).map(({ shape }) => shape ?? 'text')

export function listCsv<R>(columns: readonly ListColumn<R>[], rows: readonly R[]): string {
  const all = savedOf(columns)
  const cell = (text: string, shape?: CellShape) => ({ text, isNumber: shape === 'number' })
  const lines = rows.map((row) =>
    all.map(({ saved, text, shape }) => cell(String((saved ?? text)?.(row) ?? ''), shape)),
  )
  return csvText([all.map(({ head }) => cell(head)), ...lines].map(csvLine))
}

/** A column with its text; what else there is to say of it stands behind. */
export const column = <R>(
  name: string,
  head: string,
  text: (row: R) => Shown,
  more: Omit<ListColumn<R>, 'name' | 'head' | 'text'> = {},
): ListColumn<R> => ({ name, head, text, ...more })
