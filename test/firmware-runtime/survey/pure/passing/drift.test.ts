// The drift alarm in the simulated air: quiet days raise alarms at the stated rate, an antenna that was turned by 5 degrees
// or lost less than 3 dB is found within a day's cars, and an undetectable change is not claimed.
import { describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { driftOf, looksAt, quietDaysPerAlarm, referenceOf } from '#survey/pure/passing/drift.ts'
import type { PassingFact } from '#survey/pure/passing/facts.ts'
import { reviewOf } from '#survey/pure/passing/review.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import { drive, measured, usualSite, type Site } from './drive.ts'

const geometry = measured(usualSite)
const drawn = (pool: readonly PassingFact[], n: number, random: () => number): PassingFact[] =>
  Array.from({ length: n }, () => present(pool[Math.floor(random() * pool.length)], 'a passage'))
const driftAfter = (days: readonly (readonly PassingFact[])[], day: readonly PassingFact[]) =>
  driftOf(referenceOf(days, geometry), day, geometry)
const codesOf = (answer: ReturnType<typeof driftOf>): readonly string[] =>
  answer.known ? answer.alarms.map(({ code }) => code) : [answer.why]

const side = { asideMm: -1_600, yawDeg: 25, downDeg: 35 }
const straight: Site = usualSite
const turnedIn: Site = { ...usualSite, scene: side, powerStep: 20, fromM: 12 }
const triggered: Site = { ...usualSite, search: 'trigger' }
const pools = new Map<Site, readonly PassingFact[]>()
const usualOf = (site: Site): readonly PassingFact[] => {
  const pool = pools.get(site) ?? drive(site, 51, 1_000)
  pools.set(site, pool)
  return pool
}
const weekOf = (site: Site): PassingFact[][] => {
  const random = seededRandom(6)
  return Array.from({ length: 7 }, () => drawn(usualOf(site), 200, random))
}

describe('quiet days', () => {
  it('raise no more alarms than is stated, each looked at as often as a lane does', () => {
    const days = 600
    const pool = usualOf(straight)
    const random = seededRandom(17)
    let alarms = 0
    for (let weeks = 0; weeks < days / 50; weeks++) {
      const week = Array.from({ length: 7 }, () => drawn(pool, 120, random))
      const reference = referenceOf(week, geometry)
      for (let i = 0; i < 50; i++) {
        const day = drawn(pool, 400, random)
        const looks = looksAt.filter((n) => n <= 400)
        if (looks.some((n) => codesOf(driftOf(reference, day.slice(0, n), geometry)).length > 0))
          alarms++
      }
    }
    // 0.6 are expected; four or more would occur by chance once in 300.
    expect(quietDaysPerAlarm).toBe(1_000)
    expect(alarms).toBeLessThanOrEqual(3)
  })
  it('that differ among themselves, as rain and mornings make them, are held against how they do', () => {
    const random = seededRandom(23)
    const shifted = (): PassingFact[] => {
      // A day on which every OBU answers a little later or earlier.
      const lateMs = Math.round((random() - 0.5) * 400)
      return drawn(usualOf(straight), 300, random).map((fact) =>
        fact.kind === 'passage' && fact.firstMs !== null && fact.lastMs !== null
          ? { ...fact, firstMs: fact.firstMs + lateMs, lastMs: fact.lastMs + lateMs }
          : fact,
      )
    }
    const days = 60
    let alarms = 0
    for (let i = 0; i < days; i++) {
      const reference = Array.from({ length: 7 }, shifted)
      if (codesOf(driftAfter(reference, shifted())).length > 0) alarms++
    }
    expect(alarms).toBeLessThanOrEqual(3)
  })
})

describe('a day after', () => {
  const rows: readonly (readonly [string, Site, Partial<Site>, readonly string[]])[] = [
    ['5 degrees down', straight, { scene: { downDeg: 40 } }, ['SURVEY-44']],
    ['5 degrees up', straight, { scene: { downDeg: 30 } }, ['SURVEY-45']],
    ['2.6 dB lost', straight, { powerStep: straight.powerStep - 4 }, ['SURVEY-44']],
    ['5 degrees down', turnedIn, { scene: { ...side, downDeg: 40 } }, ['SURVEY-44']],
    ['5 degrees away', turnedIn, { scene: { ...side, yawDeg: 30 } }, ['SURVEY-44']],
    ['2.6 dB lost', turnedIn, { powerStep: turnedIn.powerStep - 4 }, ['SURVEY-44']],
    ['5 degrees down', triggered, { scene: { downDeg: 40 } }, ['SURVEY-44']],
    ['5 degrees up', triggered, { scene: { downDeg: 30 } }, ['SURVEY-45']],
    ['2.6 dB lost', triggered, { powerStep: triggered.powerStep - 4 }, ['SURVEY-44']],
  ]
  it.each(rows)('%s: the alarm is there by 400 cars, whatever the seed', (_, site, more, codes) => {
    const reference = referenceOf(weekOf(site), geometry)
    for (const seed of [61, 62]) {
      const day = drive({ ...site, ...more }, seed, 400)
      const found = new Set(
        looksAt.flatMap((n) => codesOf(driftOf(reference, day.slice(0, n), geometry))),
      )
      expect([...found]).toEqual(expect.arrayContaining([...codes]))
      expect(found.has(codes[0] === 'SURVEY-44' ? 'SURVEY-45' : 'SURVEY-44')).toBe(false)
    }
  })
  it('a turn aside of an antenna that hangs straight on moves its zone by less than a hand: no alarm', () => {
    const day = drive({ ...straight, scene: { yawDeg: 5 } }, 64, 400)
    expect(codesOf(driftAfter(weekOf(straight), day))).toEqual([])
  })
  it('reads of the lane beside that come more often are an alarm of their own', () => {
    const random = seededRandom(3)
    const day = drawn(usualOf(straight), 200, random)
    const beside: PassingFact[] = Array.from({ length: 8 }, () => ({
      kind: 'beside',
      unsure: false,
    }))
    expect(codesOf(driftAfter(weekOf(straight), [...day, ...beside.slice(0, 1)]))).toEqual([])
    expect(codesOf(driftAfter(weekOf(straight), [...day, ...beside]))).toEqual(['SURVEY-47'])
  })
  it('without a reference, or with too few cars, it says that it does not know', () => {
    const day = usualOf(straight).slice(0, 200)
    expect(driftAfter([], day)).toMatchObject({ known: false, why: 'noReference' })
    expect(driftAfter(weekOf(straight), day.slice(0, 60))).toMatchObject({
      known: false,
      why: 'tooFewPassages',
      passages: 60,
    })
  })
})

describe('days that were kept', () => {
  const name = (n: number): string => `2026-05-${String(n).padStart(2, '0')}`
  const week = weekOf(straight).map((facts, i) => ({ day: name(i + 1), facts }))
  const lost = drive({ ...straight, powerStep: straight.powerStep - 4 }, 71, 150)

  it('the first week is the reference, the newest day is looked at', () => {
    const found = reviewOf([...week, { day: name(8), facts: lost }], null, geometry)
    expect(found.referenceDays).toEqual(week.map(({ day }) => day))
    expect(found).toMatchObject({ lookedAt: name(8), drift: { known: true } })
    expect(found.drift?.known === true && found.drift.alarms[0]?.code).toBe('SURVEY-44')
  })
  it('a day of few cars is looked at with the days before it, never with those of the reference', () => {
    const few = lost.slice(0, 60)
    const two = [
      ...week,
      { day: name(8), facts: few },
      { day: name(9), facts: lost.slice(60, 110) },
    ]
    expect(codesOf(present(reviewOf(two, null, geometry).drift, 'a look'))).toEqual(['SURVEY-44'])
    const one = reviewOf([...week, { day: name(8), facts: few }], null, geometry)
    expect(one.drift).toMatchObject({ known: false, why: 'tooFewPassages', passages: 60 })
  })
  it('what was before a change on purpose counts no more', () => {
    const day = { day: name(8), facts: [...usualOf(straight).slice(0, 40), ...lost] }
    const found = reviewOf([...week, day], { day: name(8), skip: 40 }, geometry)
    expect(found).toMatchObject({ from: name(8), referenceDays: [], drift: { known: false } })
    expect(found.estimate.passages).toBe(lost.length)
  })
  it('the estimate is of the newest 500 passages', () => {
    const found = reviewOf(week, null, geometry)
    expect([found.from, found.until]).toEqual([name(5), name(7)])
  })
})
