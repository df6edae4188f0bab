// 10,000 seeded stays over a shelf of tariffs: money/pure/billing against the minute-by-minute clerk, to the fen.
// Stays sit on every edge of a tariff (free time, periods, days) and one ms or one minute beside it.
import { expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { price, type Price } from '#money/pure/billing/price.ts'
import { unknownVehicle, type Tariff } from '#money/pure/billing/tariff.ts'
import { clerkPrice } from './minute-pricer.ts'
import { lifted, versionOne, type VersionOneFile } from './version-1.ts'
import { seeded } from './random-tariffs.ts'

const minuteMs = 60_000
const dayMin = 1440
const staysPerRun = 10_000

const base: VersionOneFile = { ...versionOne, classes: {} }
const shelf: readonly VersionOneFile[] = [
  versionOne,
  { ...base, id: 'no-free', freeMin: 0, dayBoundary: '24h', firstFen: 500, nextFen: 100 },
  { ...base, id: 'free-not-counted', freeMin: 30, freeMinutesCounted: false },
  {
    ...base,
    id: 'odd-periods',
    freeMin: 7,
    firstPeriodMin: 45,
    nextPeriodMin: 17,
    nextFen: 37,
    dailyCapFen: 1999,
    dayBoundary: '24h',
    freeMinutesCounted: false,
  },
  { ...base, id: 'no-cap', dailyCapFen: null, nextPeriodMin: 30, nextFen: 150 },
  { ...base, id: 'per-minute', freeMin: 1, firstPeriodMin: 1, nextPeriodMin: 1, nextFen: 1 },
  { ...base, id: 'flat-days', firstPeriodMin: 3000, nextPeriodMin: 2880, dailyCapFen: 250 },
  { ...base, id: 'long-free', freeMin: 1440, firstFen: 0, dayBoundary: '24h' },
  { ...base, id: 'cap-below-first', firstFen: 900, dailyCapFen: 700, freeMinutesCounted: false },
  {
    ...base,
    id: 'classes',
    classes: { '2': { firstFen: 600, nextFen: 450, dailyCapFen: null }, '11': { freeMin: 0 } },
  },
]

interface TestStay {
  readonly tariff: VersionOneFile
  readonly fromMs: number
  readonly toMs: number
  readonly vehicleClass: number
}

/** Minutes after entry at which something changes, plus a few that lie nowhere special. */
function edgeMin(t: VersionOneFile, fromMs: number, rnd: (below: number) => number): number {
  const start = t.freeMinutesCounted ? 0 : t.freeMin
  const midnight = dayMin - (Math.floor((fromMs + 8 * 3_600_000) / minuteMs) % dayMin)
  const edges = [
    0,
    t.freeMin,
    start + t.firstPeriodMin,
    start + t.firstPeriodMin + rnd(60) * t.nextPeriodMin,
    midnight + rnd(40) * dayMin,
    dayMin * (1 + rnd(40)),
    rnd(180),
    rnd(dayMin),
    rnd(40 * dayMin),
  ]
  return Math.min(edges[rnd(edges.length)] ?? 0, 40 * dayMin)
}

function testStays(seed: number): TestStay[] {
  const rnd = seeded(seed)
  const nudges = [0, 0, -1, 1, -minuteMs, minuteMs, -1000, 1000]
  const stays: TestStay[] = []
  while (stays.length < staysPerRun) {
    const tariff = shelf[stays.length % shelf.length] ?? versionOne
    // From 2023 on, so that 29 February 2024 and several year ends lie inside (T03).
    const dayStartMs = 1_672_502_400_000 + rnd(1500) * dayMin * minuteMs
    const fromMs = dayStartMs + rnd(dayMin) * minuteMs + (rnd(2) === 0 ? 0 : rnd(minuteMs))
    const nudgeMs = nudges[rnd(nudges.length)] ?? 0
    const toMs = Math.max(fromMs, fromMs + edgeMin(tariff, fromMs, rnd) * minuteMs + nudgeMs)
    stays.push({ tariff, fromMs, toMs, vehicleClass: [1, 2, 11][rnd(3)] ?? 1 })
  }
  return stays
}

type Pricer = (t: VersionOneFile, fromMs: number, toMs: number, vehicleClass: number) => number

const stays = testStays(20_261_120)
const read = new Map<VersionOneFile, Tariff>()

/** Prices through the file's reader, as a lot does. */
function priceBy(t: VersionOneFile, fromMs: number, toMs: number, vehicleClass?: number): Price {
  const tariff = read.get(t) ?? lifted(t)
  read.set(t, tariff)
  const vehicle = { ...unknownVehicle, vehicleClass: vehicleClass ?? null }
  return price(tariff, fromMs, toMs, vehicle)
}

const clerkFen = stays.map((s) => {
  const own: object = s.tariff.classes?.[String(s.vehicleClass)] ?? {}
  return clerkPrice({ ...s.tariff, ...own }, s.fromMs, s.toMs)
})

/** The stays that a pricer gets wrong. */
const wrongOnes = (pricer: Pricer): TestStay[] =>
  stays.filter((s, i) => clerkFen[i] !== pricer(s.tariff, s.fromMs, s.toMs, s.vehicleClass))

test('10,000 stays cost what the minute-by-minute clerk says, to the fen', () => {
  const wrong = wrongOnes((t, f, to, c) => priceBy(t, f, to, c).amountFen)
  expect(wrong.map((s) => [s.tariff.id, s.fromMs, s.toMs, s.vehicleClass])).toEqual([])
})

test('the stays reach every edge: free, charged, capped, the day limits and 0 s', () => {
  const rules = new Map<string, number>()
  for (const s of stays) {
    for (const l of priceBy(s.tariff, s.fromMs, s.toMs, s.vehicleClass).lines) {
      rules.set(l.rule, (rules.get(l.rule) ?? 0) + 1)
    }
  }
  for (const rule of ['free', 'first', 'next', 'cap']) {
    expect(rules.get(rule) ?? 0, rule).toBeGreaterThan(1000)
  }
  expect(stays.filter((s) => s.toMs === s.fromMs).length).toBeGreaterThan(100)
})

test('lines meet without gap from entry to exit and add up to the amount', () => {
  for (const s of stays) {
    const p: Price = priceBy(s.tariff, s.fromMs, s.toMs, s.vehicleClass)
    let atMs = s.fromMs
    let sumFen = 0
    for (const l of p.lines) {
      if (l.fromMs !== atMs || l.toMs < l.fromMs || !Number.isSafeInteger(l.amountFen)) {
        expect.fail(`${s.tariff.id} ${s.fromMs} ${s.toMs}: ${JSON.stringify(l)}`)
      }
      atMs = l.toMs
      sumFen += l.amountFen
    }
    if (atMs !== s.toMs || sumFen !== p.amountFen) {
      expect.fail(`${s.tariff.id} ${s.fromMs} ${s.toMs}: ends ${atMs}, sum ${sumFen}`)
    }
  }
})

// Typical bugs of a hand-written pricer; the 10,000 stays must detect each of them.
const planted: Record<string, Pricer> = {
  'free limit one ms short': (t, f, to, c) =>
    priceBy(t, f, to - f === t.freeMin * minuteMs && to > f ? to + 1 : to, c).amountFen,
  'a period begins one ms late': (t, f, to, c) => priceBy(t, f, Math.max(f, to - 1), c).amountFen,
  'days in UTC instead of +08:00': (t, f, to, c) =>
    priceBy(t, f - 8 * 3_600_000, to - 8 * 3_600_000, c).amountFen,
  'free time always counted': (t, f, to, c) =>
    priceBy({ ...t, freeMinutesCounted: true }, f, to, c).amountFen,
  'days always from the entry': (t, f, to, c) =>
    priceBy({ ...t, dayBoundary: '24h' }, f, to, c).amountFen,
  'vehicle class ignored': (t, f, to) => priceBy(t, f, to).amountFen,
}

test.each(Object.entries(planted))('a planted bug is seen: %s', (_name, pricer) => {
  expect(wrongOnes(pricer).length).toBeGreaterThan(10)
})

// Recorded with the version before tariff files of version 2 (commit 19d91775): old files and rows must keep every line.
test('amounts, lines and words are those of the program before version 2', () => {
  const hash = createHash('sha256')
  for (const s of stays)
    hash.update(JSON.stringify(priceBy(s.tariff, s.fromMs, s.toMs, s.vehicleClass)))
  expect(hash.digest('hex')).toBe(
    'f52e324c92b4f418480b65c386d6bb629474ee5787622435a7a981620f5d4a45',
  )
})
