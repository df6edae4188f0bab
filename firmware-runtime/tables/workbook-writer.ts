// A table of text as an XLSX workbook of one sheet: numbers, days and times as such where their column holds them, all
// else as text, so that a code keeps its zeros. What a spreadsheet would take for a formula stays guarded as it is.
import type { Cell } from 'write-excel-file/universal'
import { chinaOffsetMin, dayMs, instantOfIso, minuteMs } from '../core/values/instant.ts'
import { rowsOf } from '../core/values/table-rows.ts'
import { isDay, timeOf, type CellShape } from '../core/values/tables/cells.ts'

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

/** `shapes`: of its columns in their order. */
export async function workbookOf(
  name: string,
  csv: string,
  shapes: readonly CellShape[],
): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when somebody asks for one.
  const { default: writeExcelFile } = await import('write-excel-file/universal')
  const [head, ...rows] = rowsOf(csv)
  const sheet = {
    sheet: name,
    data: [
      (head?.cells ?? []).map((value): Cell => ({ value, fontWeight: 'bold' })),
      ...rows.map(({ cells }) => cells.map((cell, at) => cellOf(cell, shapes[at] ?? 'text'))),
    ],
    columns: shapes.map((shape) => ({ width: widths[shape] })),
    stickyRowsCount: 1,
  }
  const blob = await writeExcelFile([sheet]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
