// Clause 10.1.1.2: which lots are tested, and that the draw can be repeated.
import { baseRules } from '#base/pure/rules/packs.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { percentile, shareInterval } from '#survey/pure/file/samples.ts'
import { coverageOf, drawLots, sampleSize, samplingOf, seedOf } from '#survey/pure/file/sampling.ts'

describe('sampling', () => {
  it.each([
    [0, 0],
    [1, 1],
    [4, 4],
    [5, 1],
    [6, 2],
    [10, 2],
    [11, 3],
    [300, 60],
  ])('the operator tests of %i lots %i', (lots, expected) => {
    expect(sampleSize(lots, 'operator', samplingOf(baseRules))).toBe(expected)
    expect(sampleSize(lots, 'contractor', samplingOf(baseRules))).toBe(lots)
  })

  const digest = surveyDigests().ofText
  const draws = (lots: readonly string[], seed: string) =>
    drawLots(lots, 'operator', seed, digest, samplingOf(baseRules))

  it('draws the same from the same seed, whatever the order, and each lot at most once', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 40 })
    fc.assert(
      fc.property(ids, fc.string(), (lots, seed) => {
        const draw = draws(lots, seed)
        expect(draws(lots.toReversed(), seed)).toEqual(draw)
        expect(draw.drawn).toHaveLength(sampleSize(lots.length, 'operator', samplingOf(baseRules)))
        expect(new Set(draw.drawn).size).toBe(draw.drawn.length)
        expect(lots).toEqual(expect.arrayContaining([...draw.drawn]))
      }),
      { numRuns: 20 },
    )
  })

  it('draws others from another seed, and says how many of them are tested', () => {
    const lots = Array.from({ length: 50 }, (_, i) => `lot ${i}`)
    const one = draws(lots, '1')
    expect(draws(lots, '2').drawn).not.toEqual(one.drawn)
    expect(coverageOf(one, new Set())).toBe(0)
    expect(coverageOf(one, new Set(one.drawn.slice(0, 5)))).toBe(0.5)
    expect(coverageOf(draws([], '1'), new Set())).toBe(1)
  })

  it('draws what another program draws by the published rule', () => {
    const lots = Array.from({ length: 6 }, (_, i) => `GX-NN-000${i + 1}`)
    const { seed, drawn } = draws(lots, seedOf('3D 2026-11-20', '4 0 7'))
    expect(drawn).toEqual(['GX-NN-0006', 'GX-NN-0002'])
    const by = drawn.map((lot) => digest(`etc-lane draw 1\n${seed}\n${lot}`).slice(0, 8))
    expect(by).toEqual(['0CDD5506', '58ED3A9D'])
  })
})

describe('figures over samples', () => {
  it('takes percentiles that were measured', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect([0.01, 0.5, 0.95, 1].map((share) => percentile(hundred, share))).toEqual([
      1, 50, 95, 100,
    ])
  })

  // Wilson's interval: 10 of 100 at 95 % is 5.52 to 17.44 %.
  it('states where a share lies', () => {
    const { share, low, high } = shareInterval(10, 100)
    expect(share).toBe(0.1)
    expect(low).toBeCloseTo(0.0552, 4)
    expect(high).toBeCloseTo(0.1744, 4)
    expect(shareInterval(0, 50).low).toBe(0)
    expect(shareInterval(0, 50).high).toBeCloseTo(0.0713, 3)
  })
})
