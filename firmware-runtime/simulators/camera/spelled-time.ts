// How a simulated camera spells the time of an event, by firmware (lane-devices.md 1.8). A second implementation: it imports
// nothing of the readers.
import { isoOf, parseIso } from '#base/pure/values/instant.ts'

export const timeSpellings = [
  'isoBasic',
  'slashes',
  'mail',
  'epochSec',
  'epochMs',
  /** No time at all. */
  'none',
  /** A text that no make writes. */
  'strange',
] as const
export type TimeSpelling = (typeof timeSpellings)[number]

interface Spelled {
  readonly atIso: string
  readonly timeAs?: TimeSpelling
}

/** Null: the event has no time. Absent in the sighting: as the make writes it by itself. */
function spelledTime({ atIso, timeAs }: Spelled): string | null | undefined {
  const atMs = parseIso(atIso) ?? 0
  const [day = '', clock = ''] = isoOf(atMs).slice(0, 19).split('T')
  switch (timeAs) {
    case undefined:
      return undefined
    case 'isoBasic':
      return `${day.replaceAll('-', '')}T${clock.replaceAll(':', '')}+0800`
    case 'slashes':
      return `${day.replaceAll('-', '/')} ${clock}`
    case 'mail':
      return new Date(atMs).toUTCString()
    case 'epochSec':
      return String(Math.floor(atMs / 1000))
    case 'epochMs':
      return String(atMs)
    case 'none':
      return null
    case 'strange':
      return `${clock} ${day.split('-').toReversed().join('.')}`
  }
}

/** `dateTime` of a Hikvision event; null: none. */
export function dateTimeOf(sighting: Spelled): string | null {
  const said = spelledTime(sighting)
  return said === undefined ? sighting.atIso : said
}

/** `timeStamp` of a Vzicom result, with what contains it; empty: none. */
export function vzTimeOf(sighting: Spelled): Readonly<Record<string, unknown>> {
  const said = spelledTime(sighting)
  if (said === null) return {}
  const atMs = parseIso(sighting.atIso) ?? 0
  const own = { sec: Math.floor(atMs / 1000), usec: (atMs % 1000) * 1000 }
  return { timeStamp: { Timeval: said === undefined ? own : { sec: said } } }
}

/** Lines of a Dahua event; `aheadMs`: local time written as if it were UTC. */
export function dahuaTimeOf(
  sighting: Spelled,
  aheadMs: number,
): readonly (readonly [string, string | number])[] {
  const said = spelledTime(sighting)
  if (said === null) return []
  if (said !== undefined) return [['UTC', said]]
  const atMs = (parseIso(sighting.atIso) ?? 0) + aheadMs
  return [
    ['UTC', Math.floor(atMs / 1000)],
    ['UTCMS', atMs % 1000],
  ]
}
