// Points in time as integer milliseconds since 1970 UTC, and their ISO 8601 text with offset.
// Pure arithmetic (no Date), so that core computes the same in every time zone and process.
import { must } from './must.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type InstantMs = number

type IsoKey<K> = K extends 'atMs' | 'fromMs' | 'toMs' | `${string}AtMs`
  ? K extends `${infer Name}Ms`
    ? `${Name}Iso`
    : never
  : K

/** Form of the control API: each instant `…Ms` becomes its text `…Iso`. Durations stay. */
export type InIso<T> = T extends readonly (infer E)[]
  ? readonly InIso<E>[]
  : T extends object
    ? { readonly [K in keyof T as IsoKey<K>]: IsoKey<K> extends K ? InIso<T[K]> : string }
    : T

/** China has one offset and no daylight saving. */
export const chinaOffsetMin = 480
export const dayMs = 86_400_000
export const minuteMs = 60_000

interface CivilTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  /** 0 = Sunday. */
  weekday: number
}

/** Civil (wall clock) parts at the given offset. Algorithm: days-from-civil, proleptic Gregorian. */
export function civil(atMs: InstantMs, offsetMin = chinaOffsetMin): CivilTime {
  const local = atMs + offsetMin * minuteMs
  const days = Math.floor(local / dayMs)
  const rest = local - days * dayMs
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const doe = z - era * 146_097
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365,
  )
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100))
  const mp = Math.floor((5 * doy + 2) / 153)
  const month = mp < 10 ? mp + 3 : mp - 9
  return {
    year: yoe + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / minuteMs) % 60,
    second: Math.floor(rest / 1000) % 60,
    ms: rest % 1000,
    weekday: (((days + 4) % 7) + 7) % 7,
  }
}

/** Instant of a civil time at the given offset. */
export function instantOf(
  year: number,
  month: number,
  day: number,
  timeOfDayMs = 0,
  offsetMin = chinaOffsetMin,
): InstantMs {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yoe = y - era * 400
  const mp = month > 2 ? month - 3 : month + 9
  const doy = Math.floor((153 * mp + 2) / 5) + day - 1
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy
  return (era * 146_097 + doe - 719_468) * dayMs + timeOfDayMs - offsetMin * minuteMs
}

const twos: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'))
const two = (n: number): string => twos[n] ?? String(n)

/** `2026-11-20T14:30:00.123+08:00` (P5 of platform-access.md). */
export function isoOf(atMs: InstantMs, offsetMin = chinaOffsetMin): string {
  const c = civil(atMs, offsetMin)
  const sign = offsetMin < 0 ? '-' : '+'
  const abs = Math.abs(offsetMin)
  const zone = `${sign}${two(Math.floor(abs / 60))}:${two(abs % 60)}`
  return (
    `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)}` +
    `T${two(c.hour)}:${two(c.minute)}:${two(c.second)}.${String(c.ms).padStart(3, '0')}${zone}`
  )
}

/** 17 digits `yyyyMMddHHmmssSSS`, Beijing time (P5). */
export function compactOf(atMs: InstantMs): string {
  const iso = isoOf(atMs)
  const day = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10)
  return day + iso.slice(11, 13) + iso.slice(14, 16) + iso.slice(17, 19) + iso.slice(20, 23)
}

/** 14 digits `yyyyMMddHHmmss`, Beijing time: the BCD date-time of RSU frames. */
export const bcdDateTimeOf = (atMs: InstantMs): string => compactOf(atMs).slice(0, 14)

const bcdShape = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

/** Instant of such a text, or null when it is no time: bytes of a frame may hold anything. */
export const bcdInstantOf = (bcd: string): InstantMs | null =>
  bcdShape.test(bcd) ? parseIso(bcd.replace(bcdShape, '$1-$2-$3T$4:$5:$6+08:00')) : null

const isoShape =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:\d{2})$/

/** Instant of an ISO 8601 text with offset, or null when the text is not one (2026-02-30 is not). */
export function parseIso(text: string): InstantMs | null {
  const m = isoShape.exec(text)
  if (!m) return null
  const num = (i: number): number => Number(m[i] ?? '0')
  const [hour, minute, second] = [num(4), num(5), num(6)]
  if (hour > 23 || minute > 59 || second > 59) return null
  const zone = m[8] === 'Z' ? '+00:00' : (m[8] ?? '+00:00')
  const offsetMin =
    (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)))
  if (Math.abs(offsetMin) > 14 * 60) return null
  const ms = Number((m[7] ?? '0').padEnd(3, '0'))
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000 + ms
  const atMs = instantOf(num(1), num(2), num(3), timeMs, offsetMin)
  const back = civil(atMs, offsetMin)
  if (back.month !== num(2) || back.day !== num(3)) return null
  return atMs
}

/** Start of the local day that contains the instant. */
export function dayStartMs(atMs: InstantMs, offsetMin = chinaOffsetMin): InstantMs {
  const local = atMs + offsetMin * minuteMs
  return Math.floor(local / dayMs) * dayMs - offsetMin * minuteMs
}

/** Instant of a text that the program itself wrote; crashes on anything else. */
export function instantOfIso(text: string): InstantMs {
  const atMs = parseIso(text)
  must(atMs !== null, `"${text}" is not an ISO 8601 time with offset`)
  return atMs
}
