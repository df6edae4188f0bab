// How often the tests of rows 7 to 10 are wrong, by seeded draws, against the published table of the method; and the
// decision boundaries themselves. The full tests use thousands of draws.
import { describe, expect, it } from 'vitest'
import {
  lossDecision,
  lossProbesMax,
  LossTest,
  lossVerdict,
} from '#survey/pure/figures/loss-test.ts'
import { percentileRanks, tailDecision, tailVerdict } from '#survey/pure/field/tail-test.ts'

const draws = process.env['ETC_LANE_SCALE'] === 'full' ? 4_000 : 200

/** Mulberry32: numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A link that loses `share` of its packets in bursts of mean length `burst` (Gilbert model). */
function link(share: number, burst: number, next: () => number): () => boolean {
  const leaves = 1 / burst
  const enters = (share * leaves) / (1 - share)
  let lost = next() < share
  return () => {
    lost = burst === 1 ? next() < share : next() < (lost ? 1 - leaves : enters)
    return lost
  }
}

/** Passes and fails in per cent, and the mean number of probes. */
function tried(share: number, burst: number, corrected: boolean) {
  const next = numbers(1)
  const sum = { pass: 0, fail: 0, probes: 0 }
  for (let draw = 0; draw < draws; draw++) {
    const loses = link(share, burst, next)
    const test = new LossTest(0.01)
    let [n, k] = [0, 0]
    for (;;) {
      const lost = loses()
      test.add(lost)
      n++
      if (lost) k++
      const is = corrected ? test.decision : lossDecision(n, k, 0.01)
      if (is !== 'open') sum[is]++
      if (is !== 'open' || n === lossProbesMax) break
    }
    sum.probes += n
  }
  const percent = (count: number): number => (100 * count) / draws
  return { pass: percent(sum.pass), fail: percent(sum.fail), probes: sum.probes / draws }
}

/** Four standard errors of a share of these draws, in per cent. */
const near = (percent: number): number =>
  1 + 400 * Math.sqrt(((percent / 100) * (1 - percent / 100) + 0.001) / draws)

describe('packet loss', () => {
  it('is decided where the two boundaries lie', () => {
    expect([417, 418].map((n) => lossDecision(n, 0, 0.01))).toEqual(['open', 'pass'])
    expect([4, 5].map((k) => lossDecision(20, k, 0.01))).toEqual(['open', 'fail'])
    expect(lossDecision(1_000, 3, 0.01)).toBe('pass')
    expect(lossDecision(1_000, 4, 0.01)).toBe('open')
    expect(lossDecision(1_000, 19, 0.01)).toBe('fail')
  })

  it.each([
    [0.2, 100, 0, 637],
    [0.3, 99, 0, 856],
    [0.5, 75, 0, 1_647],
    [1.0, 5, 4, 2_796],
    [1.5, 0, 58, 1_913],
    [2.0, 0, 98, 799],
    [3.0, 0, 100, 293],
  ])(
    'of %f %% passes %i and fails %i times in 100, after %i probes',
    (share, pass, fail, probes) => {
      const got = tried(share / 100, 1, false)
      expect(Math.abs(got.pass - pass)).toBeLessThan(near(pass))
      expect(Math.abs(got.fail - fail)).toBeLessThan(near(fail))
      expect(Math.abs(got.probes / probes - 1)).toBeLessThan(0.12)
    },
  )

  it('in bursts deceives less once neighbours that tell the same count as one', () => {
    for (const [burst, raw, corrected] of [
      [2, 32, 11],
      [3, 46, 21],
    ] as const) {
      expect(Math.abs(tried(0.01, burst, false).pass - raw)).toBeLessThan(near(raw))
      expect(Math.abs(tried(0.01, burst, true).pass - corrected)).toBeLessThan(near(corrected))
    }
    const clean = tried(0.002, 1, true)
    expect(Math.abs(clean.probes / 1_016 - 1)).toBeLessThan(0.1)
    expect(clean.pass).toBeGreaterThan(98)
  })

  it('that was a fail once stays one, and a pass must hold at the end', () => {
    const good = Array<number>(2_000).fill(20)
    const bad = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? null : 20))
    expect(lossVerdict(good, 0.01)).toBe('pass')
    expect(lossVerdict([...bad, ...good, ...good, ...good, ...good], 0.01)).toBe('fail')
    expect(lossVerdict([...good, ...bad], 0.01)).not.toBe('pass')
    expect(lossVerdict([], 0.01)).toBe('open')
    expect(lossVerdict(Array<null>(100).fill(null), 0.01)).toBe('fail')
  })
})

describe('an outage', () => {
  const good = (n: number): readonly number[] => Array<number>(n).fill(20)
  const outage = (n: number): readonly null[] => Array<null>(n).fill(null)

  it.each([5, 20])('of %i in a row is one, wherever it begins', (n) => {
    const at = (before: number) =>
      lossVerdict([...good(before), ...outage(n), ...good(2_995 - before)], 0.01)
    expect([0, 1, 3, 100, 1_500, 2_900].map(at)).toEqual(Array(6).fill(at(1_500)))
    expect(at(0)).not.toBe('fail')
  })

  it('that is all there is, is no link', () => {
    expect(lossVerdict(outage(58), 0.01)).toBe('open')
    expect(lossVerdict(outage(59), 0.01)).toBe('fail')
    expect(lossVerdict([...outage(59), ...good(300)], 0.01)).toBe('open')
  })
})

describe('95 of 100 in time', () => {
  it.each([
    [59, 0],
    [93, 1],
    [124, 2],
    [181, 4],
    [286, 8],
    [1_000, 38],
  ])('is shown by %i probes of which %i are late, and not by one more', (probes, late) => {
    expect(tailDecision(probes, late)).toBe('pass')
    expect(tailDecision(probes, late + 1)).not.toBe('pass')
  })

  it.each([
    [100, 10],
    [200, 16],
    [500, 34],
    [1_000, 63],
  ])('is refuted by %i probes of which %i are late, and not by one less', (probes, late) => {
    expect(tailDecision(probes, late)).toBe('fail')
    expect(tailDecision(probes, late - 1)).not.toBe('fail')
  })

  it('is nothing of fewer than 59', () => {
    expect(tailDecision(58, 0)).toBe('open')
    expect(tailDecision(58, 58)).toBe('open')
  })

  it('knows between which ranks the percentile lies', () => {
    expect(percentileRanks(200)).toEqual({ low: 184, high: 197 })
    expect(percentileRanks(500)).toEqual({ low: 465, high: 485 })
  })

  it('is judged over all that was sent, from the planned number on, never at a lucky moment', () => {
    const limits = { limitMs: 200, errorMs: 0 }
    const good = Array<number>(1_000).fill(20)
    const late = Array<number>(1_000).fill(900)
    expect(tailVerdict(good.slice(0, 200), 200, limits)).toBe('pass')
    expect(tailVerdict(good.slice(0, 199), 200, limits)).toBe('incomplete')
    expect(tailVerdict([...good.slice(0, 200), ...late], 200, limits)).toBe('fail')
    expect(tailVerdict([...good.slice(0, 59), ...late], 59, limits)).toBe('fail')
    const open = [...good.slice(0, 190), ...late.slice(0, 10)]
    expect(tailVerdict(open, 200, limits)).toBe('incomplete')
    // Clean from then on: there is no stop at a lucky moment before a thousand.
    expect(tailVerdict([...open, ...good.slice(0, 700)], 200, limits)).toBe('incomplete')
    expect(tailVerdict([...open, ...good.slice(0, 800)], 200, limits)).toBe('pass')
  })

  it('wrongly passes a link at the limit in at most ten of a hundred', () => {
    const next = numbers(7)
    let passes = 0
    for (let draw = 0; draw < draws; draw++) {
      const times = Array.from({ length: 1_000 }, () => (next() < 0.05 ? 900 : 20))
      if (tailVerdict(times, 200, { limitMs: 200, errorMs: 0 }) === 'pass') passes++
    }
    // 5 % wrong passes at each look, when exactly 5 % are late.
    expect((100 * passes) / draws).toBeLessThan(10 + near(10))
  })
})
