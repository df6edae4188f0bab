// A table of text as an XLSX workbook of one sheet: numbers, days and times as such where their column holds them, all
// else as text, so that a code keeps its zeros. What a spreadsheet would take for a formula stays guarded as it is.
import type { Cell } from 'write-excel-file/universal'
import { chinaOffsetMin, dayMs, instantOfIso, minuteMs } from '../core/values/instant.ts'
import { rowsOf } from '../core/values/table-rows.ts'
import { isDay, timeOf, type CellShape } from '../core/values/tables/cells.ts'
import {
  columnHelp,
  shapesOf,
  templateCsv,
  type Columns,
  type Table,
} from '../core/values/tables/table.ts'
import { t, whyIn } from '../core/values/fault-text.ts'

/** Days since the last of 1899, by which a spreadsheet counts; it knows no zones, its times are those of the lot. */
const serial = (atMs: number): number => (atMs + chinaOffsetMin * minuteMs) / dayMs + 25_569

function cellOf(text: string, shape: CellShape): Cell {
  if (text === '') return null
  if (shape === 'number' && /^-?\d{1,15}(?:\.\d+)?$/.test(text))
    return { value: Number(text), type: Number, format: text.includes('.') ? '0.00' : '0' }
  if (shape === 'day' && isDay(text)) {
    const value = serial(instantOfIso(`${text}T00:00:00+08:00`))
    return { value, type: Number, format: 'yyyy-mm-dd' }
  }
  const atMs = shape === 'time' ? timeOf(text) : null
  if (atMs !== null) return { value: serial(atMs), type: Number, format: 'yyyy-mm-dd hh:mm:ss' }
  return { value: text, type: String }
}

const widths: Readonly<Record<CellShape, number>> = { text: 18, number: 10, day: 12, time: 20 }

type Bytes = Uint8Array<ArrayBuffer>

function sheetOf(name: string, csv: string, shapes: readonly CellShape[]) {
  const [head, ...rows] = rowsOf(csv)
  return {
    sheet: name,
    data: [
      (head?.cells ?? []).map((value): Cell => ({ value, fontWeight: 'bold' })),
      ...rows.map(({ cells }) => cells.map((cell, at) => cellOf(cell, shapes[at] ?? 'text'))),
    ],
    columns: shapes.map((shape) => ({ width: widths[shape] })),
    stickyRowsCount: 1,
  }
}

async function bytesOf(sheets: ReturnType<typeof sheetOf>[]): Promise<Bytes> {
  // Loaded when somebody asks for one.
  const { default: writeExcelFile } = await import('write-excel-file/universal')
  const blob = await writeExcelFile(sheets).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

/** `shapes`: of its columns in their order. */
export const workbookOf = (
  name: string,
  csv: string,
  shapes: readonly CellShape[],
): Promise<Bytes> => bytesOf([sheetOf(name, csv, shapes)])

const howTo = t('填写说明', 'How to fill it in')
const isNeeded = t('必需', 'needed')
const mayLack = t('可以没有', 'may be missing')

/** Headings with one line as an example, and a second sheet that says what stands in each column. */
export function templateOf(
  table: Pick<Table<Columns>, 'name' | 'columns'>,
  language: 'zh' | 'en',
): Promise<Bytes> {
  const help = sheetOf(whyIn(howTo, language), '', ['text', 'text', 'time'])
  const rows = columnHelp(table).map(({ head, isOptional, help: text }): Cell[] =>
    [head, isOptional ? mayLack : isNeeded, text].map((one) => ({ value: whyIn(one, language) })),
  )
  const sheet = sheetOf(whyIn(table.name, language), templateCsv(table, language), shapesOf(table))
  return bytesOf([sheet, { ...help, data: rows }])
}
