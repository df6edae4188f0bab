// The satellite systems of a time: the talker of the fix, or, for GN, the systems in use. A receiver that sends GN
// without a BeiDou satellite has not proven BeiDou.
import { type NmeaSentence, systemOf } from './sentences.ts'

interface Seen {
  readonly count: number
  readonly atMs: number
}
type SkyBySystem = Readonly<Record<string, Seen>>

export interface Sky {
  readonly used: SkyBySystem
  readonly heard: SkyBySystem
}

export const noSky: Sky = { used: {}, heard: {} }

/** Sentences of one burst belong together: those of one system are added up. */
const togetherMs = 400
/** Older information does not count: receivers repeat all of it within 5 s. */
const skyStaleMs = 6_000

function add(to: SkyBySystem, system: string, count: number, atMs: number): SkyBySystem {
  const before = to[system]
  const same = before !== undefined && atMs - before.atMs < togetherMs
  const sum = (same ? before.count : 0) + count
  return { ...to, [system]: { count: sum, atMs: same ? before.atMs : atMs } }
}

export function skyWith(sky: Sky, sentence: NmeaSentence, atMs: number): Sky {
  if (sentence.kind === 'gsv' && sentence.talker !== 'GN')
    return { ...sky, heard: add(sky.heard, systemOf(sentence.talker), sentence.heard, atMs) }
  if (sentence.kind === 'gsa' && sentence.system !== null)
    return { ...sky, used: add(sky.used, sentence.system, sentence.used, atMs) }
  return sky
}

const systemsIn = (from: SkyBySystem, nowMs: number): string[] =>
  Object.entries(from)
    .filter(([, { count, atMs }]) => count > 0 && nowMs - atMs <= skyStaleMs)
    .map(([system]) => system)
    .sort()

/** All systems, as in `BD+GP`; null: GN without satellites in use. */
export const systemsWord = (systems: readonly string[]): string | null =>
  systems.length === 0 ? null : systems.join('+')

export function constellationOf(talker: string, sky: Sky, nowMs: number): string | null {
  if (talker !== 'GN') return talker
  const used = systemsIn(sky.used, nowMs)
  return systemsWord(used.length > 0 ? used : systemsIn(sky.heard, nowMs))
}
