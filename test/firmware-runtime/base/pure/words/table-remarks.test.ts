// Remarks of a workbook beside the text of its cells: read by every table, and never taken for a row. A number counts days
// from the first day of its own workbook, and an old entry is for a person to check.
import { describe, expect, it } from 'vitest'
import { readInsideCsv } from '#lane/pure/lot/inside-csv.ts'
import { instantOfIso, isoOf } from '#base/pure/values/instant.ts'
import { noRemarks, remarksOf, withRemarks } from '#base/pure/words/table-remarks.ts'
import { rowsOf } from '#base/pure/data/table-rows.ts'
import { dayOf } from '#base/pure/tables/cells.ts'
import { checkTariff } from '#lane/lot/files/tariff-file.ts'
import { withDays } from '#lane/lot/files/day-list.ts'
import { readWorkbook } from '#base/tables/workbook-reader.ts'
import { workbook } from '../../../../kit/workbook-kit.ts'

const at = { lanes: ['entry'], nowMs: instantOfIso('2026-11-30T12:00:00+08:00') }
const sheet = (...cars: readonly (readonly [plate: string, entered: string, of?: string])[]) =>
  `<row r="1"><c r="A1" t="str"><v>车牌</v></c><c r="B1" t="str"><v>入场时间</v></c></row>${cars
    .map(
      ([plate, entered, of = ''], n) =>
        `<row r="${n + 2}" ${of}><c r="A${n + 2}" t="str"><v>${plate}</v></c><c r="B${n + 2}"><v>${entered}</v></c></row>`,
    )
    .join('')}`
const book1904 =
  '<workbook><workbookPr date1904="1"/><sheets><sheet r:id="rId1"/></sheets></workbook>'

it.each<[string, typeof noRemarks]>([
  ['a\n', noRemarks],
  ['a\n', { ...noRemarks, daysFrom: 1904 }],
  ['a\n', { hiddenRows: 3, hiddenColumns: 0, daysFrom: 1900 }],
  ['', { hiddenRows: 0, hiddenColumns: 2, daysFrom: 1904 }],
])('of %o are carried: %o', (text, remarks) => {
  const carried = withRemarks(text, remarks)
  expect(remarksOf(carried)).toEqual(remarks)
  expect(rowsOf(carried)).toEqual(rowsOf(text))
})

it.each(['#workbook hiddenRows=1\n', 'x,#workbook hiddenRows=1 hiddenColumns=1 daysFrom=1904\n'])(
  'a cell like %o is a cell',
  (text) => {
    expect([remarksOf(text), rowsOf(text)]).toMatchObject([noRemarks, [{ line: 1 }]])
  },
)

describe('a number in General format', () => {
  it.each<[string, string | undefined, string, string]>([
    ['1904, as days', book1904, '44893.5', '2026-11-29T12:00:00.000+08:00'],
    ['1904, a whole day with a fraction', book1904, '44893.25', '2026-11-29T06:00:00.000+08:00'],
    ['1900', undefined, '46355.5', '2026-11-29T12:00:00.000+08:00'],
    ['1904, below the range of 1900', book1904, '18600.5', '1954-12-04T12:00:00.000+08:00'],
  ])('%s is a time of its workbook', async (_name, book, serial, iso) => {
    const bytes = workbook({ rows: sheet(['测A12345', serial]), ...(book ? { book } : {}) })
    const { cars, bad } = readInsideCsv(String(await readWorkbook(bytes)), at)
    // A time before this century is refused in its cell.
    const shown = cars.map(({ enteredAtMs }) => isoOf(enteredAtMs))
    expect([shown, bad.length]).toEqual(iso.startsWith('20') ? [[iso], 0] : [[], 1])
  })

  it('is a day of its workbook in a cell and in a calendar', () => {
    expect([dayOf('44561', 1904), dayOf('44561')]).toEqual(['2026-01-01', '2021-12-31'])
    const days = { holidays: [], workdays: [] }
    const tariff = {
      id: 'x',
      version: 2,
      use: 'nonCommercial',
      decidedBy: 'exit',
      days,
      editions: [],
    }
    const name = { zh: '一', en: 'one' }
    const text = withRemarks('日期,类别\n44561,休\n', { ...noRemarks, daysFrom: 1904 })
    const { holidays } = withDays(checkTariff({ ...tariff, name }, 'x').tariff, text, 'days').tariff
      .days
    expect(holidays).toEqual(['2026-01-01'])
  })
})

it.each<[string, string, readonly [number, number]]>([
  ['a filtered row', sheet(['测A12345', '46355.5', 'hidden="1"'], ['测A2', '1']), [1, 0]],
  [
    'three of them',
    sheet(
      ...Array.from({ length: 3 }, (_, n) => [`测A1234${n}`, '46355.5', 'hidden="true"'] as const),
    ),
    [3, 0],
  ],
  ['one that is shown', sheet(['测A12345', '46355.5', 'hidden="0"']), [0, 0]],
  ['an empty hidden row', `${sheet()}<row r="2" hidden="1"/>`, [0, 0]],
  ['a collapsed group', sheet(['测A12345', '46355.5', 'outlineLevel="1" hidden="1"']), [1, 0]],
  [
    'a hidden column',
    `<cols><col min="2" max="2" hidden="1"/></cols>${sheet(['测A12345', '46355.5'])}`,
    [0, 1],
  ],
  [
    'columns behind the table',
    `<cols><col min="3" max="16384" hidden="1"/></cols>${sheet(['测A12345', '46355.5'])}`,
    [0, 0],
  ],
])('%s is counted: %o', async (_name, rows, [hiddenRows, hiddenColumns]) => {
  const text = String(await readWorkbook(workbook({ rows })))
  const hidden = hiddenRows + hiddenColumns === 0 ? undefined : { hiddenRows, hiddenColumns }
  expect(readInsideCsv(text, at).hidden).toEqual(hidden)
})
