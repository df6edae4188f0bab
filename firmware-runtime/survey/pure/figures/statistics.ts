// The few distributions that verdicts rest on, exact to ten digits: binomial tails, the bounds of Clopper and
// Pearson, and the quantiles of Student's t. All come from one incomplete beta function.
import { must } from '#base/pure/values/must.ts'

/** One-sided: in at most this share of cases a bound, or a verdict, is wrong. */
export const riskMax = 0.05

/** Lanczos, g = 7. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
]

function lnGamma(x: number): number {
  const at = x - 1
  const sum = lanczos.reduce((all, c, i) => (i === 0 ? c : all + c / (at + i)), 0)
  const base = at + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum)
}

const tiny = 1e-300
const stepsMax = 500

/** The continued fraction of the incomplete beta function, by the rule of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= stepsMax; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      d = 1 / kept(1 + term * d)
      c = kept(1 + term / c)
      change = d * c
      fraction *= change
    }
    if (Math.abs(change - 1) < 1e-14) break
  }
  return fraction
}

/** The regularised incomplete beta function. */
function betaShare(x: number, a: number, b: number): number {
  must(a > 0 && b > 0, 'a beta distribution has two shapes')
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(
    lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** Where a rising function of 0 to 1 reaches this. */
function reaches(target: number, of: (x: number) => number): number {
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (of(middle) < target) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Chance of at most `hits` in `of` where each is one with `share`. */
export const atMost = (hits: number, of: number, share: number): number =>
  hits >= of ? 1 : hits < 0 ? 0 : 1 - betaShare(share, hits + 1, of - hits)

/** Chance of at least so many. */
export const atLeast = (hits: number, of: number, share: number): number =>
  1 - atMost(hits - 1, of, share)

/** One-sided bounds of Clopper and Pearson; hits and trials may be effective ones, no whole numbers. */
export const shareUpTo = (hits: number, of: number, risk = riskMax): number =>
  hits >= of ? 1 : reaches(1 - risk, (x) => betaShare(x, hits + 1, of - hits))
export const shareFrom = (hits: number, of: number, risk = riskMax): number =>
  hits <= 0 ? 0 : reaches(risk, (x) => betaShare(x, hits, of - hits + 1))

/** The quantile of Student's t that 97.5 % stay below. */
export function studentT975(degrees: number): number {
  must(degrees > 0, 'Student has degrees of freedom')
  // x = df / (df + t²) of the two-sided tail of 5 %.
  const x = reaches(0.05, (share) => betaShare(share, degrees / 2, 0.5))
  return Math.sqrt(degrees / x - degrees)
}
