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
