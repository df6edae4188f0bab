// A report of takings as a file: CSV, XLSX with one sheet a table, or PDF. Yuan begin here; a sum is a number with a
// format and never text, and no text of somebody is ever a formula.
import type { Cell } from 'write-excel-file/node'
import type { ReportFormat, ReportSheet, ReportTable, ReportValue } from '../../api/report-views.ts'
import { csvLine, csvText, harmless } from '../../core/values/csv-text.ts'
import { fenText } from '../../core/values/fen.ts'
import { chinaOffsetMin, dayMs, isoOf, minuteMs } from '../../core/values/instant.ts'
import { withChineseMarks } from '../survey/report-marks.ts'
import type { ReportBlock, ReportDocument } from '../survey/report-model.ts'
import { reportWords } from '../survey/report-words.ts'

type Shape = ReportTable['columns'][number]['shape']

export const reportMimes: Readonly<Record<ReportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** `day-2026-03-14.xlsx`, `month-2026-03-01_2026-03-31.xlsx`. */
export const reportName = ({ kind, fromDay, toDay }: ReportSheet): string =>
  `${kind}-${fromDay === toDay ? fromDay : `${fromDay}_${toDay}`}`

const dayText = (atMs: number): string => isoOf(atMs).slice(0, 10)
const timeText = (atMs: number): string => isoOf(atMs).slice(0, 19).replace('T', ' ')
/** `12.00`: integers alone, so that no sum is rounded. */
const yuanText = (fen: number): string => fenText(fen).replace('¥ ', '')

function textOf(value: ReportValue, shape: Shape): string {
  if (typeof value !== 'number') return value ?? ''
  if (shape === 'fen') return yuanText(value)
  if (shape === 'day') return dayText(value)
  return shape === 'time' ? timeText(value) : String(value)
}

const shapeOf = ({ columns }: ReportTable, at: number): Shape => columns[at]?.shape ?? 'text'

const textCell = (text: string) => ({ text, isNumber: false })

function csvOf({ title, facts, notices, tables }: ReportSheet): Uint8Array {
  const head = [[title], ...facts, ...notices.map((notice) => [notice])]
  const lines = head.map((line) => csvLine(line.map(textCell)))
  for (const table of tables) {
    lines.push('\r\n', csvLine([textCell(table.name)]))
    lines.push(csvLine(table.columns.map(({ head: text }) => textCell(text))))
    for (const row of [...table.rows, ...(table.total === null ? [] : [table.total])])
      lines.push(
        csvLine(
          row.map((value, at) => ({
            text: textOf(value, shapeOf(table, at)),
            isNumber: typeof value === 'number',
          })),
        ),
      )
  }
  return new TextEncoder().encode(csvText(lines))
}

/** Days since the last of 1899, by which a spreadsheet counts. */
const spreadsheetDay = (atMs: number): number => (atMs + chinaOffsetMin * minuteMs) / dayMs + 25_569

const formats: Readonly<Partial<Record<Shape, string>>> = {
  fen: '#,##0.00',
  count: '0',
  day: 'yyyy-mm-dd',
  time: 'yyyy-mm-dd hh:mm:ss',
}

function xlsxCell(value: ReportValue, shape: Shape, isTotal: boolean): Cell {
  const look = isTotal ? ({ fontWeight: 'bold' } as const) : {}
  if (value === null) return null
  if (typeof value === 'string') return { value: harmless(value), type: String, ...look }
  const format = formats[shape] ?? '0'
  // A spreadsheet knows no zones: its times are those of the lot.
  if (shape === 'day' || shape === 'time')
    return { value: spreadsheetDay(value), type: Number, format, ...look }
  return { value: shape === 'fen' ? value / 100 : value, type: Number, format, ...look }
}

const widths: Readonly<Partial<Record<Shape, number>>> = { text: 26, time: 20 }

async function xlsxOf({ title, facts, notices, tables }: ReportSheet): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const text = (value: string): Cell => ({ value: harmless(value), type: String })
  const bold = (value: string): Cell => ({ value: harmless(value), fontWeight: 'bold' })
  const first = {
    sheet: title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    data: [
      [bold(title)],
      ...facts.map(([name, value]): Cell[] => [bold(name), text(value)]),
      ...notices.map((notice): Cell[] => [text(notice)]),
    ],
    columns: [{ width: 30 }, { width: 70 }],
  }
  const sheets = tables.map((table) => ({
    sheet: table.name.slice(0, 31),
    data: [
      table.columns.map(({ head }): Cell => bold(head)),
      ...table.rows.map((row) =>
        row.map((value, at) => xlsxCell(value, shapeOf(table, at), false)),
      ),
      ...(table.total === null
        ? []
        : [table.total.map((value, at) => xlsxCell(value, shapeOf(table, at), true))]),
    ],
    columns: table.columns.map(({ shape }) => ({ width: widths[shape] ?? 14 })),
    stickyRowsCount: 1,
  }))
  return new Uint8Array(await writeExcelFile([first, ...sheets]).toBuffer())
}

const parts: Readonly<Record<Shape, number>> = { text: 16, count: 8, fen: 11, time: 17, day: 11 }

function tableBlock(table: ReportTable): ReportBlock {
  const rows = [...table.rows, ...(table.total === null ? [] : [table.total])]
  return {
    kind: 'table',
    head: table.columns.map(({ head }) => head),
    widths: table.columns.map(({ shape }) => parts[shape]),
    rows: rows.map((row) => row.map((value, at) => ({ text: textOf(value, shapeOf(table, at)) }))),
  }
}

/** The same tables on pages, for the layout of reports. */
export function reportPages(sheet: ReportSheet, madeAtMs: number): ReportDocument {
  const { language, title, facts, notices, tables } = sheet
  const lines = notices.map((text): ReportBlock => ({
    kind: 'text',
    text,
    look: sheet.isOpen ? 'notice' : 'plain',
  }))
  return withChineseMarks({
    language,
    title,
    basis: '',
    printedAtMs: madeAtMs,
    footer: `${reportWords.footer[language]} · ${title} · ${sheet.head.hash.slice(0, 16)}`,
    sections: [
      {
        id: 'facts',
        heading: facts[1]?.[1] ?? '',
        blocks: [{ kind: 'facts', rows: facts }, ...lines],
      },
      ...tables.map((table, n) => ({
        id: `table-${n}`,
        heading: table.name,
        blocks: [tableBlock(table)],
      })),
    ],
  })
}

export async function reportFile(
  sheet: ReportSheet,
  format: ReportFormat,
  pdf: (document: ReportDocument) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  if (format === 'csv') return csvOf(sheet)
  return format === 'xlsx' ? xlsxOf(sheet) : pdf(reportPages(sheet, Date.parse(sheet.madeAtIso)))
}
