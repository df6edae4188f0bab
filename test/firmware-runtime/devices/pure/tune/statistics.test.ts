// The three tests against values calculated by hand elsewhere.
// All of them are one-sided.
import { describe, expect, it } from 'vitest'
import { countFellP, passesFor, samplesRoseP, shareRoseP } from '#devices/pure/tune/statistics.ts'

describe('shareRoseP', () => {
  it.each([
    // 3 of 4 against 1 of 4, Fisher's tea experiment: 17 / 70.
    [1, 4, 3, 4, 17 / 70],
    // 0 of 5 against 5 of 5: one of C(10,5) arrangements.
    [0, 5, 5, 5, 1 / 252],
    [5, 5, 0, 5, 1],
    [3, 3, 3, 3, 1],
  ])('%i of %i, then %i of %i', (a, of, b, ofAfter, p) => {
    expect(shareRoseP({ hits: a, of }, { hits: b, of: ofAfter })).toBeCloseTo(p, 10)
  })
})

describe('countFellP', () => {
  it.each([
    // All five in the first of two equal halves: 1 in 32.
    [5, 10, 0, 10, 1 / 32],
    [0, 10, 0, 10, 1],
    [0, 10, 5, 10, 1],
    // The second part is a third of the time, so all three events lie before it with (2/3)^3.
    [3, 20, 0, 10, (2 / 3) ** 3],
    [3, 0, 0, 10, 1],
  ])('%i in %i, then %i in %i', (events, over, after, overAfter, p) => {
    expect(countFellP({ events, over }, { events: after, over: overAfter })).toBeCloseTo(p, 10)
  })
})

describe('samplesRoseP', () => {
  it('is small when all are higher, large when all are lower, half when they are alike', () => {
    // U = 25 of 25, z = (25 - 12.5 - 0.5) / sqrt(22.9167) = 2.507: 0.00609.
    expect(samplesRoseP([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(0.00609, 4)
    expect(samplesRoseP([6, 7, 8, 9, 10], [1, 2, 3, 4, 5])).toBeGreaterThan(0.99)
    expect(samplesRoseP([1, 2, 3], [1, 2, 3])).toBeGreaterThan(0.4)
  })
  it('says nothing of equal or missing samples', () => {
    expect(samplesRoseP([2, 2, 2], [2, 2, 2])).toBe(1)
    expect(samplesRoseP([], [1])).toBe(1)
  })
})

describe('how many cars a run usually needs', () => {
  it('finds four in five becoming nineteen in twenty, four times in five, and fewer do not', () => {
    const n = passesFor(0.05)
    // Simulated runs, with a generator other than the product's.
    let state = 7
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    const found = (of: number): number => {
      let hits = 0
      for (let run = 0; run < 2_000; run++) {
        const read = (p: number): number =>
          Array.from({ length: of }, random).filter((x) => x < p).length
        const [before, after] = [read(0.8), read(0.95)]
        if (shareRoseP({ hits: before, of }, { hits: after, of }) <= 0.05) hits++
      }
      return hits / 2_000
    }
    expect(n).toBe(70)
    expect(found(n)).toBeGreaterThan(0.78)
    expect(found(n - 20)).toBeLessThan(0.78)
    expect(found(10)).toBeLessThan(0.2)
    expect(passesFor(0.01)).toBeGreaterThan(n)
  })
})
