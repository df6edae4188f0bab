// Whether two sets of samples differ by more than chance: three one-sided tests, by the book.
// Few samples give a high p and no answer; nothing here rounds that up to one.

/** ln n! by summation, cached up to the largest n used: the counts of a test drive are small. */
const lnFactorials: number[] = [0, 0]
function lnFactorial(n: number): number {
  for (let i = lnFactorials.length; i <= n; i++)
    lnFactorials.push((lnFactorials[i - 1] ?? 0) + Math.log(i))
  return lnFactorials[n] ?? 0
}

const lnChoose = (n: number, k: number): number =>
  lnFactorial(n) - lnFactorial(k) - lnFactorial(n - k)

interface Share {
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

/** Improvement that a tune run should detect: from 80 % to 95 % of cars read. */
const usualRise = { from: 0.8, to: 0.95 } as const
/** Probability of detecting the improvement if it exists. */
const usualPower = 0.8

/** The chance that `n` passages before and after show this rise by the test above. */
function riseFound(n: number, chanceMax: number, { from, to } = usualRise): number {
  const share = (hits: number, p: number): number =>
    Math.exp(lnChoose(n, hits) + hits * Math.log(p) + (n - hits) * Math.log(1 - p))
  let found = 0
  for (let a = 0; a <= n; a++) {
    const before = share(a, from)
    if (before < 1e-6) continue
    // The more were read after, the rarer by chance: down to the first that is not rare enough.
    for (let b = n; b > a; b--) {
      if (shareRoseP({ hits: a, of: n }, { hits: b, of: n }) > chanceMax) break
      found += before * share(b, to)
    }
  }
  return found
}

/** Passages a side at which the usual rise is found as surely as is wanted; by tens, as people count cars. */
export function passesFor(chanceMax: number, power = usualPower): number {
  let n = 10
  while (n < 200 && riseFound(n, chanceMax) < power) n += 10
  return n
}

interface Count {
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
