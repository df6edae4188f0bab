// A report of takings as a file: CSV, XLSX with one sheet for each table, or PDF. Fen become yuan here; a sum is a
// formatted number and never text, and texts of people never become formulas.
import type {
  ReportFormat,
  ReportSheet,
  ReportTable,
  ReportValue,
} from '../../calls/report-views.ts'
import { csvLine, csvText } from '#base/pure/data/csv-text.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import {
  bold,
  dateCell,
  numberCell,
  textCell,
  workbook,
  type SheetCell,
} from '#base/tables/workbook-writer.ts'
import { tableOf } from '#survey/report/report-blocks.ts'
import { withChineseMarks } from '#survey/report/report-marks.ts'
import type { ReportBlock, ReportDocument } from '#survey/report/report-model.ts'
import { reportWords } from '#survey/report/report-words.ts'

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
/** `12.00`: computed with integers, so that no sum is rounded. */
const yuanText = (fen: number): string => fenText(fen).replace('¥ ', '')

function textOf(value: ReportValue, shape: Shape): string {
  if (typeof value !== 'number') return value ?? ''
  if (shape === 'fen') return yuanText(value)
  if (shape === 'day') return dayText(value)
  return shape === 'time' ? timeText(value) : String(value)
}

const shapeOf = ({ columns }: ReportTable, at: number): Shape => columns[at]?.shape ?? 'text'

const csvCell = (text: string) => ({ text, isNumber: false })

function csvOf({ title, facts, notices, tables }: ReportSheet): Uint8Array {
  const head = [[title], ...facts, ...notices.map((notice) => [notice])]
  const lines = head.map((line) => csvLine(line.map(csvCell)))
  for (const table of tables) {
    lines.push('\r\n', csvLine([csvCell(table.name)]))
    lines.push(csvLine(table.columns.map(({ head: text }) => csvCell(text))))
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

function xlsxCell(value: ReportValue, shape: Shape, isTotal: boolean): SheetCell {
  const look = isTotal ? bold : {}
  if (value === null) return null
  if (typeof value === 'string') return textCell(value, look)
  if (shape === 'day' || shape === 'time') return dateCell(value, shape, look)
  return shape === 'fen' ? numberCell(value / 100, '#,##0.00', look) : numberCell(value, '0', look)
}

const widths: Readonly<Partial<Record<Shape, number>>> = { text: 26, time: 20 }

function xlsxOf({ title, facts, notices, tables }: ReportSheet): Promise<Uint8Array> {
  const first = {
    name: title,
    rows: [
      [textCell(title, bold)],
      ...facts.map(([name, value]) => [textCell(name, bold), textCell(value)]),
      ...notices.map((notice) => [textCell(notice)]),
    ],
    widths: [30, 70],
  }
  const sheets = tables.map((table) => {
    const row = (of: readonly ReportValue[]) =>
      of.map((value, at) => xlsxCell(value, shapeOf(table, at), of === table.total))
    return {
      name: table.name,
      head: table.columns.map(({ head }) => head),
      rows: [...table.rows, ...(table.total === null ? [] : [table.total])].map(row),
      widths: table.columns.map(({ shape }) => widths[shape] ?? 14),
    }
  })
  return workbook([first, ...sheets])
}

const parts: Readonly<Record<Shape, number>> = { text: 16, count: 8, fen: 11, time: 17, day: 11 }

function tableBlock(table: ReportTable): ReportBlock {
  const rows = [...table.rows, ...(table.total === null ? [] : [table.total])]
  return tableOf(
    table.columns.map(({ head }) => head),
    table.columns.map(({ shape }) => parts[shape]),
    rows.map((row) => row.map((value, at) => textOf(value, shapeOf(table, at)))),
  )
}

/** The same tables as pages, for the layout of reports. */
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
