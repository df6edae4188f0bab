// Holiday calendars imported into a tariff: both forms, what they replace, and why they are refused.
// The calendar decides which dates are days off and which Saturdays are worked, for its own years.
import { expect, test } from 'vitest'
import { withDays } from '#lane/lot/files/day-list.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'

const old = {
  ...demoTariff,
  days: { holidays: ['2025-10-01', '2026-01-01'], workdays: ['2026-02-07'] },
}
const wanted = { holidays: ['2025-10-01', '2026-10-01', '2026-10-02'], workdays: ['2026-10-10'] }
const csv = '# 国庆\n2026-10-02,off,国庆节\r\n2026-10-01,off\n\n2026-10-10,work\n'
const json = JSON.stringify({
  year: 2026,
  days: [
    { name: '国庆节', date: '2026-10-01', isOffDay: true },
    { name: '国庆节', date: '2026-10-02', isOffDay: true },
    { name: '国庆节', date: '2026-10-10', isOffDay: false },
  ],
})

test.each([
  ['CSV', csv],
  [
    'CSV of a spreadsheet',
    '\ufeff日期,类型\r\n2026/10/2,休\r\n2026/10/1,休,国庆\r\n2026/10/10,班 \r\n',
  ],
  [
    'a table with semicolons and full dates',
    'sep=;\n日期;类型\n2026年10月2日;休\n46296;休\n2026-10-10 00:00:00;班\n',
  ],
  ['JSON', json],
  ['JSON with a mark', `\ufeff${json}`],
])('%s replaces its own years and leaves others', (_form, text) => {
  const imported = withDays(old, text, 'days')
  expect(imported.tariff.days).toEqual(wanted)
  expect(imported.tariff.editions).toEqual(demoTariff.editions)
  expect([imported.added, imported.removed]).toEqual([3, 2])
  const again = withDays(imported.tariff, text, 'days')
  expect(again).toEqual({ tariff: imported.tariff, added: 0, removed: 0 })
})

test.each([
  ['a line that is none', '2026-10-01 off', 'line 1', '2026-10-01 off'],
  ['an unknown kind', '2026-10-01,off\n2026-10-02,half', 'line 2', '2026-10-02,half'],
  ['a date that is none', '2026-02-30,off', '/days/holidays/1', '"2026-02-30"'],
  ['a date twice', '2026-10-01,off\n2026-10-01,work', '/days/workdays/0', '"2026-10-01"'],
  ['titles below a date', '2026-10-01,off\ndate,kind', 'line 2', 'date,kind'],
  ['other titles', 'day,kind\n2026-10-01,off', 'line 1', 'day,kind'],
  ['an empty file', '\n', '/days', undefined],
  ['titles alone', 'date,kind', '/days', undefined],
  ['an empty list', '{"days":[]}', '/days', undefined],
  ['JSON of something else', '{"days":[{"date":1}]}', '/days/0/date', undefined],
])('refuses %s', (_what, text, field, value) => {
  expect(() => withDays(old, text, 'days.csv')).toThrow(
    expect.objectContaining({
      code: 'TARIFF-01',
      detail: expect.objectContaining({
        file: 'days.csv',
        field,
        ...(value === undefined ? {} : { value }),
      }),
    }),
  )
})
