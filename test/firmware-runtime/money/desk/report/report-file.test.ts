// A report as CSV, XLSX and PDF, read back by other programs: Python's csv and zipfile, and pdftotext.
// Sums are numbers with a format, an unfinished day is marked in each file, and no typed text becomes a formula.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeReport } from '#money/desk/report/make-report.ts'
import { reportFile } from '#money/desk/report/report-file.ts'
import { reportSheet } from '#money/desk/report/report-sheet.ts'
import type { ReportSheet } from '#money/calls/report-views.ts'
import { reportPart } from '#money/pure/billing/report-part.ts'
import type { ReportKind } from '#base/pure/values/report-kinds.ts'
import { dayMs, dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { documentPdf } from '#base/desk/document/document-pdf.ts'
import { listedRows, startMs } from '../../../runtime/control/control-kit.ts'
import { randomDays } from './random-days.ts'
import { dayTallyOf } from './day-tally.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

interface Read {
  readonly mark: string
  readonly csv: readonly (readonly string[])[]
  readonly sheets: Readonly<Record<string, readonly (readonly [string, string, string][])[]>>
  readonly formulas: number
}

const fromMs = dayStartMs(startMs)
const day = isoOf(fromMs).slice(0, 10)
const hash = 'ab'.repeat(32)
const list = randomDays(2, fromMs, 1).map((draft, n): LedgerRow => ({
  ...draft,
  nodeId: 'n1',
  seq: n + 1,
  prevHash: '',
  hash,
}))
const dir = folderOfFile('etc-report-')

async function sheetOf(kind: ReportKind, nowMs: number, language: 'zh' | 'en' = 'zh') {
  const source = {
    lot: {
      name: { zh: '示例停车场', en: 'Example' },
      lanes: [{ id: 'exit', name: { zh: '=出口', en: 'Exit' } }],
      capacity: 60,
      spaceKinds: { ordinary: 50, charging: 8, special: 2 },
      district: '东区',
    },
    hasGateway: true,
    nowMs: () => nowMs,
    head: () => ({ seq: list.length, hash }),
    tariffsMs: () => [],
    dayTally: () => {
      const books = list.filter((row) => row.kind === 'book')
      return Promise.resolve(dayTallyOf(books))
    },
    reportPart: ({ span, ...setting }: Parameters<typeof reportPart>[2] & { span: never }) =>
      Promise.resolve(reportPart(listedRows(list, span), span, setting)),
  }
  const report = await makeReport(source, { kind, from: day, to: day }, { goesOn: () => true })
  if (report === null) throw new Error('stopped')
  return reportSheet(report, source.lot, language)
}

async function readFiles(sheet: ReportSheet): Promise<Read> {
  const [csv, xlsx] = [join(dir, 'r.csv'), join(dir, 'r.xlsx')]
  writeFileSync(csv, await reportFile(sheet, 'csv', documentPdf))
  writeFileSync(xlsx, await reportFile(sheet, 'xlsx', documentPdf))
  const reader = join(import.meta.dirname, 'read-files.py')
  return JSON.parse(execFileSync('python3', [reader, csv, xlsx], { encoding: 'utf8' })) as Read
}

const takenFen = list.reduce(
  (sum, row) =>
    row.kind === 'payment' && !/-T\d/.test(row.orderId ?? '') ? sum + (row.amountFen ?? 0) : sum,
  0,
)
const yuan = (fen: number): string => (fen / 100).toFixed(2)

describe('a day as files', () => {
  let sheet: ReportSheet
  let read: Read
  beforeAll(async () => {
    sheet = await sheetOf('day', fromMs + dayMs / 2)
    read = await readFiles(sheet)
  })

  it('CSV has a mark for spreadsheets, and the sum of the day to the fen', () => {
    expect(read.mark).toBe('efbbbf')
    const total = read.csv.find(([first]) => first === '合计')
    expect(total?.[2]).toBe(yuan(takenFen))
    expect(read.csv[0]).toEqual(['示例停车场日报表'])
  })

  it('XLSX has the same sum as a number with a format, and days as dates', () => {
    const total = read.sheets['收费']?.at(-1)?.[2]
    expect(total?.[0]).toBe('n')
    expect(Number(total?.[1])).toBe(takenFen / 100)
    expect(total?.[2]).toBe('#,##0.00')
    const first = read.sheets['按日']?.[1]?.[0]
    expect([first?.[0], first?.[2]]).toEqual(['n', 'yyyy-mm-dd'])
    const days = Date.parse(`${day}T00:00:00Z`) / dayMs + 25_569
    expect(Number(first?.[1])).toBe(days)
  })

  it('every money cell of every sheet is a number', () => {
    for (const { name, columns, rows } of sheet.tables)
      for (const [at, { shape }] of columns.entries()) {
        if (shape !== 'fen') continue
        for (const [n, row] of rows.entries()) {
          if (row[at] === null) continue
          const cell = read.sheets[name]?.[n + 1]?.[at]
          expect([cell?.[0], cell?.[2]]).toEqual(['n', '#,##0.00'])
          expect(Number(cell?.[1])).toBe(Number(row[at]) / 100)
        }
      }
  })

  it('a day that runs says so, in each file, with the head of the ledger', async () => {
    expect(sheet.isOpen).toBe(true)
    const text = read.csv.flat().join('\n')
    expect(text).toContain('未结束：还会有收费')
    expect(text).toContain('现金未清点')
    expect(text).toContain(hash)
    expect(read.csv).toContainEqual(['车位', '60 个（普通 50、充电 8、专用 2）'])
    expect(read.csv).toContainEqual(['区县', '东区'])
    expect(text).not.toContain('资质')
    const pdf = join(dir, 'r.pdf')
    writeFileSync(pdf, await reportFile(sheet, 'pdf', documentPdf))
    const printed = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
    expect(printed).toContain('示例停车场日报表')
    expect(printed).toContain('未结束')
    expect(printed).toContain(yuan(takenFen))
    expect(printed).toContain(hash.slice(0, 16))
  })
})

it('a reason that begins as a formula is text in both, and there is no formula at all', async () => {
  const sheet = await sheetOf('exceptions', fromMs + 9 * dayMs)
  const { csv, sheets, formulas } = await readFiles(sheet)
  const typed = csv.flat().filter((cell) => cell.includes('1+1'))
  expect(typed.length).toBeGreaterThan(0)
  expect(new Set(typed)).toEqual(new Set([`'=1+1`]))
  expect(csv.flat()).toContain(`'=出口`)
  expect(formulas).toBe(0)
  expect(
    sheets['异常明细']?.flat().every(([kind, text]) => kind !== 's' || !/^[=+@]/.test(text)),
  ).toBe(true)
})

it('every kind is there in both languages', async () => {
  for (const kind of ['shift', 'month', 'tariff', 'means', 'exceptions'] as const)
    for (const language of ['zh', 'en'] as const) {
      const sheet = await sheetOf(kind, fromMs + 9 * dayMs, language)
      expect(sheet.tables.length).toBeGreaterThan(1)
      if (language === 'en') expect(JSON.stringify(sheet.tables)).not.toMatch(/合计|金额/)
    }
})
