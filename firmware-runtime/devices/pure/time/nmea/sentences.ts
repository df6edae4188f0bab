// The sentences that time and fix are read from: RMC, GGA, ZDA, GSV and GSA, of any talker. Field numbers are those of
// lane-devices.md 8.1; an empty field gives null, a wrong one is refused.
import { instantOf, civil, type InstantMs } from '#base/pure/values/instant.ts'

export type NmeaSentence =
  | {
      readonly kind: 'rmc'
      readonly talker: string
      readonly timeOfDayMs: number | null
      /** Start of the day, UTC. */
      readonly dayMs: InstantMs | null
      /** Status A, and a mode that is neither an estimate nor a simulator. */
      readonly isFix: boolean
    }
  | {
      readonly kind: 'gga'
      readonly talker: string
      readonly timeOfDayMs: number | null
      readonly isFix: boolean
      readonly satellites: number | null
    }
  | {
      readonly kind: 'zda'
      readonly talker: string
      readonly timeOfDayMs: number | null
      readonly dayMs: InstantMs | null
    }
  /** Satellites received: those of this part that have a carrier-to-noise ratio. */
  | { readonly kind: 'gsv'; readonly talker: string; readonly heard: number }
  /** Satellites used for the fix; `system` null: the sentence does not say which system. */
  | {
      readonly kind: 'gsa'
      readonly talker: string
      readonly system: string | null
      readonly used: number
    }
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly why: string }

const refused = (why: string): NmeaSentence => ({ kind: 'refused', why })

/** System id of a GSA since NMEA 4.1, as the talker id of that system. */
const systemIds: Readonly<Record<string, string>> = {
  '1': 'GP',
  '2': 'GL',
  '3': 'GA',
  '4': 'BD',
  '5': 'GQ',
  '6': 'GI',
}

/** BeiDou talks as BD, and as GB since NMEA 4.1. */
export const systemOf = (talker: string): string => (talker === 'GB' ? 'BD' : talker)

type Read<T> = { readonly ok: true; readonly value: T | null } | { readonly ok: false }
const bad = { ok: false } as const

const timeShape = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)(?:\.(\d{1,6}))?$/

/** hhmmss.sss. A second 60 (leap second) is refused: it is rare, and the next sentence gives the time. */
function timeOfDay(text: string): Read<number> {
  if (text === '') return { ok: true, value: null }
  const m = timeShape.exec(text)
  if (m === null) return bad
  const [, hour, minute, second, rest = ''] = m
  const ms = Number(rest.padEnd(3, '0').slice(0, 3))
  const minutes = Number(hour) * 60 + Number(minute)
  return { ok: true, value: (minutes * 60 + Number(second)) * 1000 + ms }
}

/** Null where the calendar has no such day. */
function dayOf(year: number, month: number, day: number): InstantMs | null {
  const atMs = instantOf(year, month, day, 0, 0)
  const back = civil(atMs, 0)
  return back.month === month && back.day === day && month > 0 && day > 0 ? atMs : null
}

/** ddmmyy, always read as 20yy. */
function dateOf(text: string): Read<InstantMs> {
  if (text === '') return { ok: true, value: null }
  const [, day, month, year] = /^(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  if (day === undefined) return bad
  const value = dayOf(2000 + Number(year), Number(month), Number(day))
  return value === null ? bad : { ok: true, value }
}

const count = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : null

/** Autonomous, differential, float, fixed and precise; not N (no fix), E (estimated), M (manual) or S (simulator). */
const fixModes = ['A', 'D', 'F', 'R', 'P']

function rmc(talker: string, fields: readonly string[]): NmeaSentence {
  const [time = '', status = '', , , , , , , date = '', , , mode = ''] = fields
  const [at, day] = [timeOfDay(time), dateOf(date)]
  if (!at.ok || !day.ok || (status !== 'A' && status !== 'V')) return refused('RMC')
  const isFix = status === 'A' && (mode === '' || fixModes.includes(mode))
  return { kind: 'rmc', talker, timeOfDayMs: at.value, dayMs: day.value, isFix }
}

/** GGA qualities with a fix: 1 to 5. 0: no fix, 6: dead reckoning, 7: manual input, 8: simulator. */
const fixQualities = [1, 2, 3, 4, 5]

function gga(talker: string, fields: readonly string[]): NmeaSentence {
  const [time = '', , , , , quality = '', satellites] = fields
  const at = timeOfDay(time)
  if (!at.ok || !/^\d?$/.test(quality)) return refused('GGA')
  const isFix = quality !== '' && fixQualities.includes(Number(quality))
  return { kind: 'gga', talker, timeOfDayMs: at.value, isFix, satellites: count(satellites) }
}

function zda(talker: string, fields: readonly string[]): NmeaSentence {
  const [time = '', day = '', month = '', year = ''] = fields
  const at = timeOfDay(time)
  const isEmpty = day === '' && month === '' && year === ''
  const isDate = /^\d{1,2}$/.test(day) && /^\d{1,2}$/.test(month) && /^\d{4}$/.test(year)
  if (!at.ok || (!isEmpty && !isDate)) return refused('ZDA')
  const dayMs = isEmpty ? null : dayOf(Number(year), Number(month), Number(day))
  if (!isEmpty && dayMs === null) return refused('ZDA')
  return { kind: 'zda', talker, timeOfDayMs: at.value, dayMs }
}

function gsv(talker: string, fields: readonly string[]): NmeaSentence {
  const [parts, part] = [count(fields[0]) ?? 0, count(fields[1]) ?? 0]
  if (count(fields[2]) === null || part < 1 || part > parts) return refused('GSV')
  let heard = 0
  // Four fields for each satellite: number, elevation, azimuth, C/N0. A signal id may follow the last one.
  for (let at = 3; at + 3 < fields.length; at += 4)
    if (fields[at] !== '' && Number(fields[at + 3]) > 0) heard++
  return { kind: 'gsv', talker, heard }
}

function gsa(talker: string, fields: readonly string[]): NmeaSentence {
  const fix = fields[1] ?? ''
  if (!/^[123]$/.test(fix)) return refused('GSA')
  const used = fix === '1' ? 0 : fields.slice(2, 14).filter((id) => /^\d{1,3}$/.test(id)).length
  const byId = systemIds[fields[17] ?? ''] ?? null
  const system = talker === 'GN' ? byId : systemOf(talker)
  return { kind: 'gsa', talker, system, used }
}

const readers: Readonly<
  Record<string, (talker: string, fields: readonly string[]) => NmeaSentence>
> = { RMC: rmc, GGA: gga, ZDA: zda, GSV: gsv, GSA: gsa }

/** `body` is the text between `$` and `*`, after its checksum was verified. */
export function readSentence(body: string): NmeaSentence {
  const [address = '', ...fields] = body.split(',')
  const [, talker = '', type = ''] = /^([A-Z]{2})([A-Z]{3})$/.exec(address) ?? []
  // P marks a proprietary sentence of a maker.
  if (type === '' || talker.startsWith('P')) return { kind: 'other' }
  const read = readers[type]
  return read === undefined ? { kind: 'other' } : read(talker, fields)
}
