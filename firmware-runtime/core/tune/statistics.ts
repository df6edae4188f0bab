// Whether two sets of samples differ by more than chance: three one-sided tests, by the book.
// Few samples give a high p and no answer; nothing here rounds that up to one.

/** ln n! by summing: the counts of a test drive are small. */
function lnFactorial(n: number): number {
  let sum = 0
  for (let i = 2; i <= n; i++) sum += Math.log(i)
  return sum
}

const lnChoose = (n: number, k: number): number =>
  lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k)

export interface Share {
  readonly hits: number
  readonly of: number
}

/** Fisher's exact test: the chance of `after` this high when nothing changed. */
export function shareRoseP(before: Share, after: Share): number {
  const hits = before.hits + after.hits
  const all = before.of + after.of
  const highest = Math.min(hits, after.of)
  let p = 0
  for (let k = after.hits; k <= highest; k++) {
    const missed = hits - k
    if (missed > before.of) continue
    p += Math.exp(lnChoose(after.of, k) + lnChoose(before.of, missed) - lnChoose(all, hits))
  }
  return Math.min(1, p)
}

export interface Count {
  readonly events: number
  /** Passages or seconds in which they were counted. */
  readonly over: number
}

/** Conditional test of two Poisson counts: the chance of `after` this low when nothing changed. */
export function countFellP(before: Count, after: Count): number {
  const events = before.events + after.events
  if (events === 0 || before.over <= 0 || after.over <= 0) return 1
  const part = after.over / (before.over + after.over)
  let p = 0
  for (let k = 0; k <= after.events; k++)
    p += Math.exp(lnChoose(events, k) + k * Math.log(part) + (events - k) * Math.log(1 - part))
  return Math.min(1, p)
}

/** Upper tail of the normal distribution (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const t = 1 / (1 + 0.2316419 * z)
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly
}

/** Mann and Whitney's rank test with ties: the chance of `after` this high when nothing changed. */
export function samplesRoseP(before: readonly number[], after: readonly number[]): number {
  const n = before.length
  const m = after.length
  if (n === 0 || m === 0) return 1
  const all = [...before, ...after].toSorted((a, b) => a - b)
  const rankOf = new Map<number, number>()
  let ties = 0
  for (let i = 0; i < all.length;) {
    const value = all[i] ?? 0
    let end = i
    while (end < all.length && all[end] === value) end++
    rankOf.set(value, (i + 1 + end) / 2)
    const size = end - i
    ties += size ** 3 - size
    i = end
  }
  const ranks = after.reduce((sum, value) => sum + (rankOf.get(value) ?? 0), 0)
  const u = ranks - (m * (m + 1)) / 2
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  if (variance <= 0) return 1
  // Half a step of continuity towards "nothing changed".
  return normalTail((u - (n * m) / 2 - 0.5) / Math.sqrt(variance))
}
