// Statistics of right-censored distances: their median, and whether two days differ.
// The median is by Kaplan-Meier, its interval by Brookmeyer-Crowley, the difference by the log-rank test.

/** `exact` false: the true one is at least this. */
export interface Observed {
  readonly value: number
  readonly exact: boolean
}

/** The normal quantile that 97.5 % stay below. */
export const z975 = 1.96

interface Middle {
  readonly at: number
  /** Two-sided 95 %: chance alone. */
  readonly low: number
  readonly high: number
}

/** Null where the median, or the ends of its interval, lie beyond the observed range. */
export function middleOf(observed: readonly Observed[]): Middle | null {
  const sorted = observed.toSorted((a, b) => a.value - b.value || Number(b.exact) - Number(a.exact))
  const found: { at?: number; low?: number; high?: number } = {}
  let [share, greenwood] = [1, 0]
  sorted.forEach(({ value, exact }, i) => {
    if (!exact) return
    const risk = sorted.length - i
    share *= 1 - 1 / risk
    greenwood += risk > 1 ? 1 / (risk * (risk - 1)) : 0
    const may = isHalf(share, greenwood)
    if (may) found.low ??= value
    if (share <= 0.5) found.at ??= value
    if (share < 0.5 && !may && found.low !== undefined) found.high ??= value
  })
  const { at, low, high } = found
  return at === undefined || low === undefined || high === undefined ? null : { at, low, high }
}

/** By the complementary log-log of the share, which keeps its interval within 0 and 1. */
function isHalf(share: number, greenwood: number): boolean {
  if (share <= 0 || share >= 1) return false
  const g = Math.log(-Math.log(share)) - Math.log(Math.LN2)
  const se = Math.sqrt(greenwood) / Math.abs(Math.log(share))
  return Math.abs(g) <= z975 * se
}

/** Log-rank: standard deviations by which `after` is shorter than `before`; negative: longer. */
export function shorterBy(before: readonly Observed[], after: readonly Observed[]): number {
  const all = [
    ...before.map((one) => ({ ...one, isAfter: false })),
    ...after.map((one) => ({ ...one, isAfter: true })),
  ].toSorted((a, b) => a.value - b.value || Number(b.exact) - Number(a.exact))
  let [riskAll, riskAfter] = [all.length, after.length]
  let [difference, variance] = [0, 0]
  for (const { exact, isAfter } of all) {
    if (exact) {
      const share = riskAfter / riskAll
      difference += (isAfter ? 1 : 0) - share
      variance += share * (1 - share)
    }
    riskAll--
    if (isAfter) riskAfter--
  }
  return variance > 0 ? difference / Math.sqrt(variance) : 0
}
