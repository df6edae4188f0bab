// One-way times over invented delays and clocks: the truth always lies within the stated error.
// Rates are measured over a fixed time; figures are measured values.
import { describe, expect, it } from 'vitest'
import { linkSummary, rateKbps } from '#survey/pure/figures/link-summary.ts'
import { isPossible, oneWayOf, type Exchange } from '#survey/pure/figures/one-way.ts'
import { RateMeter } from '#survey/pure/figures/rate-meter.ts'
import type { LinkBody } from '#survey/pure/file/record.ts'

/** An exchange at `atMs` with these delays in ms, and the peer's clock ahead by `aheadMs`. */
const exchange = (atMs: number, upMs: number, downMs: number, aheadMs: number): Exchange => ({
  t1Us: atMs * 1000,
  t2Us: (atMs + upMs + aheadMs) * 1000,
  t3Us: (atMs + upMs + aheadMs + 2) * 1000,
  t4Us: (atMs + upMs + downMs + 2) * 1000,
})

const found = (exchanges: readonly (Exchange | null)[], kept: number | null = null) => {
  const way = oneWayOf(exchanges, kept)
  if (way === null || way === 'contradiction') throw new Error(`${way}`)
  return way
}

describe('one-way times', () => {
  it('are exact over equal ways, whatever the clocks say', () => {
    for (const aheadMs of [0, 3_600_000, -86_400_000]) {
      const way = found([exchange(0, 20, 20, aheadMs), exchange(100, 50, 20, aheadMs)])
      expect(way).toEqual({ offsetMs: aheadMs, errorMs: 20, upMs: [20, 50], downMs: [20, 20] })
    }
  })

  it('state an error that holds the truth, however unequal the ways are', () => {
    for (const [up, down] of [
      [1, 79],
      [79, 1],
      [40, 40],
    ] as const) {
      const way = found([exchange(0, up, down, 5_000), null, exchange(300, up + 7, down, 5_000)])
      expect(way.errorMs).toBe(40)
      expect(Math.abs((way.upMs[0] ?? 0) - up)).toBeLessThanOrEqual(way.errorMs)
      expect(Math.abs((way.downMs[0] ?? 0) - down)).toBeLessThanOrEqual(way.errorMs)
      expect(way.upMs[1]).toBeNull()
      // The difference between two exchanges is known exactly.
      expect((way.upMs[2] ?? 0) - (way.upMs[0] ?? 0)).toBeCloseTo(7, 6)
    }
  })

  it('take the offset from the smallest round trip, not from the first or the mean', () => {
    const way = found([
      exchange(0, 500, 20, 7),
      exchange(600, 10, 10, 7),
      exchange(700, 20, 300, 7),
    ])
    expect(way).toMatchObject({
      offsetMs: 7,
      errorMs: 10,
      upMs: [500, 10, 20],
      downMs: [20, 10, 300],
    })
  })

  it('estimate nothing where both clocks are kept, and see when they are not', () => {
    const way = found([exchange(0, 15, 25, 1), exchange(50, 15, 26, 1)], 2)
    expect(way).toEqual({ offsetMs: 0, errorMs: 2, upMs: [16, 16], downMs: [24, 25] })
    expect(oneWayOf([exchange(0, 15, 25, 60)], 2)).toBe('contradiction')
    expect(oneWayOf([exchange(0, 15, 25, -60)], 2)).toBe('contradiction')
    // A negative time within the error counts as 0.
    expect(found([exchange(0, 1, 1, -2)], 2).upMs).toEqual([0])
  })

  it('are none where nothing came back', () => {
    expect(oneWayOf([], null)).toBeNull()
    expect(oneWayOf([null, null], null)).toBeNull()
  })

  it.each([
    ['sent before received there', { t1Us: 0, t2Us: 9_000, t3Us: 8_000, t4Us: 20_000 }],
    ['longer there than away', { t1Us: 0, t2Us: 1_000, t3Us: 90_000, t4Us: 20_000 }],
    ['back before sent', { t1Us: 20_000, t2Us: 1_000, t3Us: 1_000, t4Us: 0 }],
  ])('%s cannot be', (_, stamps) => {
    expect(isPossible(stamps)).toBe(false)
    expect(() => oneWayOf([stamps], null)).toThrow('impossible')
  })
})

describe('a run of data', () => {
  const run = { warmMs: 200, runMs: 800, bytesMax: 1_000_000 }

  it('is counted after it has warmed up, for its time', () => {
    const meter = new RateMeter(5_000, run)
    for (let ms = 10; ms <= 1_200; ms += 10) meter.add(1_000, 5_000 + ms * 1000)
    // Counts from 210 to 990 ms: the run is over at 1,000 ms.
    expect(meter.count(2_000_000)).toEqual({ bytes: 79_000, us: 800_000 })
  })

  it('counts a stall against the rate', () => {
    const meter = new RateMeter(0, run)
    meter.add(50_000, 300_000)
    expect(meter.count(9_000_000)).toEqual({ bytes: 50_000, us: 800_000 })
  })

  it('ends at its cap, and when whoever sends has sent all', () => {
    const meter = new RateMeter(0, run)
    expect(meter.add(999_999, 500_000)).toBe(false)
    expect(meter.add(1, 600_000)).toBe(true)
    expect(meter.add(1, 600_001)).toBe(true)
    expect(meter.count(900_000)).toEqual({ bytes: 1_000_000, us: 400_000 })
    const early = new RateMeter(0, run)
    early.add(1_000_000, 100_000)
    expect(early.count(900_000)).toEqual({ bytes: 1_000_000, us: 100_000 })
    const ended = new RateMeter(0, run)
    ended.add(400_000, 300_000)
    ended.end(400_000)
    expect(ended.count(900_000)).toEqual({ bytes: 400_000, us: 200_000 })
  })
})

describe('figures', () => {
  const link = (latenciesMs: readonly (number | null)[]): LinkBody => ({
    kind: 'link',
    way: 'ping',
    method: 'icmp',
    peer: 'example',
    interfaceName: null,
    latenciesMs,
    clockErrorMs: null,
  })

  it('are values that were measured, with the interval of the loss', () => {
    expect(linkSummary(link([10, null, 30, 20, 40]))).toEqual({
      sent: 5,
      lost: 1,
      lossPercent: 20,
      lossLowPercent: 3.622,
      lossHighPercent: 62.447,
      times: {
        minMs: 10,
        meanMs: 25,
        p50Ms: 20,
        p95Ms: 40,
        p99Ms: 40,
        maxMs: 40,
        jitterMs: 16.667,
      },
    })
  })

  it('are none of what did not come, and of nothing', () => {
    expect(linkSummary(link([null, null]))).toMatchObject({
      lost: 2,
      lossPercent: 100,
      times: null,
    })
    expect(linkSummary(link([]))).toBeNull()
  })

  it('are kilobits a second', () => {
    const about = { kind: 'rate', way: 'up', peer: 'example' } as const
    expect(rateKbps({ ...about, bytes: 1_000_000, durationMs: 8_000 })).toBe(1_000)
  })
})
