// Which car parks a site test covers (clause 10.1.1.2 of seed 001): the contractor tests all of them,
// the operator at least a fifth, or all where there are four or fewer. The draw can be done again.
import { must } from '../values/must.ts'

export type SurveyParty = 'contractor' | 'operator'

export function sampleSize(lots: number, party: SurveyParty): number {
  must(Number.isInteger(lots) && lots >= 0, 'lots are counted')
  return party === 'contractor' || lots <= 4 ? lots : Math.ceil(lots / 5)
}

export interface LotDraw {
  readonly seed: number
  readonly party: SurveyParty
  readonly drawn: readonly string[]
  readonly lots: number
}

/** Mulberry32: the same seed draws the same lots on every machine. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
}

/** Draws by lot id; the order in which the ids are given does not matter. */
export function drawLots(lotIds: readonly string[], party: SurveyParty, seed: number): LotDraw {
  const left = [...new Set(lotIds)].toSorted()
  const lots = left.length
  const next = numbers(seed)
  const drawn: string[] = []
  for (let n = sampleSize(lots, party); n > 0; n--)
    drawn.push(...left.splice(next() % left.length, 1))
  return { seed, party, drawn: drawn.toSorted(), lots }
}

/** How much of what must be tested is tested, 0 to 1; 1 where nothing must. */
export function coverageOf(draw: LotDraw, tested: ReadonlySet<string>): number {
  if (draw.drawn.length === 0) return 1
  return draw.drawn.filter((lot) => tested.has(lot)).length / draw.drawn.length
}
