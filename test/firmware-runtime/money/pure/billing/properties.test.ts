// What holds for every tariff and every stay: lines, caps, time, equivalent notations.
// Tariffs come from random-tariffs.ts; fast-check chooses the seed and prints one that fails.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { price } from '#money/pure/billing/price.ts'
import { planOf, unknownVehicle, type Tariff, type TariffPlan } from '#money/pure/billing/tariff.ts'
import { dayStartMs, instantOfIso } from '#base/pure/values/instant.ts'
import { seeded, TariffMaker, type TestStay } from './random-tariffs.ts'

const dayMs = 86_400_000

interface Case {
  readonly tariff: Tariff
  readonly stay: TestStay
  readonly laterMs: number
}

const anyCase = fc.integer({ min: 1, max: 2_000_000_000 }).map((seed): Case => {
  const chance = seeded(seed)
  for (let i = 0; i < 5; i++) chance(2)
  const maker = new TariffMaker(chance)
  return { tariff: maker.tariff(), stay: maker.stay(), laterMs: chance(2 * dayMs) }
})

const holds = (check: (one: Case) => void): void =>
  fc.assert(fc.property(anyCase, check), { numRuns: 400 })

const withPlan = (tariff: Tariff, change: (plan: TariffPlan) => TariffPlan): Tariff => ({
  ...tariff,
  editions: tariff.editions.map((e) => ({ ...e, plans: e.plans.map(change) })),
})
const fenOf = (tariff: Tariff, { fromMs, toMs, vehicle }: TestStay): number =>
  price(tariff, fromMs, toMs, vehicle).amountFen

test('lines meet without gap from entry to exit, add up to the amount, and none is below zero', () => {
  holds(({ tariff, stay }) => {
    const { amountFen, lines } = price(tariff, stay.fromMs, stay.toMs, stay.vehicle)
    let atMs = stay.fromMs
    let sumFen = 0
    for (const one of lines) {
      expect(one.fromMs).toBe(atMs)
      expect(one.toMs).toBeGreaterThanOrEqual(one.fromMs)
      expect(Number.isSafeInteger(one.amountFen) && one.amountFen >= 0).toBe(true)
      expect(one.text.zh).not.toBe('')
      atMs = one.toMs
      sumFen += one.amountFen
    }
    expect([atMs, sumFen]).toEqual([stay.toMs, amountFen])
  })
})

test('a stay of no length, and one of the free time, cost nothing', () => {
  holds(({ tariff, stay: { fromMs, vehicle } }) => {
    expect(price(tariff, fromMs, fromMs, vehicle).amountFen).toBe(0)
    if (tariff.use === 'nonCommercial') return
    const decided: Tariff = { ...tariff, decidedBy: 'entry' }
    const { freeMin } = planOf(decided, fromMs, fromMs, vehicle)
    expect(price(decided, fromMs, fromMs + freeMin * 60_000, vehicle).amountFen).toBe(0)
  })
})

test('without packages, and decided by the entry, a longer stay never costs less', () => {
  holds(({ tariff, stay, laterMs }) => {
    const plain: Tariff = {
      ...withPlan(tariff, (plan) => ({ ...plan, packages: [] })),
      decidedBy: 'entry',
    }
    const longer = { ...stay, toMs: stay.toMs + laterMs }
    expect(fenOf(plain, longer)).toBeGreaterThanOrEqual(fenOf(plain, stay))
  })
})

test('a package only ever lowers a price', () => {
  holds(({ tariff, stay }) => {
    const without = withPlan(tariff, (plan) => ({ ...plan, packages: [] }))
    expect(fenOf(tariff, stay)).toBeLessThanOrEqual(fenOf(without, stay))
  })
})

test('no cap is exceeded: of the stay, of its dates, of its blocks of 24 h', () => {
  holds(({ tariff, stay }) => {
    if (tariff.use === 'nonCommercial') return
    const { caps } = planOf(tariff, stay.fromMs, stay.toMs, stay.vehicle)
    const fen = fenOf(tariff, stay)
    const dates = (dayStartMs(stay.toMs) - dayStartMs(stay.fromMs)) / dayMs + 1
    const blocks = Math.ceil((stay.toMs - stay.fromMs) / dayMs)
    expect(fen).toBeLessThanOrEqual(caps.stayFen ?? Infinity)
    expect(fen).toBeLessThanOrEqual((caps.dayFen ?? Infinity) * dates)
    const most = Math.max(caps.day24hFen ?? Infinity, ...(caps.later24hFen ?? []))
    if (blocks > 0) expect(fen).toBeLessThanOrEqual(most * blocks)
  })
})

test('what is spelled in another way costs the same', () => {
  const spellings: Record<string, (plan: TariffPlan) => TariffPlan> = {
    'bands in another order': (plan) => ({ ...plan, bands: [...plan.bands].reverse() }),
    'a step twice for a step with two times': (plan) => ({
      ...plan,
      bands: plan.bands.map((band) => ({
        ...band,
        steps: band.steps?.flatMap((step) =>
          step.times === undefined
            ? [step]
            : Array.from({ length: step.times }, () => ({ ...step, times: 1 })),
        ),
      })),
    }),
    'a band over midnight as two': (plan) =>
      // Where counts or periods end with a band, two bands are another tariff than one.
      plan.stepsRestart === 'run' ||
      plan.periodsEndWithBand === true ||
      plan.bands.some((b) => (b.steps?.length ?? 2) > 1 || b.capFen)
        ? plan
        : {
            ...plan,
            bands: plan.bands.flatMap((band) =>
              band.from > band.to && band.to !== '00:00'
                ? [
                    { ...band, to: '24:00' },
                    { ...band, from: '00:00' },
                  ]
                : [band],
            ),
          },
    'every day for no days named': (plan) => ({
      ...plan,
      bands: plan.bands.map((b) => ({ days: ['workday', 'weekend', 'holiday'], ...b })),
    }),
    'a cap that cannot be reached': (plan) => ({
      ...plan,
      caps: { dayFen: 90_000_000, ...plan.caps },
    }),
  }
  holds(({ tariff, stay }) => {
    for (const [name, respelled] of Object.entries(spellings))
      expect(fenOf(withPlan(tariff, respelled), stay), name).toBe(fenOf(tariff, stay))
  })
})

test('what comes before and after its edition changes nothing, at the very ms of the change', () => {
  const base = new TariffMaker(seeded(7)).tariff()
  const changeMs = instantOfIso('2026-10-01T00:00:00+08:00')
  const planFor = (visitFen: number): TariffPlan => ({
    freeMin: 0,
    freeMinutesCounted: true,
    stepsRestart: 'never',
    bands: [{ from: '00:00', to: '24:00', visitFen }],
    caps: {},
  })
  const edition = (visitFen: number) => ({ graceAfterPayMin: 15, plans: [planFor(visitFen)] })
  for (const decidedBy of ['entry', 'exit'] as const) {
    const tariff: Tariff = {
      ...base,
      use: 'commercial',
      decidedBy,
      editions: [edition(100), { validFrom: '2026-10-01T00:00:00+08:00', ...edition(900) }],
    }
    const fen = (fromMs: number, toMs: number) =>
      price(tariff, fromMs, toMs, unknownVehicle).amountFen
    expect(fen(changeMs - 2, changeMs - 1)).toBe(100)
    expect(fen(changeMs - 1, changeMs)).toBe(decidedBy === 'entry' ? 100 : 900)
    expect(fen(changeMs, changeMs + 1)).toBe(900)
  }
})
