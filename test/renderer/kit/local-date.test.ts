// Days and times of the lot as people type them: Chinese marks, blanks and slashes are read, days that no calendar has are
// not, and what a field keeps is the same in both languages.
import { expect, it } from 'vitest'
import {
  daysOf,
  endDay,
  movedDate,
  movedMonths,
  readDate,
  shownDate,
  weeksOf,
} from '#renderer/kit/local-date.ts'

it.each([
  ['2026-3-5', '2026-03-05'],
  ['2026/03/05', '2026-03-05'],
  ['2026年3月5日', '2026-03-05'],
  ['20260305', '2026-03-05'],
  ['2024-02-29', '2024-02-29'],
  ['2026-02-29', null],
  ['2026-13-01', null],
  ['1999-12-31', null],
  ['3-5', null],
  ['2026-03-05 08:30', null],
  ['', null],
])('a day: %s', (text, value) => expect(readDate(text, 'day')).toBe(value))

it.each([
  ['2026-03-05 8：30', '2026-03-05T08:30'],
  ['2026-03-05T08:30', '2026-03-05T08:30'],
  ['2026-03-05', '2026-03-05T00:00'],
  ['2026-03-05 24:00', null],
  ['2026-03-05 8:60', null],
])('a minute: %s', (text, value) => expect(readDate(text, 'minute')).toBe(value))

it('a second is kept, and days go over months and years', () => {
  expect(readDate('2026-03-05 08:30:07', 'second')).toBe('2026-03-05T08:30:07')
  expect(readDate('2026-03-05 08:30', 'second')).toBe('2026-03-05T08:30:00')
  expect(movedDate('2026-12-31T08:30', 1)).toBe('2027-01-01T08:30')
  expect(shownDate('2026-03-05T08:30')).toBe('2026-03-05 08:30')
})

it.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-03-31', -1, '2026-02-28'],
])('%s moved by %i months', (day, months, moved) => expect(movedMonths(day, months)).toBe(moved))

it.each([
  // Begins on a Sunday, and ends on a Saturday: the most weeks around a month of 28 days.
  ['2026-02-10', '2026-01-26', 5, '2026-03-01'],
  // Begins on a Monday.
  ['2026-06-30', '2026-06-01', 5, '2026-07-05'],
  // Four whole weeks.
  ['2027-02-01', '2027-02-01', 4, '2027-02-28'],
  ['2026-08-01', '2026-07-27', 6, '2026-09-06'],
])('the weeks of %s', (day, first, count, last) => {
  const weeks = weeksOf(day)
  expect(weeks.map(({ length }) => length)).toEqual(Array.from({ length: count }, () => 7))
  expect([weeks[0]?.[0], weeks.at(-1)?.at(-1)]).toEqual([first, last])
})

it.each([
  ['week', '2026-03-14', '2026-03-09', '2026-03-14'],
  ['week', '2026-03-16', '2026-03-16', '2026-03-16'],
  ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
  ['month', '2026-03-14', '2026-03-01', '2026-03-14'],
  ['month', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['lastMonth', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['lastMonth', '2026-01-01', '2025-12-01', '2025-12-31'],
] as const)('%s on %s', (span, today, first, last) => {
  expect(daysOf(span, today)).toEqual([first, last])
})

it.each([
  ['monthEnd', '2026-03-14', '2026-03-31'],
  ['monthEnd', '2024-02-29', '2024-02-29'],
  ['monthEnd', '2026-12-01', '2026-12-31'],
  ['oneMonth', '2026-03-14', '2026-04-13'],
  ['oneMonth', '2026-03-01', '2026-03-31'],
  ['oneMonth', '2026-01-31', '2026-02-28'],
  ['oneMonth', '2026-12-15', '2027-01-14'],
  ['oneYear', '2026-03-14', '2027-03-13'],
  ['oneYear', '2026-01-01', '2026-12-31'],
  ['oneYear', '2024-02-29', '2025-02-28'],
] as const)('%s from %s', (end, first, last) => expect(endDay(end, first)).toBe(last))
