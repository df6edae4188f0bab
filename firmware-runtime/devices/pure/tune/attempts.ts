// The attempts-at-speed meter: number of complete exchanges while a car drives through the zone.
// tries = time in the zone / time of one try; unmeasured parts are added with their source and marked.
import { median, type Measurement } from './measure.ts'

/** Speeds of the meter, km/h: 5 is judged, the others inform. */
const meterSpeedsKmh = [5, 10, 20] as const
const greenTries = 4
const amberTries = 2
/** Fewer samples than this say nothing. */
const meterSamplesMin = 5

/** Length of the zone: measured with a tape, or by driving at a known speed. */
export type ZoneGiven =
  | { readonly from: 'tape'; readonly lengthM: number }
  | { readonly from: 'drive'; readonly kmh: number }
  | null

interface TryPart {
  readonly part: 'measured' | 'wakeUp' | 'reads' | 'debit'
  readonly ms: number
  /** `measured`, or the table that assumes it. */
  readonly source: 'measured' | 'assumed'
}

/**
 * Steps of a try that the link does not show, ms: defaults of the latency table in section 3.4 of the
 * interface reference, marked assumed there. Wake-up and BST/VST come before B2; vehicle and card
 * reads before B4 where a device reports everything in one frame; initialise, MAC1, debit and release
 * after B4 where nothing is charged.
 */
const unseenMs = { wakeUp: 25, reads: 55 + 45, debit: 60 + 25 + 50 + 25 } as const

type Light = 'green' | 'amber' | 'red'

export interface MeterRow {
  readonly kmh: number
  readonly inZoneMs: number
  /** Rounded down to a tenth: 3.96 is not 4. */
  readonly tries: number
  /** Null for speeds that only inform. */
  readonly light: Light | null
}

/** `heardOnce`: cars were read at their first try, so the time in the zone is unknown. */
type MeterWhy = 'tooFewTries' | 'tooFewPassages' | 'heardOnce' | 'noZone'

export interface AttemptsMeter {
  readonly parts: readonly TryPart[]
  /** Null until enough tries were timed. */
  readonly tryMs: number | null
  readonly samples: { readonly tries: number; readonly passages: number; readonly needed: number }
  readonly zoneFrom: 'tape' | 'drive' | null
  readonly rows: readonly MeterRow[]
  /** Why there are no rows; null when there are. */
  readonly why: MeterWhy | null
}

const msPerHour = 3_600_000

export function lightOf(tries: number): Light {
  if (tries >= greenTries) return 'green'
  return tries >= amberTries ? 'amber' : 'red'
}

function partsOf(found: Measurement): TryPart[] {
  const assumed = (part: 'wakeUp' | 'reads' | 'debit'): TryPart => ({
    part,
    ms: unseenMs[part],
    source: 'assumed',
  })
  return [
    assumed('wakeUp'),
    ...(found.opensWith === 'B4' ? [assumed('reads')] : []),
    { part: 'measured', ms: median(found.attemptMs), source: 'measured' },
    ...(found.reach === 'B5' ? [] : [assumed('debit')]),
  ]
}

/** Time in the zone at 1 km/h, ms; null: not known yet. */
function zoneMsAtOne(found: Measurement, zone: ZoneGiven): number | null {
  if (zone === null) return null
  if (zone.from === 'tape') return (zone.lengthM / 1000) * msPerHour
  // From the first to the last frame: never longer than the way through the zone really is.
  return found.visibleMs.length < meterSamplesMin ? null : median(found.visibleMs) * zone.kmh
}

export function attemptsMeter(found: Measurement, zone: ZoneGiven): AttemptsMeter {
  const samples = {
    tries: found.attemptMs.length,
    passages: found.visibleMs.length,
    needed: meterSamplesMin,
  }
  const base = { samples, zoneFrom: zone?.from ?? null }
  const none = (why: MeterWhy, parts: readonly TryPart[] = []): AttemptsMeter => ({
    ...base,
    parts,
    tryMs: parts.length === 0 ? null : parts.reduce((sum, { ms }) => sum + ms, 0),
    rows: [],
    why,
  })
  if (samples.tries < meterSamplesMin) return none('tooFewTries')
  const parts = partsOf(found)
  if (zone === null) return none('noZone', parts)
  const atOneMs = zoneMsAtOne(found, zone)
  if (atOneMs === null)
    return none(found.passes.seen < meterSamplesMin ? 'tooFewPassages' : 'heardOnce', parts)
  const tryMs = parts.reduce((sum, { ms }) => sum + ms, 0)
  const rows = meterSpeedsKmh.map((kmh): MeterRow => {
    const inZoneMs = atOneMs / kmh
    const tries = inZoneMs / tryMs
    return {
      kmh,
      inZoneMs: Math.round(inZoneMs),
      tries: Math.floor(tries * 10) / 10,
      light: kmh === meterSpeedsKmh[0] ? lightOf(tries) : null,
    }
  })
  return { ...base, parts, tryMs, rows, why: null }
}
