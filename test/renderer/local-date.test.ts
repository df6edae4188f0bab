// Days and times of the lot as people type them: Chinese marks, blanks and slashes are read, days that no calendar has are
// not, and what a field keeps is the same in both languages.
import { expect, it } from 'vitest'
import { movedDate, readDate, shownDate } from '../../renderer/kit/local-date.ts'

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
