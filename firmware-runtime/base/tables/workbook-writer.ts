// Every XLSX workbook of the product: numbers, days and times as such where their column holds them, all else as text, so
// that a code keeps its zeros. What a spreadsheet would take for a formula is guarded, as in a table of text.
import type { Cell } from 'write-excel-file/universal'
import { harmless } from '../pure/data/csv-text.ts'
import { chinaOffsetMin, dayMs, instantOfIso, minuteMs } from '../pure/values/instant.ts'
import { rowsOf } from '../pure/data/table-rows.ts'
import { isDay, timeOf, type CellShape } from '../pure/tables/cells.ts'
import {
  columnHelp,
  shapesOf,
  templateCsv,
  type Columns,
  type Table,
} from '../pure/tables/table.ts'
import { shownIn } from '../pure/words/chinese-marks.ts'
import { t, whyIn } from '../pure/words/fault-text.ts'

/** Spreadsheet serial day, counted from the end of 1899; it has no time zone, so times are those of the lot. */
const serial = (atMs: number): number => (atMs + chinaOffsetMin * minuteMs) / dayMs + 25_569

export type SheetCell = Cell

/** Style of headings and sums. */
export const bold = { fontWeight: 'bold' } as const
type Look = typeof bold | Readonly<Record<string, never>>

export const textCell = (text: string, look: Look = {}) => ({
  value: harmless(text),
  type: String,
  ...look,
})

export const numberCell = (value: number, format: string, look: Look = {}): Cell => ({
  value,
  type: Number,
  format,
  ...look,
})

export const dateCell = (atMs: number, shape: 'day' | 'time', look: Look = {}): Cell =>
  numberCell(serial(atMs), shape === 'day' ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss', look)

function cellOf(text: string, shape: CellShape): Cell {
  if (text === '') return null
  if (shape === 'number' && /^-?\d{1,15}(?:\.\d+)?$/.test(text))
    return numberCell(Number(text), text.includes('.') ? '0.00' : '0')
  if (shape === 'day' && isDay(text)) return dateCell(instantOfIso(`${text}T00:00:00+08:00`), 'day')
  const atMs = shape === 'time' ? timeOf(text) : null
  return atMs === null ? textCell(text) : dateCell(atMs, 'time')
}

const widths: Readonly<Record<CellShape, number>> = { text: 18, number: 10, day: 12, time: 20 }

type Bytes = Uint8Array<ArrayBuffer>

export interface Sheet {
  readonly name: string
  /** Heading row that stays visible; absent: the sheet is not a table. */
  readonly head?: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** Column widths, in characters. */
  readonly widths: readonly number[]
}

/** Style of a heading longer than its column. */
const wrapped = { wrap: true, alignVertical: 'top' } as const

/** Spreadsheets take no such mark in the name of a sheet, and no longer one. */
const nameOf = (name: string): string => name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)

export async function workbook(sheets: readonly Sheet[]): Promise<Bytes> {
  // Loaded on first use.
  const { default: writeExcelFile } = await import('write-excel-file/universal')
  const made = sheets.map(({ name, head, rows, widths: of }) => ({
    sheet: nameOf(name),
    data: [
      ...(head === undefined ? [] : [head.map((one) => ({ ...textCell(one, bold), ...wrapped }))]),
      ...rows.map((row) => [...row]),
    ],
    columns: of.map((width) => ({ width })),
    ...(head === undefined ? {} : { stickyRowsCount: 1 }),
  }))
  const blob = await writeExcelFile(made).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

function sheetOf(name: string, csv: string, shapes: readonly CellShape[]): Sheet {
  const [head, ...rows] = rowsOf(csv)
  return {
    name,
    head: head?.cells ?? [],
    rows: rows.map(({ cells }) => cells.map((cell, at) => cellOf(cell, shapes[at] ?? 'text'))),
    widths: shapes.map((shape) => widths[shape]),
  }
}

/** `shapes`: of its columns in their order. */
export const workbookOf = (
  name: string,
  csv: string,
  shapes: readonly CellShape[],
): Promise<Bytes> => workbook([sheetOf(name, csv, shapes)])

const howTo = t('填写说明', 'How to fill it in')
const isNeeded = t('必需', 'needed')
const mayLack = t('可以没有', 'may be missing')

/** Headings with one example line, and a second sheet that describes each column. */
export function templateOf(
  table: Pick<Table<Columns>, 'name' | 'columns'>,
  language: 'zh' | 'en',
): Promise<Bytes> {
  const rows = columnHelp(table).map(({ head, isOptional, help }) =>
    [head, isOptional ? mayLack : isNeeded, help].map((one) => textCell(shownIn(one, language))),
  )
  const sheet = sheetOf(whyIn(table.name, language), templateCsv(table, language), shapesOf(table))
  return workbook([sheet, { name: whyIn(howTo, language), rows, widths: [18, 18, 20] }])
}
