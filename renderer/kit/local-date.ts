// Days and times in the lot's zone, as a person types them and as fields keep them: ISO text without an offset.
// Spaces, slashes, full-width letters and the marks of a Chinese date are accepted; a day that does not exist is not.
export type DateKind = 'day' | 'minute' | 'second'

/** Examples of the format, shown to a person. */
export const dateLike: Readonly<Record<DateKind, string>> = {
  day: '2026-03-14',
  minute: '2026-03-14 08:30',
  second: '2026-03-14 08:30:00',
}

const dayMs = 86_400_000
const yearMin = 2000
const yearMax = 2099
const two = (text: string): string => text.padStart(2, '0')

/** The date as ISO text, or null for text that is not a date from 2000 to 2099. A missing time means midnight. */
export function readDate(text: string, kind: DateKind): string | null {
  const found =
    /^(\d{4})(?:[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})日?|(\d\d)(\d\d))(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(
      text.normalize('NFKC').trim(),
    )
  if (found === null) return null
  const [, year = '', m = '', d = '', mm = '', dd = '', hour, minute = '00', second = '00'] = found
  const day = `${year}-${two(m || mm)}-${two(d || dd)}`
  const atMs = Date.parse(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(atMs) && new Date(atMs).toISOString().slice(0, 10) === day
  if (!isDay || Number(year) < yearMin || Number(year) > yearMax) return null
  if (Number(hour ?? 0) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  if (kind === 'day') return hour === undefined ? day : null
  const time = `${day}T${two(hour ?? '0')}:${minute}`
  return kind === 'minute' ? time : `${time}:${second}`
}

export const shownDate = (value: string): string => value.replace('T', ' ')

/** The date that many days later, at the same time of day. */
export function movedDate(value: string, days: number): string {
  const atMs = Date.parse(`${value.slice(0, 10)}T00:00:00Z`) + days * dayMs
  return new Date(atMs).toISOString().slice(0, 10) + value.slice(10)
}

const utcOf = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`)
const monthLength = (year: number, month: number): number =>
  new Date(Date.UTC(year, month + 1, 0)).getUTCDate()

/** The same day of another month, or the last one of a shorter month. */
export function movedMonths(day: string, months: number): string {
  const at = utcOf(day)
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1))
  const length = monthLength(first.getUTCFullYear(), first.getUTCMonth())
  return movedDate(first.toISOString().slice(0, 10), Math.min(at.getUTCDate(), length) - 1)
}

/** 0 for a Monday. */
export const weekdayOf = (day: string): number => (utcOf(day).getUTCDay() + 6) % 7

const monthStart = (day: string): string => `${day.slice(0, 8)}01`
const monthEnd = (day: string): string => movedDate(movedMonths(monthStart(day), 1), -1)

/** The weeks that have a day of its month, each from Monday to Sunday. */
export function weeksOf(day: string): readonly (readonly string[])[] {
  const first = movedDate(monthStart(day), -weekdayOf(monthStart(day)))
  const weeks: string[][] = []
  for (let at = first; at <= monthEnd(day); at = movedDate(at, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => movedDate(at, i)))
  return weeks
}

/** Spans that a person names: of this week and month the days so far. */
export const daySpans = ['week', 'month', 'lastMonth'] as const
export type DaySpan = (typeof daySpans)[number]

/** First and last day of a named span. */
export function daysOf(span: DaySpan, today: string): readonly [first: string, last: string] {
  if (span === 'week') return [movedDate(today, -weekdayOf(today)), today]
  if (span === 'month') return [monthStart(today), today]
  const last = movedDate(monthStart(today), -1)
  return [monthStart(last), last]
}

/** How long something is valid, as a person says it. */
export const dayEnds = ['monthEnd', 'oneMonth', 'oneYear'] as const
type DayEnd = (typeof dayEnds)[number]

/** The last day of what begins on `first`: a month is over the day before its day of the next month, or with that month. */
export function endDay(end: DayEnd, first: string): string {
  if (end === 'monthEnd') return monthEnd(first)
  const next = movedMonths(first, end === 'oneMonth' ? 1 : 12)
  return next.slice(8) === first.slice(8) ? movedDate(next, -1) : next
}
