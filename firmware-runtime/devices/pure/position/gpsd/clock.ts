// Time in a line of gpsd: TPV with its fix and `ept`, SKY with the satellites in use. Used by surveys only; positions
// for a lane are read by report.ts.
import { parsed } from '#base/pure/data/json.ts'
import { parseIso, type InstantMs } from '#base/pure/values/instant.ts'

export type GpsdClock =
  | {
      readonly kind: 'time'
      readonly isFix: boolean
      readonly utcMs: InstantMs | null
      /** `ept`: the estimated error of its time stamp, ms; null: not stated. */
      readonly errorMs: number | null
    }
  /** Systems with satellites in use, by the talker id of each system. */
  | { readonly kind: 'sky'; readonly used: readonly string[] }

/** `gnssid` of gpsd_json(5). */
const systems: Readonly<Record<number, string>> = {
  0: 'GP',
  2: 'GA',
  3: 'BD',
  5: 'GQ',
  6: 'GL',
  7: 'GI',
}
const fixFrom = 2

function skyOf(value: object): GpsdClock | null {
  const satellites: unknown = Reflect.get(value, 'satellites')
  if (!Array.isArray(satellites)) return null
  const all: readonly unknown[] = satellites
  const used = new Set<string>()
  for (const satellite of all) {
    if (typeof satellite !== 'object' || satellite === null) continue
    const id: unknown = Reflect.get(satellite, 'gnssid')
    const system = typeof id === 'number' ? systems[id] : undefined
    if (system !== undefined && Reflect.get(satellite, 'used') === true) used.add(system)
  }
  return { kind: 'sky', used: [...used].sort() }
}

/** Null for any other line. */
export function gpsdClock(text: string): GpsdClock | null {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) return null
  const name: unknown = Reflect.get(value, 'class')
  if (name === 'SKY') return skyOf(value)
  if (name !== 'TPV') return null
  const mode: unknown = Reflect.get(value, 'mode')
  const time: unknown = Reflect.get(value, 'time')
  const ept: unknown = Reflect.get(value, 'ept')
  const isStated = typeof ept === 'number' && Number.isFinite(ept) && ept >= 0
  return {
    kind: 'time',
    isFix: typeof mode === 'number' && mode >= fixFrom,
    utcMs: typeof time === 'string' ? parseIso(time) : null,
    errorMs: isStated ? Math.ceil(ept * 1000) : null,
  }
}
