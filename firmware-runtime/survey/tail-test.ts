// "At most 200 ms" as a statement about 95 of 100 probes, a lost one being infinitely late, at 95 % certainty.
// Evaluated at most twice, at counts fixed before the first probe.
import { atLeast, atMost, riskMax } from './statistics.ts'

/** Share of probes that may be later. */
const lateShareMax = 0.05
/** Fewer probes cannot prove a statement about 95 in 100. */
export const tailProbesMin = 59
/** Default count of the first evaluation, and count of the last one. */
export const usualLook = 200
export const lastLook = 1_000

type TailDecision = 'pass' | 'fail' | 'open'

/** `late`: of these probes were over the limit, counted for a pass and, with less doubt, for a fail. */
export function tailDecision(probes: number, late: number, surelyLate = late): TailDecision {
  if (probes < tailProbesMin) return 'open'
  if (atMost(late, probes, lateShareMax) <= riskMax) return 'pass'
  return atLeast(surelyLate, probes, lateShareMax) <= riskMax ? 'fail' : 'open'
}

/** When a run of so many planned probes is looked at. */
export const looksOf = (planned: number): readonly number[] =>
  planned >= tailProbesMin && planned < lastLook ? [planned, lastLook] : [usualLook, lastLook]

type TailVerdict = 'pass' | 'fail' | 'marginal' | 'incomplete'

/**
 * The first evaluation that decides; later probes change nothing. `errorMs`: error of each time. A pass must hold if
 * all times are that much later, a fail if all are that much earlier.
 */
export function tailVerdict(
  samples: readonly (number | null)[],
  planned: number,
  { limitMs, errorMs }: { readonly limitMs: number; readonly errorMs: number },
): TailVerdict {
  const over = (part: readonly (number | null)[], shiftMs: number): number =>
    part.filter((ms) => ms === null || ms + shiftMs > limitMs).length
  for (const look of looksOf(planned)) {
    if (samples.length < look) return 'incomplete'
    const part = samples.slice(0, look)
    const decided = tailDecision(look, over(part, errorMs), over(part, -errorMs))
    if (decided !== 'open') return decided
  }
  return 'marginal'
}

/** Ranks, from 1, between which the 95th percentile of the population lies with 95 % confidence. */
export function percentileRanks(probes: number): { readonly low: number; readonly high: number } {
  const chance = (rank: number): number => atMost(rank - 1, probes, 1 - lateShareMax)
  let low = 1
  while (low < probes && chance(low + 1) <= 0.025) low++
  let high = low
  while (high < probes && chance(high) < 0.975) high++
  return { low, high }
}
