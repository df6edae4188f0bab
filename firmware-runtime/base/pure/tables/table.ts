// An imported or saved table, declared once by its columns. The declaration yields the reader, which refuses by line, heading
// and value, and the saved text, the template and the description of each column.
import { csvLine, csvText } from '../data/csv-text.ts'
import { t, type BilingualText } from '../words/fault-text.ts'
import { readCell, rowsOf, tableSeparators, type TextRow } from '../data/table-rows.ts'
import { noRemarks, remarksOf, type TableRemarks } from '../words/table-remarks.ts'
import type { CellKind, CellShape } from './cells.ts'

interface TableColumn<V = unknown> {
  /** Chinese heading; the English heading is the name of the column. */
  readonly zh: string
  /** Headings used by other systems; of several in one file the first of these is read. */
  readonly also?: readonly string[]
  /** The column may be missing. */
  readonly isOptional?: true
  /** Several columns belong together, numbered as `车牌1`, `车牌2`. */
  readonly isMany?: true
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
  /** Fault of a file that is refused. */
  readonly code: string
  /** Cells behind the last heading are passed over; else they are a shifted line, and refused. */
  readonly isWide?: true
  /** An empty last cell has a meaning, so a line that ends before it is refused. */
  readonly isCutRefused?: true
}

export interface BadCell {
  readonly code: string
  /** Line number in the file, from 1. */
  readonly line: number
  readonly field: string
  readonly value: string
  readonly text: BilingualText
}

export type CellFault = Omit<BadCell, 'code'>

export const badCell = (
  line: number,
  field: string,
  value: string,
  zh: string,
  en: string,
): CellFault => ({ line, field, value: value.slice(0, 80), text: t(zh, en) })

/** A parsed line, passed to the checks of the particular table. */
export interface TableLine<C extends Columns> {
  readonly line: number
  /** Whether the file has the column. */
  has(column: keyof C & string): boolean
  /** Raw text of the cell. */
  cell(column: keyof C & string): string
  refuse(column: keyof C & string, value: string, zh: string, en: string): CellFault
}

/** What a file has beside the columns of its table. */
export interface BesideTable {
  /** Headings of the columns that were not read. */
  readonly aside: readonly string[]
  /** Lines that are no row: notes and sums below the table. */
  readonly notes: readonly { readonly line: number; readonly text: string }[]
  /** Rows and columns that the spreadsheet hides; they were read. Absent: none. */
  readonly hidden?: Pick<TableRemarks, 'hiddenRows' | 'hiddenColumns'>
}

interface ReadTable<R> extends BesideTable {
  readonly rows: readonly R[]
  /** Every fault of the file, by line. */
  readonly bad: readonly BadCell[]
}

/** What a list adds that a person brings to a running lot as a table. */
export interface ImportTraits {
  /** Name of the act. */
  readonly words: BilingualText
  /** The button that brings a file; absent: 'import a table'. */
  readonly title?: BilingualText
  /** Its columns, and what it changes and does not change. */
  readonly why: BilingualText
  /** The list of reasons that the act offers (i18n `act.reasons`). */
  readonly reasons: string
  /** Largest file that the window reads. */
  readonly bytesMax: number
  /** A file may be said to be the whole list. */
  readonly mayBeWhole?: true
  /** Its undo ends stays without a charge: a second person agrees to it. */
  readonly isUndoneByTwo?: true
}

interface ImportTable<C extends Columns> extends Table<C> {
  readonly imports: ImportTraits
}

/** What a reader of lines needs of a table, whatever its columns. */
export type TableForm = Pick<Table<Columns>, 'name' | 'columns' | 'isWide' | 'isCutRefused'>

export const defineTable = <C extends Columns>(table: Table<C>): Table<C> => table

/** A list that is compared and imported by calls of its own: `<file>.compare` and `<file>.import`. */
export const defineImport = <C extends Columns>(table: ImportTable<C>): ImportTable<C> => table

/** Largest number of title lines above the headings. */
const titleRowsMax = 8

type Places = ReadonlyMap<string, readonly number[]>

const hint = /\((?:必填|选填|可选|非必填|可空|可不填|格式[^)]*|多个[^)]*|y{2,4}[^)]*)\)/giu
/** A heading without blanks, marks and hints for those who fill it in; a unit stays. */
const headText = (given: string): string =>
  readCell(given)
    .normalize('NFKC')
    .replaceAll(/\s+/gu, '')
    .replaceAll(hint, '')
    .replaceAll(/^[*#]+|[*:]+$/gu, '')
    .toLowerCase()

const headsOf = ([name, { zh, also = [] }]: [string, TableColumn]): readonly string[] =>
  [name, zh, ...also].map(headText)

/** Places of a column: of the heading that stands first in its list, and of all where several belong together. */
function columnPlaces(column: [string, TableColumn], heads: readonly string[]): number[] {
  const isMany = column[1].isMany === true
  const bare = isMany ? heads.map((head) => head.replace(/\d{1,2}$/u, '')) : heads
  for (const one of headsOf(column)) {
    const found = bare.flatMap((head, at) => (head === one ? [at] : []))
    if (found.length > 0) return found
  }
  return []
}

interface Head {
  readonly row: TextRow
  readonly rows: readonly TextRow[]
  readonly places: Places
  readonly bad: readonly CellFault[]
  readonly remarks: TableRemarks
}

function headIn({ columns }: TableForm, rows: readonly TextRow[]): Head | null {
  const [row] = rows
  if (row === undefined) return null
  const { line, cells } = row
  const heads = cells.map(headText)
  const places = new Map<string, readonly number[]>()
  const bad: CellFault[] = []
  for (const column of Object.entries(columns)) {
    const [name, { zh, isOptional, isMany }] = column
    const found = columnPlaces(column, heads)
    const given = readCell(cells[found[0] ?? -1] ?? '')
    if (found.length > 0) places.set(name, found)
    else if (isOptional === undefined) {
      const shown = cells.map(readCell).join(',')
      bad.push(badCell(line, zh, shown, '缺少这一列', 'this column is missing'))
    }
    if (found.length > 1 && isMany === undefined)
      bad.push(badCell(line, given, given, '表头写了两次', 'a heading stands twice'))
  }
  return { row, rows: rows.slice(1), places, bad, remarks: noRemarks }
}

/** The first line with all headings, by any separator; without one, the line with the most of them. */
export function headOf(table: TableForm, text: string): Head | null {
  const usual = rowsOf(text)
  const all = [usual, ...tableSeparators.map((separator) => rowsOf(text, { separator }))]
  const found = all.flatMap((rows) =>
    rows.slice(0, titleRowsMax + 1).flatMap((_, at) => headIn(table, rows.slice(at)) ?? []),
  )
  const most = Math.max(...found.map(({ places }) => places.size))
  const best =
    found.find(({ bad }) => bad.length === 0) ?? found.find(({ places }) => places.size === most)
  return best === undefined ? null : { ...best, remarks: remarksOf(text) }
}

/** Columns that no heading of the table names. */
export function asideOf({ row, places }: Head): readonly number[] {
  const read = new Set([...places.values()].flat())
  return row.cells.flatMap((cell, at) => (readCell(cell) === '' || read.has(at) ? [] : [at]))
}

const filledIn = ({ cells }: TextRow): number =>
  cells.filter((cell) => readCell(cell) !== '').length

/** Fault of a line with more or fewer cells than headings. */
function widthFault(
  { isWide, isCutRefused }: TableForm,
  { line, cells }: TextRow,
  { row, places }: Head,
): CellFault | null {
  const width = Math.max(0, ...[...places.values()].flat()) + 1
  if (isWide === undefined && cells.length > Math.max(row.cells.length, width))
    return badCell(line, '', cells.at(-1) ?? '', '这一行的列太多', 'too many cells in this line')
  return isCutRefused === true && cells.length < width
    ? badCell(line, '', '', '这一行的列不够', 'too few cells in this line')
    : null
}

interface ReadRow {
  readonly values: Record<string, unknown>
  readonly bad: readonly CellFault[]
  readonly at: TableLine<Columns>
}

export function rowIn(table: TableForm, row: TextRow, head: Head): ReadRow {
  const { line, cells } = row
  const at: TableLine<Columns> = {
    line,
    has: (name) => head.places.has(name),
    cell: (name) => {
      const given = (head.places.get(name) ?? []).map((place) => readCell(cells[place] ?? ''))
      return given.filter((one) => one !== '').join(' | ')
    },
    refuse: (column, value, zh, en) =>
      badCell(line, table.columns[column]?.zh ?? column, value, zh, en),
  }
  const values: Record<string, unknown> = {}
  const wrong = widthFault(table, row, head)
  if (wrong !== null) return { values, bad: [wrong], at }
  const bad: CellFault[] = []
  for (const [name, { cell: kind }] of Object.entries(table.columns)) {
    const given = at.cell(name)
    const read = kind.read(given, head.remarks.daysFrom)
    if ('bad' in read) bad.push(at.refuse(name, read.shown ?? given, read.bad.zh, read.bad.en))
    else values[name] = read.value
  }
  return { values, bad, at }
}

const noteWords =
  /^(?:合计|总计|小计|共计|总数|统计|备注|说明|注意|注|提示|制表|打印|导出|共\s*\d)/u

/** A note or a sum below the table: it begins as one, and most columns that a row needs are empty. */
export function isNote({ columns }: TableForm, row: TextRow, head: Head): boolean {
  const first = row.cells.map(readCell).find((cell) => cell !== '') ?? ''
  if (!noteWords.test(first)) return false
  const needed = Object.entries(columns).filter(([, { isOptional }]) => isOptional === undefined)
  const filled = needed.filter(([name]) =>
    (head.places.get(name) ?? []).some((place) => readCell(row.cells[place] ?? '') !== ''),
  )
  return filled.length * 2 <= needed.length || filledIn(row) === 1
}

const isFaults = (found: object): found is readonly CellFault[] => Array.isArray(found)

/** Reads every line and collects every fault. `take` makes further checks of a line whose cells could be read. */
export function readTable<C extends Columns, R extends object>(
  table: Table<C>,
  text: string,
  take: (row: RowOf<C>, at: TableLine<C>) => R | readonly CellFault[],
): ReadTable<R> {
  const { key, twice, rowsMax, code } = table
  const refused = (...bad: readonly CellFault[]): ReadTable<R> => ({
    rows: [],
    bad: bad.map((one) => ({ ...one, code })),
    aside: [],
    notes: [],
  })
  const head = headOf(table, text)
  if (head === null) return refused(badCell(1, '', '', '文件是空的', 'the file is empty'))
  if (head.bad.length > 0) return refused(...head.bad)
  const rows: R[] = []
  const bad: CellFault[] = []
  const notes: { line: number; text: string }[] = []
  const seen = new Set<unknown>()
  if (head.rows.length > rowsMax + titleRowsMax) return refused(tooMany(head.rows.length, rowsMax))
  for (const one of head.rows) {
    const { values, bad: faults, at } = rowIn(table, one, head)
    if (faults.length > 0 && isNote(table, one, head)) {
      const said = one.cells.map(readCell).filter((cell) => cell !== '')
      notes.push({ line: one.line, text: said.join(' ').slice(0, 80) })
      continue
    }
    bad.push(...faults)
    const value = key === undefined ? undefined : values[key]
    const isTwice = value !== undefined && seen.has(value)
    seen.add(value)
    if (isTwice && key !== undefined && twice !== undefined)
      bad.push(at.refuse(key, String(value), twice.zh, twice.en))
    if (faults.length > 0 || isTwice) continue
    const taken = take(values as RowOf<C>, at)
    if (isFaults(taken)) bad.push(...taken)
    else rows.push(taken)
  }
  if (head.rows.length - notes.length > rowsMax)
    return refused(tooMany(head.rows.length - notes.length, rowsMax))
  const aside = asideOf(head).map((at) => readCell(head.row.cells[at] ?? ''))
  const { hiddenRows, hiddenColumns } = head.remarks
  const hidden = hiddenRows + hiddenColumns === 0 ? {} : { hidden: { hiddenRows, hiddenColumns } }
  return { rows, bad: bad.map((one) => ({ ...one, code })), aside, notes, ...hidden }
}

const tooMany = (count: number, max: number): CellFault =>
  badCell(1, '', String(count), `最多 ${max} 行`, `at most ${max} lines`)

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
