// "At most 200 ms" as a statement about 95 of 100 probes, a lost one being infinitely late, at 95 % certainty.
// Judged over everything that was sent; the count that was planned before the first probe is the least.
import { atLeast, atMost, riskMax } from '../figures/statistics.ts'

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

type TailVerdict = 'pass' | 'fail' | 'marginal' | 'incomplete'

/** The least number of probes: as planned, and never too few for the statement. */
const leastOf = (planned: number): number => Math.max(tailProbesMin, planned)

/**
 * Everything that was sent is judged: the planned number is the least, and a fail at it stands. `errorMs`: error of each
 * time. A pass must hold if all times are that much later, a fail if all are that much earlier.
 */
export function tailVerdict(
  samples: readonly (number | null)[],
  planned: number,
  { limitMs, errorMs }: { readonly limitMs: number; readonly errorMs: number },
): TailVerdict {
  const over = (part: readonly (number | null)[], shiftMs: number): number =>
    part.filter((ms) => ms === null || ms + shiftMs > limitMs).length
  const least = leastOf(planned)
  if (samples.length < least) return 'incomplete'
  const decide = (part: readonly (number | null)[]): TailDecision =>
    tailDecision(part.length, over(part, errorMs), over(part, -errorMs))
  const [first, all] = [decide(samples.slice(0, least)), decide(samples)]
  if (first === 'fail' || all === 'fail') return 'fail'
  // A run that was open as planned is not ended at a lucky moment.
  const isDue = first === 'pass' || samples.length >= lastLook
  if (all === 'pass') return isDue ? 'pass' : 'incomplete'
  return samples.length >= lastLook ? 'marginal' : 'incomplete'
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
