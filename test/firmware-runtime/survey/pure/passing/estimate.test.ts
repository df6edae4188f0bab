// The survey by passages on the simulator's air: cars drive under its antenna model, and the true zone comes from the air
// alone. Seeds are fixed; a surveyor's tape errs by as much as the product says it allows for.
import { describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { estimateZone, passingNeeds, type PassingEdge } from '#survey/pure/passing/estimate.ts'
import type { PassingFact } from '#survey/pure/passing/facts.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { drive, gauss, measured, truthOf, usualSite, type Site } from './drive.ts'

const side = { asideMm: -1_600, yawDeg: 25, downDeg: 35 }
const sites: Readonly<Record<string, Partial<Site>>> = {
  'straight on': {},
  'stronger, mounted high': { scene: { heightMm: 5_500, downDeg: 45 }, powerStep: 24, fromM: 16 },
  'at the side, turned in': { scene: side, powerStep: 20, fromM: 12 },
}

const atMm = (edge: PassingEdge): number => (edge.known ? edge.atMm : NaN)

describe('500 passages', () => {
  it.each(Object.keys(sites))('%s: both ends within 0.4 m of the air', (name) => {
    const site = { ...usualSite, ...sites[name] }
    const found = estimateZone(drive(site, 11, 500), measured(site))
    const truth = truthOf(site, 11)
    expect(Math.abs(atMm(found.entry) / 1000 - truth.entry)).toBeLessThan(0.4)
    expect(Math.abs(atMm(found.exit) / 1000 - truth.exit)).toBeLessThan(0.4)
  })
  it('in shadows of 2 dB, which move places of equal level: the middle of five roads within 0.4 m', () => {
    const errors = [11, 12, 13, 14, 15].map((seed) => {
      const site: Site = { ...usualSite, scene: { shadowDb: 2 }, fromM: 13 }
      const found = estimateZone(drive(site, seed, 500), measured(site))
      return Math.abs(atMm(found.entry) / 1000 - truthOf(site, seed).entry)
    })
    expect(errors.toSorted((a, b) => a - b)[2]).toBeLessThan(0.4)
  })
  it('of an antenna that searches from the plate to the payment: the far end, and why not the near one', () => {
    const site: Site = { ...usualSite, search: 'trigger' }
    const found = estimateZone(drive(site, 12, 500), measured(site))
    expect(Math.abs(atMm(found.entry) / 1000 - truthOf(site, 12).entry)).toBeLessThan(0.4)
    expect(found.exit).toMatchObject({ known: false, why: 'switchedOff' })
  })
  it('of one whose zone begins before its trigger: that it is so, and how far it reaches at least', () => {
    const site: Site = { ...usualSite, search: 'trigger', powerStep: 28, fromM: 20 }
    const { entry } = estimateZone(drive(site, 13, 300), measured(site))
    expect(entry).toMatchObject({ known: false, why: 'insideAtOnce' })
    const reachesM = (entry.known ? NaN : (entry.reachesMm ?? NaN)) / 1000
    expect(reachesM).toBeGreaterThan(1)
    expect(reachesM).toBeLessThan(truthOf(site, 13).entry)
  })
})

describe('many surveyors of one lane', () => {
  const pool = drive(usualSite, 21, 1_500)
  const truth = truthOf(usualSite, 21)
  const surveys = 300

  /** An estimate from 500 of the lane's passages, with random errors of the tape and of the distance of the loops. */
  function survey(random: () => number) {
    const facts = Array.from({ length: 500 }, () =>
      present(pool[Math.floor(random() * pool.length)], 'a passage'),
    )
    const geometry = measured(usualSite)
    return estimateZone(facts, {
      ...geometry,
      triggerFrontMm: geometry.triggerFrontMm + 1_000 * Math.hypot(0.2, 0.1) * gauss(random),
      loopsApartMm: geometry.loopsApartMm * (1 + 0.04 * gauss(random)),
    })
  }
  const random = seededRandom(4)
  const found = Array.from({ length: surveys }, () => survey(random))

  it.each(['entry', 'exit'] as const)('%s: the median error is at most 0.4 m', (end) => {
    const errors = found.map((one) => Math.abs(atMm(one[end]) / 1000 - truth[end]))
    expect(errors.toSorted((a, b) => a - b)[surveys / 2]).toBeLessThan(0.4)
  })
  it.each(['entry', 'exit'] as const)(
    '%s: intervals of 95 %% hold the truth in 95 of a hundred cases, within four',
    (end) => {
      const hit = found.filter((one) => {
        const edge = one[end]
        return edge.known && edge.lowMm <= truth[end] * 1000 && truth[end] * 1000 <= edge.highMm
      }).length
      expect(hit / surveys).toBeGreaterThan(0.91)
      // An interval that always holds the truth is wider than one of 95 %.
      expect(hit / surveys).toBeLessThan(0.99)
    },
  )
  it('chance alone: without errors of the tape the far end scatters as its own interval says', () => {
    const ends = Array.from({ length: 200 }, () => {
      const facts = Array.from({ length: 500 }, () =>
        present(pool[Math.floor(random() * pool.length)], 'a passage'),
      )
      return atMm(estimateZone(facts, measured(usualSite)).entry)
    })
    const mean = ends.reduce((sum, at) => sum + at, 0) / ends.length
    const sd = Math.sqrt(ends.reduce((sum, at) => sum + (at - mean) ** 2, 0) / ends.length)
    expect(sd).toBeLessThan(120)
    expect(Math.abs(mean / 1000 - truth.entry)).toBeLessThan(0.1)
  })
})

describe('reads of the lane beside', () => {
  const besides = (count: number, unsure = 0): PassingFact[] =>
    Array.from({ length: count }, (_, i) => ({ kind: 'beside', unsure: i < unsure }))
  const cars = drive(usualSite, 31, 100)

  it('are counted by a hundred passages, with exact bounds: none of 100 is up to 3.69', () => {
    expect(estimateZone(cars, measured(usualSite)).beside).toMatchObject({
      known: true,
      reads: 0,
      perHundred: 0,
      lowPerHundred: 0,
      highPerHundred: 3.69,
    })
    // Garwood's bounds for 5 events: 1.62 to 11.67.
    expect(estimateZone([...cars, ...besides(7, 2)], measured(usualSite)).beside).toMatchObject({
      reads: 5,
      unsure: 2,
      perHundred: 5,
      lowPerHundred: 1.62,
      highPerHundred: 11.67,
    })
  })
  it('of a rate that is known, nine in ten intervals and more hold it', () => {
    const random = seededRandom(9)
    const per = 0.03
    const hit = Array.from({ length: 300 }, () => {
      const reads = Array.from({ length: 100 }, random).filter((x) => x < per).length
      const rate = estimateZone([...cars, ...besides(reads)], measured(usualSite)).beside
      return rate.known && rate.lowPerHundred <= per * 100 && per * 100 <= rate.highPerHundred
    }).filter(Boolean).length
    expect(hit / 300).toBeGreaterThan(0.93)
  })
})

describe('what is not known', () => {
  const cars = drive(usualSite, 41, 60)
  const known = measured(usualSite)

  it('without loops: nothing, and it says why', () => {
    const none = { known: false, why: 'noLoops' }
    expect(estimateZone(cars, 'noLoops')).toMatchObject({ entry: none, exit: none, beside: none })
  })
  it('without the place of its loops: no end, and still a share of reads', () => {
    const found = estimateZone(cars, 'noMeasures')
    expect(found).toMatchObject({ entry: { why: 'noMeasures' }, exit: { why: 'noMeasures' } })
    expect(found.beside.known).toBe(true)
  })
  it('with one passage less than needed', () => {
    const needed = passingNeeds.passages
    expect(estimateZone(cars.slice(0, needed), known).usable).toBe(needed)
    expect(estimateZone(cars.slice(0, needed - 1), known).entry).toMatchObject({
      known: false,
      why: 'tooFewPassages',
      passages: needed - 1,
    })
  })
  it('where cars stop between the loops: no speed', () => {
    const stopped = cars.map((fact) =>
      fact.kind === 'passage' ? { ...fact, underOnMs: fact.underOnMs + 4_000 } : fact,
    )
    expect(estimateZone(stopped, known).entry).toMatchObject({ known: false, why: 'noSpeed' })
  })
  it('where each car answers once: the near end', () => {
    const once = cars.map((fact) =>
      fact.kind === 'passage' ? { ...fact, tries: 1, lastMs: fact.firstMs } : fact,
    )
    const found = estimateZone(once, known)
    expect(found.entry.known).toBe(true)
    expect(found.exit).toMatchObject({ known: false, why: 'heardOnce' })
  })
  it('no passage at all', () => {
    expect(estimateZone([], known)).toMatchObject({ passages: 0, usable: 0 })
    expect(estimateZone([], known).beside.known).toBe(false)
  })
})
