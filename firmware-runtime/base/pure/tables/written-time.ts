// Days and times as people, spreadsheets and other parking software write them: one reader for every column of every
// table (ADR 382). A text without a zone is in the time of the lot; a time of a day is never guessed.
import {
  chinaOffsetMin,
  civil,
  dayMs,
  instantOf,
  isoOf,
  type InstantMs,
} from '../values/instant.ts'
import type { DaysFrom } from '../words/table-remarks.ts'

interface WrittenTime {
  /** `2026-01-05` in the time of the lot; months and days of the text, also where no calendar has them. */
  readonly day: string
  /** Null: a day alone, or no point in time. */
  readonly atMs: InstantMs | null
  readonly isDay: boolean
}

const two = (part: string): string => part.padStart(2, '0')

/** Serial day of a spreadsheet. */
const serialShape = /^\d{5}(?:\.\d{1,15})?$/
/** Days from the end of 1899 to the first day of a workbook; only numbers for 1954 to 2119 are taken as days. */
const firstDay: Readonly<Record<DaysFrom, number>> = { 1900: 0, 1904: 1_462 }
const isCountedDay = (day: number): boolean => day >= 20_000 && day < 80_000
/** Milliseconds or seconds since 1970, of 2001 to 2033. */
const epochShape = /^1\d{9}(?:\d{3})?$/
const digitsShape = /^(20\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/
const dateShape = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const clockShape =
  /^(?:[T ]\s{0,3})?(上午|下午|AM|PM)?\s{0,3}(\d{1,2})[:时点](\d{1,2})(?:分(?!\d)|[:分](\d{1,2})秒?(?:[.,]\d{1,9})?)?\s{0,3}(AM|PM)?/i
const zoneShape = /^\s*(?:Z|(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?|CST)$/i
const weekday = /\s*[(]?(?:星期|周)[一二三四五六日天][)]?\s*/u
/** `Mon Jan 05 08:02:00 CST 2026`: the text of a time in Java. */
const javaShape =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}:\d{2}:\d{2}) (CST|GMT\+08:00|\+0800) (\d{4})$/
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'

const instantIn = (atMs: InstantMs): WrittenTime => ({
  day: isoOf(atMs).slice(0, 10),
  atMs,
  isDay: true,
})

/** Hours of a day from those of a clock with halves; null where the clock has none such. */
function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour
  if (hour > 23) return null
  if (/下午|PM/i.test(half)) return hour < 12 ? hour + 12 : hour
  return hour === 12 ? 0 : hour
}

interface Clock {
  readonly timeMs: number
  readonly offsetMin: number | null
}

function clockOf(text: string): Clock | null {
  const clock = clockShape.exec(text)
  if (clock === null) return null
  const [all, before = '', hourText = '', minute = '', second = '0', after = ''] = clock
  const hour = hourOf(Number(hourText), before === '' ? after : before)
  const isWhole = hour === 24 && Number(minute) === 0 && Number(second) === 0
  if (hour === null || (hour > 23 && !isWhole) || Number(minute) > 59 || Number(second) > 59)
    return null
  const timeMs = ((hour * 60 + Number(minute)) * 60 + Number(second)) * 1_000
  const rest = text.slice(all.length)
  if (rest.trim() === '') return { timeMs, offsetMin: null }
  const zone = zoneShape.exec(rest)
  if (zone === null) return null
  const [said, sign, hours = '0', minutes = '0'] = zone
  const offsetMin = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  if (/CST/i.test(said)) return { timeMs, offsetMin: chinaOffsetMin }
  return Math.abs(offsetMin) > 14 * 60 ? null : { timeMs, offsetMin }
}

/** Null: neither a day nor a time. `daysFrom`: of the workbook that a number comes from. */
export function writtenTime(given: string, daysFrom: DaysFrom = 1900): WrittenTime | null {
  const text = given.normalize('NFKC').trim()
  const day = serialShape.test(text) ? Number(text) + firstDay[daysFrom] : NaN
  if (isCountedDay(day)) {
    const ms = Math.round((day * dayMs) / 1_000) * 1_000
    return instantIn(instantOf(1899, 12, 30) + ms)
  }
  if (epochShape.test(text)) return instantIn(Number(text.padEnd(13, '0')))
  const java = javaShape.exec(text)
  if (java !== null) {
    const [, month = '', date = '', clock = '', , year = ''] = java
    const at = months.indexOf(month)
    return at % 3 === 0 ? writtenTime(`${year}-${at / 3 + 1}-${date} ${clock}`) : null
  }
  const digits = digitsShape.exec(text)
  if (digits !== null) {
    const [, year = '', month = '', date = '', hour, minute = '', second = '00'] = digits
    const clock = hour === undefined ? '' : ` ${hour}:${minute}:${second}`
    return writtenTime(`${year}-${month}-${date}${clock}`)
  }
  return datedTime(text.replace(weekday, ' ').trim())
}

function datedTime(text: string): WrittenTime | null {
  const [all = '', year = '', month = '', date = ''] = dateShape.exec(text) ?? []
  if (all === '') return null
  const rest = text.slice(all.length)
  const startMs = instantOf(Number(year), Number(month), Number(date), 0, 0)
  const back = civil(startMs, 0)
  const isDay = back.month === Number(month) && back.day === Number(date)
  const day = `${year}-${two(month)}-${two(date)}`
  if (rest.trim() === '') return { day, atMs: null, isDay }
  if (!all.endsWith('日') && !/^[\sT]/i.test(rest)) return null
  const clock = clockOf(rest)
  if (clock === null) return null
  const { timeMs, offsetMin } = clock
  const atMs = startMs + timeMs - (offsetMin ?? chinaOffsetMin) * 60_000
  if (!isDay) return { day, atMs: null, isDay }
  // 24:00 of a day is the end of that day, and a zone may move a time into the day beside it.
  return { day: offsetMin === null ? day : isoOf(atMs).slice(0, 10), atMs, isDay }
}
