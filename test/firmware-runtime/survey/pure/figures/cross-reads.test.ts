// Row 6 against figures of another program: bounds, quantiles, and the table of statements about neighbour OBUs.
// The figures come from sums of integer binomials in another language.
import { describe, expect, it } from 'vitest'
import { projectOf } from '#survey/pure/file/project.ts'
import type { CrossReadBody, SurveyBody } from '#survey/pure/file/record.ts'
import { recordsOf } from '../records.ts'
import { openedBody, trigger } from '../whole-field.ts'
import { crossReadFacts, unshownObus } from '#survey/pure/figures/cross-reads.ts'
import {
  atLeast,
  atMost,
  shareFrom,
  shareUpTo,
  studentT975,
} from '#survey/pure/figures/statistics.ts'

describe('distributions', () => {
  it.each([
    [0, 59, 0.05, 0.048495],
    [2, 93, 0.05, 0.150444],
    [38, 1000, 0.05, 0.043348],
    [5, 10, 0.5, 0.623047],
  ])('at most %i of %i at %f has the chance %f', (hits, of, share, chance) => {
    expect(atMost(hits, of, share)).toBeCloseTo(chance, 5)
    expect(atLeast(hits + 1, of, share)).toBeCloseTo(1 - chance, 5)
  })

  it('bounds a share as Clopper and Pearson do', () => {
    expect(shareUpTo(0, 102)).toBeCloseTo(1 - 0.05 ** (1 / 102), 9)
    expect(shareFrom(5, 5, 0.025)).toBeCloseTo(0.478176, 5)
    expect(shareUpTo(5, 5, 0.025)).toBe(1)
    expect(shareUpTo(3, 100)).toBeCloseTo(0.075711, 5)
    expect(shareFrom(3, 100)).toBeCloseTo(0.008226, 5)
  })

  it.each([
    [2, 4.302653],
    [9, 2.262157],
    [101, 1.983731],
  ])('Student of %i degrees has %f', (degrees, t) => {
    expect(studentT975(degrees)).toBeCloseTo(t, 5)
  })
})

const offered = (obus: number, rounds: number, reads: readonly number[] = []) =>
  crossReadFacts({
    kind: 'crossRead',
    antennaId: null,
    inLane: 0,
    inNeighbour: 0,
    neighbours: Array.from({ length: obus }, (_, i) => ({
      obuId: `020000${String(i).padStart(2, '0')}`,
      place: `P${i % 3}`,
      trials: rounds,
      reads: reads[i] ?? 0,
    })),
  })

describe('neighbour OBUs', () => {
  it.each([
    [3, 34, 2.9, 13, 63],
    [5, 20, 3.0, 5.7, 45],
    [10, 10, 3.0, 3.8, 26],
    [20, 5, 3.0, 3.3, 14],
    [30, 10, 1.0, 1.1, 9.5],
  ])('%i of them in %i rounds: at most %f, %f and %f %%', (obus, rounds, these, few, all) => {
    const { share } = offered(obus, rounds)
    // The table gives two digits.
    for (const [got = 0, said] of [
      [share?.theseUpTo, these],
      [share?.clusteredUpTo, few],
      [share?.allUpTo, all],
    ] as const)
      expect(Math.abs((100 * got) / said - 1)).toBeLessThan(0.025)
  })

  it('shows the worst one by itself, and weighs reads that all come from one', () => {
    const one = offered(3, 34, [5])
    expect(one).toMatchObject({ trials: 102, reads: 5, obus: 3, places: 3 })
    expect(one.worst).toMatchObject({ obuId: '02000000' })
    expect(one.worst?.high).toBeGreaterThan(one.share?.theseUpTo ?? 1)
    const spread = offered(3, 34, [2, 2, 1])
    expect(one.share?.clusteredUpTo).toBeGreaterThan(spread.share?.clusteredUpTo ?? 1)
    expect(offered(3, 5, [5]).worst).toMatchObject({ high: 1 })
    expect(offered(3, 5, [5]).worst?.low).toBeCloseTo(0.478, 3)
  })

  it('says nothing where none was offered', () => {
    expect(offered(0, 50)).toMatchObject({ trials: 0, share: null, worst: null })
  })
})

describe('what is counted', () => {
  const run = (more: Partial<CrossReadBody>): CrossReadBody => ({
    kind: 'crossRead',
    antennaId: 1,
    inLane: 34,
    inNeighbour: 0,
    rounds: 34,
    neighbours: [one('02000001', 34), one('02000002', 34)],
    ...more,
  })
  const one = (obuId: string, trials: number, reads = 0) => ({ obuId, place: 'P', trials, reads })

  it('is every wrong read: those of the list and those that are typed beside it, whichever is more', () => {
    const all = [one('02000001', 34, 34), one('02000002', 34, 34)]
    expect(crossReadFacts(run({ neighbours: all })).reads).toBe(68)
    expect(crossReadFacts(run({ inNeighbour: 5 })).reads).toBe(5)
    expect(crossReadFacts(run({ inNeighbour: 5 })).share?.allUpTo).toBeGreaterThan(0.9)
  })

  it('is each OBU once, as often as the rounds', () => {
    const twice = run({ neighbours: [one('02000001', 17), one('02000001', 17)] })
    expect(crossReadFacts(twice)).toMatchObject({ obus: 1, trials: 34, isEven: true })
    const uneven = run({ neighbours: [one('02000001', 34), one('02000002', 35)] })
    expect(crossReadFacts(uneven)).toMatchObject({ fewest: 34, isEven: false })
    const together = run({
      antennaId: null,
      neighbours: [one('02000001', 34), one('02000002', 68)],
    })
    expect(crossReadFacts(together)).toMatchObject({ fewest: 34, isEven: true })
    expect(crossReadFacts({ ...together, rounds: 35 }).isEven).toBe(false)
  })

  it('is no place where nobody was tried, and no OBU in its own lane and next door at once', () => {
    const idle = { ...one('02000003', 0), place: 'Q' }
    expect(crossReadFacts(run({ neighbours: [one('02000001', 34), idle] })).places).toBe(1)
    const own = [{ obuId: '02000001', reads: 34 }]
    const unshownOf = (body: CrossReadBody): readonly string[] => {
      const survey = projectOf(recordsOf([openedBody, body]))
      return survey.crossReadsNow.flatMap((each) => unshownObus(survey, each))
    }
    expect(unshownOf(run({ own }))).toContain('02000001')
    // All antennas driven together: the OBU belongs to the lane of one of them.
    expect(unshownOf(run({ own, antennaId: null }))).not.toContain('02000001')
  })

  it('is an OBU that its own lane, or the zone, read within ten minutes', () => {
    const unshown = (apartMs: number, ...controls: readonly SurveyBody[]): readonly string[] => {
      const records = recordsOf([openedBody, ...controls, run({})])
      const late = records.map((record, i) =>
        i === records.length - 1 ? { ...record, atMs: record.atMs + apartMs } : record,
      )
      const survey = projectOf(late)
      const [last] = survey.crossReadsNow.slice(-1)
      return last === undefined ? [] : unshownObus(survey, last)
    }
    const both = ['02000001', '02000002']
    const beside = run({
      antennaId: 2,
      neighbours: [],
      own: [
        { obuId: '02000001', reads: 1 },
        { obuId: '02000002', reads: 0 },
      ],
    })
    const carried = (xMm: number, good: number): SurveyBody => ({
      kind: 'obuTries',
      ...trigger,
      xMm,
      obuId: '02000002',
      zMm: 1_000,
      tries: 5,
      good,
    })
    expect(unshown(0)).toEqual(both)
    expect(unshown(0, beside)).toEqual(['02000002'])
    expect(unshown(0, beside, carried(1_600, 1))).toEqual([])
    expect(unshown(0, carried(1_600, 0), carried(-300, 5))).toEqual(both)
    expect(unshown(598_000, beside, carried(1_600, 1))).toEqual([])
    expect(unshown(600_000, beside, carried(1_600, 1))).toEqual(both)
  })
})
