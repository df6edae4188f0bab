// An imported or saved table, declared once by its columns. The declaration yields the reader, which refuses by line, heading
// and value, and the saved text, the template and the description of each column.
import { csvLine, csvText } from '../csv-text.ts'
import { t, type BilingualText } from '../fault-text.ts'
import { readCell, rowsOf, type TextRow } from '../table-rows.ts'
import type { CellKind, CellShape } from './cells.ts'

interface TableColumn<V = unknown> {
  /** Chinese heading; the English heading is the name of the column. */
  readonly zh: string
  /** Headings used by other systems. */
  readonly also?: readonly string[]
  /** The column may be missing. */
  readonly isOptional?: true
  readonly cell: CellKind<V>
}

export type Columns = Readonly<Record<string, TableColumn>>

export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends TableColumn<infer V> ? V : never
}

export interface Table<C extends Columns> {
  /** Name of the saved file. */
  readonly name: BilingualText
  readonly columns: C
  /** Column with unique values, and the message for a repeated one. */
  readonly key?: keyof C & string
  readonly twice?: BilingualText
  readonly rowsMax: number
  /** Unknown headings, and cells without a heading: refused, or ignored as columns of another system. */
  readonly others: 'refuse' | 'pass'
  /** An empty last cell has a meaning, so a line with too few cells is refused. */
  readonly isCutRefused?: true
}

export interface BadCell {
  /** Line number in the file, from 1. */
  readonly line: number
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

export const badCell = (
  line: number,
  field: string,
  value: string,
  zh: string,
  en: string,
): BadCell => ({ line, field, value: value.slice(0, 80), text: t(zh, en) })

/** A parsed line, passed to the checks of the particular table. */
export interface TableLine<C extends Columns> {
  readonly line: number
  /** Raw text of the cell. */
  cell(column: keyof C & string): string
  refuse(column: keyof C & string, value: string, zh: string, en: string): BadCell
}

interface ReadTable<R> {
  readonly rows: readonly R[]
  /** The first bad cell of each bad line. */
  readonly bad: readonly BadCell[]
}

export const defineTable = <C extends Columns>(table: Table<C>): Table<C> => table

/** Largest number of title lines above the headings. */
const titleRowsMax = 3

type Places = ReadonlyMap<string, number>

const isHeadOf = ([name, { zh, also = [] }]: [string, TableColumn], cell: string): boolean =>
  cell === name || cell === zh || also.includes(cell)

function placesOf<C extends Columns>(
  { columns, others }: Table<C>,
  { line, cells }: TextRow,
): Places | BadCell {
  const places = new Map<string, number>()
  for (const [at, given] of cells.entries()) {
    const cell = readCell(given)
    const [name] = Object.entries(columns).find((one) => isHeadOf(one, cell)) ?? []
    if (others === 'refuse') {
      if (name === undefined) return badCell(line, '', cell, '不认识的表头', 'an unknown heading')
      if (places.has(name))
        return badCell(line, cell, cell, '表头写了两次', 'a heading stands twice')
    }
    if (name !== undefined && !places.has(name)) places.set(name, at)
  }
  for (const [name, { zh, isOptional }] of Object.entries(columns))
    if (isOptional === undefined && !places.has(name)) {
      // The missing column may be one of the unknown headings: show those.
      const shown = others === 'refuse' ? '' : cells.map(readCell).join(',')
      return badCell(line, zh, shown, '缺少这一列', 'this column is missing')
    }
  return places
}

interface Head {
  readonly rows: readonly TextRow[]
  readonly places: Places
}

/** The first line with all headings; without one, the fault of the first line. */
function headOf<C extends Columns>(table: Table<C>, all: readonly TextRow[]): Head | BadCell {
  const found = all.slice(0, titleRowsMax + 1).map((row) => placesOf(table, row))
  const [first] = found
  if (first === undefined) return badCell(1, '', '', '文件是空的', 'the file is empty')
  const at = found.findIndex((one) => !isBadCell(one))
  const places = found[Math.max(0, at)] ?? first
  return isBadCell(places) ? places : { rows: all.slice(at + 1), places }
}

const isBadCell = (found: object): found is BadCell => 'line' in found && 'field' in found

/** Fault of a line with more or fewer cells than headings. */
function widthFault<C extends Columns>(
  { others, isCutRefused }: Table<C>,
  { line, cells }: TextRow,
  width: number,
): BadCell | null {
  if (others === 'refuse' && cells.length > width)
    return badCell(line, '', cells.at(-1) ?? '', '这一行的列太多', 'too many cells in this line')
  return isCutRefused === true && cells.length < width
    ? badCell(line, '', '', '这一行的列不够', 'too few cells in this line')
    : null
}

function rowIn<C extends Columns>(
  table: Table<C>,
  row: TextRow,
  places: Places,
): { readonly row: RowOf<C>; readonly at: TableLine<C> } | BadCell {
  const { line, cells } = row
  const cell = (name: string): string => readCell(cells[places.get(name) ?? -1] ?? '')
  const wrong = widthFault(table, row, places.size)
  if (wrong !== null) return wrong
  const values: Record<string, unknown> = {}
  for (const [name, { zh, cell: kind }] of Object.entries(table.columns)) {
    const given = cell(name)
    const read = kind.read(given)
    if ('bad' in read) return badCell(line, zh, read.shown ?? given, read.bad.zh, read.bad.en)
    values[name] = read.value
  }
  const at: TableLine<C> = {
    line,
    cell,
    refuse: (column, value, zh, en) =>
      badCell(line, table.columns[column]?.zh ?? column, value, zh, en),
  }
  return { row: values as RowOf<C>, at }
}

/** Reads every line; a bad line yields its first bad cell. `take` makes further checks. */
export function readTable<C extends Columns, R extends object>(
  table: Table<C>,
  text: string,
  take: (row: RowOf<C>, at: TableLine<C>) => R | BadCell,
): ReadTable<R> {
  const { key, twice, rowsMax } = table
  const head = headOf(table, rowsOf(text))
  if (isBadCell(head)) return { rows: [], bad: [head] }
  const { length } = head.rows
  if (length > rowsMax) {
    const many = badCell(1, '', String(length), `最多 ${rowsMax} 行`, `at most ${rowsMax} lines`)
    return { rows: [], bad: [many] }
  }
  const rows: R[] = []
  const bad: BadCell[] = []
  const seen = new Set<unknown>()
  for (const one of head.rows) {
    const read = rowIn(table, one, head.places)
    if (isBadCell(read)) {
      bad.push(read)
      continue
    }
    const { row, at } = read
    const value = key === undefined ? null : row[key]
    const isTwice = value !== null && seen.has(value)
    seen.add(value)
    const taken =
      isTwice && key !== undefined && twice !== undefined
        ? at.refuse(key, String(value), twice.zh, twice.en)
        : take(row, at)
    if (isBadCell(taken)) bad.push(taken)
    else rows.push(taken)
  }
  return { rows, bad }
}

/** CSV for spreadsheets: UTF-8 with BOM, their line ends, formulas guarded. */
export function tableCsv<C extends Columns>(columns: C, rows: readonly RowOf<C>[]): string {
  const all = Object.entries(columns)
  const head = all.map(([, { zh }]) => ({ text: zh, isNumber: false }))
  const lines = rows.map((row) =>
    all.map(([name, { cell }]) => ({
      text: cell.write(row[name]),
      isNumber: cell.shape === 'number',
    })),
  )
  return csvText([head, ...lines].map(csvLine))
}

/** The headings and one example line. */
export function templateCsv(
  { columns }: Pick<Table<Columns>, 'columns'>,
  language: 'zh' | 'en' = 'zh',
): string {
  const all = Object.values(columns)
  const heads = language === 'zh' ? all.map(({ zh }) => zh) : Object.keys(columns)
  const line = (texts: readonly string[]): string =>
    csvLine(texts.map((one) => ({ text: one, isNumber: false })))
  return csvText([line(heads), line(all.map(({ cell }) => cell.example))])
}

interface ColumnHelp {
  readonly head: BilingualText
  readonly isOptional: boolean
  readonly help: BilingualText
}

export const columnHelp = ({ columns }: Pick<Table<Columns>, 'columns'>): readonly ColumnHelp[] =>
  Object.entries(columns).map(([name, { zh, isOptional, cell }]) => ({
    head: t(zh, name),
    isOptional: isOptional === true,
    help: cell.help,
  }))

/** Spreadsheet cell type of each column, in order. */
export const shapesOf = ({ columns }: Pick<Table<Columns>, 'columns'>): readonly CellShape[] =>
  Object.values(columns).map(({ cell }) => cell.shape)
