// How cameras spell a time, one reader for each spelling. A make lists the spellings that it uses (lane-devices.md 1.8), so
// that no text is read by the rule of another make; a text without a zone is Chinese time.
import type { PlateRead } from '../lane/plate-read.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'

/** Null: the text has another spelling. */
type TimeSpelling = (text: string) => InstantMs | null

/** Longest text of a time that is kept for people. */
export const rawTimeCharsMax = 64

const two = (digits: string): string => digits.padStart(2, '0')

interface CivilText {
  readonly day: readonly [year: string, month: string, day: string]
  /** `h:mm`, with seconds and a fraction where they are stated. */
  readonly clock: string
  readonly zone: string | undefined
}

/** `Z`, `GMT`, `UTC`, `+8`, `+8:00`, `+0800` and `+08:00`; none is +08:00. Null: another word. */
function zoneOf(said: string | undefined): string | null {
  if (said === undefined || said === '') return '+08:00'
  if (/^(?:Z|GMT|UTC?)$/i.test(said)) return '+00:00'
  const m = /^([+-])(\d{1,2}?)(?::?(\d{2}))?$/.exec(said)
  const [, sign = '', hours = '', minutes = '00'] = m ?? []
  return m === null || Number(minutes) > 59 ? null : `${sign}${two(hours)}:${minutes}`
}

function instantOfCivil({ day: [year, month, day], clock, zone }: CivilText): InstantMs | null {
  const offset = zoneOf(zone)
  if (offset === null) return null
  const [hour = '', ...rest] = clock.split(':')
  // Midnight at the end of a day, as ISO 8601 allows it.
  const isEnd = hour === '24' && rest.every((one) => /^0+(?:\.0+)?$/.test(one))
  const time = [isEnd ? '00' : two(hour), ...rest].join(':')
  const atMs = parseIso(`${year}-${two(month)}-${two(day)}T${time}${offset}`)
  return atMs === null ? null : atMs + (isEnd ? dayMs : 0)
}

const clockText = String.raw`(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)`
const zoneText = String.raw`(Z|[+-]\d{1,2}(?::?\d{2})?)?`

const civilSpelling =
  (shape: RegExp): TimeSpelling =>
  (text) => {
    const m = shape.exec(text)
    if (m === null) return null
    const [, year = '', month = '', day = '', clock = '', zone] = m
    return instantOfCivil({ day: [year, month, day], clock, zone })
  }

/** `2026-11-29T22:02:06+08:00`, also with a blank for the T. */
export const isoTime = civilSpelling(
  new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*${clockText}\s*${zoneText}$`, 'i'),
)

/** `2026/11/29 22:02:06`. With the day in front a text could be of two days, and is not read. */
export const slashTime = civilSpelling(
  new RegExp(String.raw`^(\d{4})/(\d{1,2})/(\d{1,2})[T ]\s*${clockText}\s*${zoneText}$`, 'i'),
)

const basicShape =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?((?:\.\d+)?)\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i

/** `20261129T220206+0800`. */
export const basicTime: TimeSpelling = (text) => {
  const m = basicShape.exec(text)
  if (m === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second, fraction = '', zone] = m
  if (second === undefined && fraction !== '') return null
  const clock = [hour, minute, ...(second === undefined ? [] : [second + fraction])].join(':')
  return instantOfCivil({ day: [year, month, day], clock, zone })
}

const digitsShape = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})?$/

/** `20261129220206`, and with milliseconds. */
export const digitsTime: TimeSpelling = (text) => {
  const m = digitsShape.exec(text)
  if (m === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', ms = '000'] = m
  const clock = `${hour}:${minute}:${second}.${ms}`
  return instantOfCivil({ day: [year, month, day], clock, zone: undefined })
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const mailShape =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+(GMT|UTC?|Z|[+-]\d{4})$/i

/** `Sun, 29 Nov 2026 22:02:06 +0800` (RFC 822 and 1123). Names of zones other than UTC stand for several zones. */
export const mailTime: TimeSpelling = (text) => {
  const m = mailShape.exec(text)
  if (m === null) return null
  const [, day = '', name = '', year = '', clock = '', zone] = m
  const month = months.indexOf(name.toLowerCase()) + 1
  return month === 0 ? null : instantOfCivil({ day: [year, String(month), day], clock, zone })
}

/** From 2001 to 2100 seconds have ten digits and milliseconds thirteen. */
const epochMinSec = 1_000_000_000
const epochMaxSec = 4_102_444_800

const inEpoch = (sec: number): boolean => sec >= epochMinSec && sec <= epochMaxSec

/** `1795960926`, also with a fraction. */
export const epochSecTime: TimeSpelling = (text) => {
  const m = /^(\d{1,10})(?:\.(\d{1,9}))?$/.exec(text)
  if (m === null) return null
  const sec = Number(m[1])
  // A clock that was never set counts from 1970: its time is old, and it is a time.
  if (sec === 0 || sec > epochMaxSec) return null
  return sec * 1000 + Number((m[2] ?? '').padEnd(3, '0').slice(0, 3))
}

/** `1795960926000`. */
export const epochMsTime: TimeSpelling = (text) => {
  const atMs = /^\d{13}$/.test(text) ? Number(text) : null
  return atMs === null || !inEpoch(atMs / 1000) ? null : atMs
}

export const timeBy = (text: string, spellings: readonly TimeSpelling[]): InstantMs | null => {
  for (const spelling of spellings) {
    const atMs = spelling(text)
    if (atMs !== null) return atMs
  }
  return null
}

/** One time of a message: its text, and how its make spells it. */
export interface StatedTime {
  /** Empty: absent. */
  readonly text: string
  readonly spellings: readonly TimeSpelling[]
  readonly hasZone?: true
}

export type ReadTime = Pick<PlateRead, 'deviceAtMs' | 'timeRaw' | 'timeHasZone'>

/** Control and direction characters never reach a screen or a log. */
const shownTime = (raw: string): string => raw.replaceAll(/\p{C}/gu, ' ').slice(0, rawTimeCharsMax)

/**
 * The oldest of the times that a message states of its reading: a picture that is older than its event shows another car.
 * One that is not understood may be older than the others, so that the reading has no time.
 */
export function readTimeOf(stated: readonly StatedTime[]): ReadTime {
  let oldest: InstantMs | null = null
  const there = stated.filter(({ text }) => text.trim() !== '')
  for (const { text, spellings } of there) {
    const atMs = timeBy(text.trim(), spellings)
    if (atMs === null) return { deviceAtMs: null, timeRaw: shownTime(text) }
    oldest = Math.min(oldest ?? atMs, atMs)
  }
  const hasZone = there.some((one) => one.hasZone === true)
  return { deviceAtMs: oldest, ...(hasZone ? { timeHasZone: true } : {}) }
}

/** The older of a reading's own time and that of another part of its message. */
export const olderTime = <T extends ReadTime>(read: T, other: ReadTime): T => {
  if (other.timeRaw === undefined && other.deviceAtMs === null) return read
  if (read.timeRaw !== undefined) return read
  if (other.timeRaw !== undefined) return { ...read, deviceAtMs: null, timeRaw: other.timeRaw }
  if (read.deviceAtMs !== null && read.deviceAtMs <= (other.deviceAtMs ?? 0)) return read
  return { ...read, deviceAtMs: other.deviceAtMs }
}

const nameShape = /(?:^|\D)(20\d{6}[_-]?\d{6}(?:\d{3})?)(?!\d)/

/** The time in the name of a picture, as cameras name the files that they send by FTP. Other digits are no time. */
function nameTime(name: string): ReadTime {
  const text = nameShape.exec(name)?.[1]?.replace(/[_-]/, '')
  return { deviceAtMs: text === undefined ? null : digitsTime(text) }
}

/** A picture that is older than its event shows another car. */
export const datedByPictures = <T extends ReadTime>(
  read: T,
  pictures: readonly { readonly name: string }[],
): T => pictures.reduce((dated, { name }) => olderTime(dated, nameTime(name)), read)
