// Selects the car parks of a site test (clause 10.1.1.2 of seed 001): the contractor tests all of them, the operator at
// least a fifth, or all of up to four. The order is that of a hash with a public value that was unknown when the pool was
// fixed (after RFC 3797), so that anyone can repeat the draw and no one can influence it.
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { must } from '#base/pure/values/must.ts'
import type { TextDigest } from './chain.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

export const surveyParties = ['contractor', 'operator'] as const
export type SurveyParty = (typeof surveyParties)[number]

export interface Sampling {
  /** Share to test if there are more car parks than `allUpTo`. */
  readonly sharePercent: number
  readonly allUpTo: number
}
export const samplingOf = (rules: Rules): Sampling => ({
  sharePercent: rules.limit('sampling', 'share'),
  allUpTo: rules.limit('sampling', 'allUpTo'),
})

export function sampleSize(lots: number, party: SurveyParty, sampling: Sampling): number {
  must(Number.isInteger(lots) && lots >= 0, 'lots are counted')
  const { allUpTo, sharePercent } = sampling
  if (party === 'contractor' || lots <= allUpTo) return lots
  return Math.ceil((lots * sharePercent) / 100)
}

/** Frozen before the value of its source exists. */
export interface LotPool {
  readonly lots: readonly string[]
  readonly party: SurveyParty
  /** The public value, by name and date: `3D 2026-11-20`. */
  readonly source: string
  /** Not before: when the value becomes known. */
  readonly dueAtMs: InstantMs
}

interface LotDraw {
  readonly seed: string
  readonly party: SurveyParty
  /** The first of them in their order. */
  readonly drawn: readonly string[]
  readonly lots: number
}

export const seedOf = (source: string, value: string): string => `${source} ${value}`

/** By lot id; the order in which the ids are given does not matter. */
export function drawLots(
  lotIds: readonly string[],
  party: SurveyParty,
  seed: string,
  digest: TextDigest,
  sampling: Sampling,
): LotDraw {
  const lots = [...new Set(lotIds)]
  const ordered = lots
    .map((lot) => ({ lot, by: digest(`etc-lane draw 1\n${seed}\n${lot}`) }))
    .toSorted((a, b) => (a.by < b.by ? -1 : 1))
  const drawn = ordered.slice(0, sampleSize(lots.length, party, sampling)).map(({ lot }) => lot)
  return { seed, party, drawn, lots: lots.length }
}

/** Access tests are of every access system, drawn or not (10.1.2.2): how many of them, and which are left. */
export function accessOf(lots: readonly string[], tested: ReadonlySet<string>) {
  const systems = [...new Set(lots)]
  const missing = systems.filter((lot) => !tested.has(lot))
  return { systems: systems.length, tested: systems.length - missing.length, missing }
}

/** Tested share of the required car parks, 0 to 1; 1 where none is required. */
export function coverageOf(draw: LotDraw, tested: ReadonlySet<string>): number {
  if (draw.drawn.length === 0) return 1
  return draw.drawn.filter((lot) => tested.has(lot)).length / draw.drawn.length
}
