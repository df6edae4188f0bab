// A table is one declaration: an invented one is read, refused, saved, made a template and a workbook, and read again, with
// no code besides its columns.
import { describe, expect, test } from 'vitest'
import { t } from '#base/pure/words/fault-text.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'
import {
  dayOf,
  day,
  integer,
  oneOf,
  orNone,
  plainNumber,
  plate,
  text,
  time,
  timeOf,
  words,
  yuan,
} from '#base/pure/tables/cells.ts'
import {
  columnHelp,
  defineTable,
  readTable,
  shapesOf,
  tableCsv,
  templateCsv,
  type RowOf,
} from '#base/pure/tables/table.ts'
import { readWorkbook } from '#base/tables/workbook-reader.ts'
import { templateOf, workbookOf } from '#base/tables/workbook-writer.ts'

const towed = defineTable({
  name: t('拖车', 'towed'),
  key: 'code',
  twice: t('单号重复', 'this code stands twice'),
  rowsMax: 5,
  code: 'FILE-01',
  columns: {
    code: { zh: '单号', cell: text({ example: '0042', help: t('四位', 'four digits') }) },
    plate: { zh: '车牌', also: ['车牌号'], cell: plate('测A12345') },
    why: { zh: '原因', cell: oneOf('原因', { blocked: '堵路', expired: '过期' }) },
    fee: { zh: '费用', cell: yuan('120.00') },
    hours: {
      zh: '小时',
      cell: orNone(integer('2', { digits: 2, max: 72 }, t('0 到 72', '0 to 72'))),
    },
    on: { zh: '日期', cell: day('2026-12-01') },
    at: { zh: '时间', isOptional: true, cell: orNone(time('2026-12-01 08:00')) },
    yards: { zh: '停放点', isOptional: true, cell: words({ example: '东', help: t('', '') }) },
  },
})
type Towed = RowOf<typeof towed.columns>
const one: Towed = {
  code: '0042',
  plate: '测A12345',
  why: 'blocked',
  fee: 123_450,
  hours: 2,
  on: '2026-12-01',
  at: instantOfIso('2026-12-01T08:00:30+08:00'),
  yards: ['东', '西'],
}
const two: Towed = { ...one, code: '=1+1', hours: null, at: null, yards: [], fee: 5 }

const noBeside = { aside: [], notes: [] }
const read = (from: string) => readTable(towed, from, (row) => row)
const head = '单号,车牌,原因,费用,小时,日期,时间,停放点'
const csv = `\ufeff${head}\r\n0042,测A12345,堵路,1234.50,2,2026-12-01,2026-12-01 08:00:30,东 西\r\n'=1+1,测A12345,堵路,0.05,,2026-12-01,,\r\n`

test('is saved, and read as it was', () => {
  expect(tableCsv(towed.columns, [one, two])).toBe(csv)
  expect(read(csv)).toEqual({ rows: [one, two], bad: [], ...noBeside })
})

test('is a workbook with numbers, days and times, whose codes keep their zeros', async () => {
  const bytes = await workbookOf(towed.name.zh, csv, shapesOf(towed))
  const back = await readWorkbook(bytes)
  expect(back).toContain('0042,测A12345,堵路,1234.5,2,2026-12-01,2026-12-01 08:00:30,东 西\n')
  expect(read(String(back))).toEqual({ rows: [one, two], bad: [], ...noBeside })
})

test('has a template that is read, and says what stands in each column', async () => {
  for (const language of ['zh', 'en'] as const) {
    const from = [
      templateCsv(towed, language),
      await readWorkbook(await templateOf(towed, language)),
    ]
    for (const one of from) {
      const { rows, bad } = read(String(one))
      expect([rows.length, bad]).toEqual([1, []])
    }
  }
  expect(columnHelp(towed)[2]).toEqual({
    head: t('原因', 'why'),
    isOptional: false,
    help: t('原因为 堵路、过期', 'one of blocked, expired'),
  })
  expect(columnHelp(towed)[4]?.help.en).toBe('0 to 72, or empty')
})

test('is read by other headings, in any order, below a title and beside other columns', () => {
  const rows =
    '拖车表,,\n日期,why,车牌号,单号,金额,fee,小时\n46357,expired,测a·12345,7,x,"1,200",\n'
  expect(read(rows).rows).toEqual([{ ...two, code: '7', why: 'expired', fee: 120_000 }])
})

describe('is refused by line, heading and value', () => {
  const line = '7,测A12345,堵路,5,2,2026-12-01,,'
  test.each([
    ['测A12345', '测A1', '车牌', '测A1', 'not a number plate'],
    ['堵路', '走失', '原因', '走失', 'one of blocked, expired'],
    [',5,', ',5.555,', '费用', '5.555', 'an amount such as 12.50'],
    [',2,', ',73,', '小时', '73', '0 to 72'],
    ['2026-12-01', '2026/13/1', '日期', '2026-13-01', 'not a date such as 2026-12-01'],
    ['01,,', '01,8:00,', '时间', '8:00', 'not a time such as 2026-12-01 08:00'],
  ])('%s as %s', (good, bad, field, value, en) => {
    const { rows, bad: found } = read(
      `${head}\n${line}\n${line.replace(good, bad).replace('7,', '8,')}`,
    )
    expect(rows).toHaveLength(1)
    expect(found).toMatchObject([{ line: 3, field, value, text: { en } }])
  })

  test('a key twice, a column that is missing, too many lines', () => {
    expect(read(`${head}\n${line}\n${line}`).bad).toMatchObject([
      { line: 3, field: '单号', value: '7', text: towed.twice },
    ])
    expect(read('单号,车牌\n').bad).toMatchObject(
      ['原因', '费用', '小时', '日期'].map((field) => ({ line: 1, field, value: '单号,车牌' })),
    )
    const many = [head, ...Array.from({ length: 6 }, () => line)].join('\n')
    expect(read(many).bad).toMatchObject([{ line: 1, value: '6', text: { en: 'at most 5 lines' } }])
  })

  test('what only the caller knows', () => {
    const { bad } = readTable(towed, `${head}\n${line}`, (row, { refuse }) => [
      refuse('plate', row.plate, '不在场内', 'not inside'),
    ])
    expect(bad).toMatchObject([{ line: 2, field: '车牌', value: '测A12345' }])
  })
})

test.each([
  ['1,234.50', '1234.50'],
  ['12.0', '12'],
  ['12.00', '12'],
  ['1E+3', '1000'],
  ['1.5e3', '1500'],
  ['12,34', '12,34'],
  ['1E', '1E'],
  ['0042', '0042'],
  ['1E99', '1E99'],
])('a number %s is %s', (given, plain) => {
  expect(plainNumber(given)).toBe(plain)
})

test.each([
  ['2026/1/5', '2026-01-05'],
  ['2026年1月5日', '2026-01-05'],
  ['2026-01-05 00:00:00', '2026-01-05'],
  ['2026/1/5 0:00', '2026-01-05'],
  ['46027', '2026-01-05'],
  ['46027.0', '2026-01-05'],
  ['2026-01-05 08:00', '2026-01-05'],
  ['46027.5', '2026-01-05'],
  ['20260105', '2026-01-05'],
  ['12026/1/5', '12026/1/5'],
])('a day %s is %s', (given, day) => {
  expect(dayOf(given)).toBe(day)
})

test.each([
  ['46351.334722222222', '2026-11-25T08:02:00+08:00'],
  ['2026/11/25 8:02', '2026-11-25T08:02:00+08:00'],
  ['2026-11-25T00:02:00Z', '2026-11-25T08:02:00+08:00'],
])('a time %s', (given, iso) => {
  expect(timeOf(given)).toBe(instantOfIso(iso))
})
