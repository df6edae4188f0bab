// Ledger rows as CSV or XLSX, made in the worker page by page. No cell is ever a formula.
// Money is a number of yuan; other values are text in the caller's language.
import { csvLine, csvText } from '#base/pure/data/csv-text.ts'
import { isObject } from '#base/pure/data/json.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import type { LedgerSheet, SheetColumn, SheetPlan } from '#base/ports/ledger-sheet.ts'
import { numberCell, textCell, workbook, type SheetCell } from '#base/tables/workbook-writer.ts'

type Row = Readonly<Record<string, unknown>>
type Value = string | number | null

/** Rows of a year of a small lot; for more use `ledger export`. */
export const sheetRowsMax = 50_000

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `2026-03-14 10:15:20`: without the offset, which is the lot's and equal in all rows. */
const timeText = (text: string): string => text.slice(0, 19).replace('T', ' ')

const wordOf = (column: SheetColumn, text: string): string =>
  Object.hasOwn(column.words ?? {}, text) ? (column.words?.[text] ?? text) : text

function factsText(column: SheetColumn, value: unknown): string {
  if (!isObject(value))
    return wordOf(column, typeof value === 'string' ? value : JSON.stringify(value))
  return Object.entries(value)
    .filter(([, one]) => one !== null && one !== '')
    .map(([name, one]) =>
      isObject(one)
        ? factsText(column, one)
        : `${wordOf(column, name)} ${typeof one === 'number' && name.endsWith('Fen') ? yuanText(one) : wordOf(column, String(one))}`,
    )
    .join(' · ')
}

const yuanText = (fen: number): string => (fen / 100).toFixed(2)

function cellOf(row: Row, column: SheetColumn): Value {
  const value = row[column.member]
  if (value === null || value === undefined || value === '') return null
  if (column.shape === 'money' && typeof value === 'number') return value / 100
  if (column.shape === 'facts')
    return factsText(column, typeof value === 'string' ? parsed(value) : value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (column.shape === 'time') return timeText(text)
  if (column.shape === 'plate') return text.length < 3 ? text : plateShown(text)
  return column.shape === 'word' ? wordOf(column, text) : text
}

const csvCell = (value: Value) => ({
  text: typeof value === 'number' ? value.toFixed(2) : (value ?? ''),
  isNumber: typeof value === 'number',
})

function csvOf(plan: SheetPlan, rows: readonly (readonly Value[])[]): Uint8Array {
  const lines = [plan.columns.map(({ head }) => head), ...rows]
  return new TextEncoder().encode(csvText(lines.map((line) => csvLine(line.map(csvCell)))))
}

function xlsxOf({ name, columns }: SheetPlan, rows: readonly (readonly Value[])[]) {
  const cell = (value: Value): SheetCell => {
    if (value === null) return null
    return typeof value === 'number' ? numberCell(value, '0.00') : textCell(value)
  }
  const width = ({ shape }: SheetColumn): number =>
    shape === 'time' ? 20 : shape === 'facts' ? 60 : 14
  const head = columns.map((column) => column.head)
  return workbook([
    { name, head, rows: rows.map((row) => row.map(cell)), widths: columns.map(width) },
  ])
}

export async function ledgerSheet(
  plan: SheetPlan,
  page: (after: number | undefined) => {
    readonly rows: readonly object[]
    readonly next: number | null
  },
): Promise<LedgerSheet> {
  const rows: (readonly Value[])[] = []
  let after: number | undefined
  do {
    const { rows: more, next } = page(after)
    for (const row of more) rows.push(plan.columns.map((column) => cellOf({ ...row }, column)))
    after = next ?? undefined
  } while (after !== undefined && rows.length < sheetRowsMax)
  const kept = rows.slice(0, sheetRowsMax)
  const bytes = plan.format === 'csv' ? csvOf(plan, kept) : await xlsxOf(plan, kept)
  return { bytes, rows: kept.length, cut: after !== undefined || rows.length > kept.length }
}
