// Ledger rows for other programs: CSV and XLSX contain what the page shows, figures stay figures, and text that a person
// typed never becomes a formula.
import { describe, expect, it } from 'vitest'
import { harmless } from '#base/pure/data/csv-text.ts'
import { ledgerSheet, sheetRowsMax } from '#ledger/sqlite/sheet.ts'
import type { SheetFormat, SheetPlan } from '#base/ports/ledger-sheet.ts'
import { sheetsOf, zipParts } from '../../survey/desk/commands/zip-kit.ts'

const plan = (format: SheetFormat): SheetPlan => ({
  format,
  name: '收款',
  columns: [
    { member: 'atIso', head: '时间', shape: 'time' },
    { member: 'plate', head: '车牌', shape: 'plate' },
    { member: 'amountFen', head: '金额', shape: 'money' },
    { member: 'means', head: '方式', shape: 'word', words: { cash: '现金' } },
    { member: 'by', head: '经手', shape: 'text' },
    { member: 'detail', head: '内容', shape: 'facts', words: { act: '操作', dueFen: '应收' } },
  ],
})
const row = {
  atIso: '2026-03-14T10:15:20.000+08:00',
  plate: '测A12345',
  amountFen: 1205,
  means: 'cash',
  by: '=HYPERLINK("http://x","y")',
  detail: '{"act":"lane.settle","dueFen":1205,"note":null,"more":{"by":"王,五"}}',
}
const made = (format: SheetFormat, rows: readonly object[] = [row]) =>
  ledgerSheet(plan(format), () => ({ rows, next: null }))

it('CSV has a byte order mark, words, yuan, quotes where they are wanted, and no formula', async () => {
  const { bytes, rows, cut } = await made('csv')
  expect([rows, cut]).toEqual([1, false])
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
    '\uFEFF时间,车牌,金额,方式,经手,内容\r\n' +
      `2026-03-14 10:15:20,测A·12345,12.05,现金,"'=HYPERLINK(""http://x"",""y"")",` +
      '"操作 lane.settle · 应收 12.05 · by 王,五"\r\n',
  )
})

it('XLSX has a number for money and text for everything else', async () => {
  const bytes = Buffer.from((await made('xlsx')).bytes)
  const [head, first] = sheetsOf(bytes).get('收款') ?? []
  expect(head).toEqual(['时间', '车牌', '金额', '方式', '经手', '内容'])
  expect(first?.slice(0, 5)).toEqual([
    ...['2026-03-14 10:15:20', '测A·12345', '12.05', '现金'],
    `'=HYPERLINK("http://x","y")`,
  ])
  const sheet = zipParts(bytes).get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? ''
  expect(sheet).not.toContain('<f>')
  expect(sheet).toMatch(/<c r="C2"(?! t="s")[^>]*><v>12\.05<\/v>/)
})

describe('a cell that a spreadsheet would take for a formula', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n-2'])(
    '%j is marked',
    (text) => {
      expect(harmless(text)).toBe(`'${text}`)
    },
  )
  it.each(['测A12345', '1=1', '现金', '王-五', ''])('%j stays as it is', (text) => {
    expect(harmless(text)).toBe(text)
  })
})

it('says that there would have been more, and takes no more than it may', async () => {
  const few = Array.from({ length: 1_000 }, () => row)
  let pages = 0
  const sheet = await ledgerSheet(plan('csv'), () => ({ rows: few, next: ++pages }))
  expect([sheet.rows, sheet.cut, pages]).toEqual([sheetRowsMax, true, sheetRowsMax / 1_000])
})
