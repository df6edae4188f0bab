// The interval of a count of rare events, and whether one day saw more of them than its share.
// Both are exact; no approximation by a normal distribution.
import { atLeast, shareFrom, shareUpTo } from '../figures/statistics.ts'

/** Far more trials than any day has, so that the binomial bounds equal those of a Poisson count. */
const manyTrials = 10_000_000

/** Two-sided 95 % bounds of the number that is usual where `count` were seen. */
export const countInterval = (count: number): readonly [low: number, high: number] => [
  shareFrom(count, manyTrials, 0.025) * manyTrials,
  shareUpTo(count, manyTrials, 0.025) * manyTrials,
]

interface Counted {
  readonly events: number
  readonly passages: number
}

/** The chance of as many as `after` where nothing changed. */
export function roseP(before: Counted, after: Counted): number {
  const all = before.events + after.events
  const passages = before.passages + after.passages
  return passages === 0 ? 1 : atLeast(after.events, all, after.passages / passages)
}
