// Generated traffic against the real traces, by weekday and hour, within stated tolerances.
// Also: the committed profiles are what the fit gives, and one seed is one sequence.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { instantOfIso } from '#base/pure/values/instant.ts'
import { trafficMixes } from '#simulators/traffic/cars.ts'
import { generateTraffic } from '#simulators/traffic/generator.ts'
import type { GeneratorOptions } from '#simulators/traffic/generator.ts'
import { trafficProfiles } from '#simulators/traffic/profiles.ts'
import { arrivalKinds, staySteps } from '#simulators/traffic/stays.ts'
import { fitProfile } from './fit-profile.ts'
import { ratesOfTrace, ratesOfTraffic, type LotRates } from './lot-rates.ts'
import { hasSharedTraces, sharedRows, sharedTraces } from './shared-traces.ts'

/** The traces are in German summer time; the generator gives the same local hours at +08:00. */
const traceOffsetMin = 120
const chinaOffsetMin = 480
const fromMs = instantOfIso('2026-06-01T00:00:00+08:00')

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)

/** The share of all crossings that fall into another hour than in the trace. */
const apart = (ours: readonly number[], real: readonly number[]): number =>
  sum(ours.map((n, i) => Math.abs(n - (real[i] ?? 0)))) / sum(real)

/** Mean over the weekdays, for the 24 hours. */
const byHour = (week: readonly number[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => sum(week.filter((_n, i) => i % 24 === hour)) / 7)

/** Stated tolerances, as parts of the trace's own total. A stadium's exits depend on single matches. */
const tolerance = {
  small: { entries: 0.08, exits: 0.13, inside: 0.08, hourExits: 0.08 },
  garage: { entries: 0.08, exits: 0.13, inside: 0.08, hourExits: 0.08 },
  stadium: { entries: 0.08, exits: 0.4, inside: 0.12, hourExits: 0.25 },
}

const halfYear = (profile: GeneratorOptions['profile'], seed: number): LotRates =>
  ratesOfTraffic(generateTraffic({ profile, fromMs, days: 182, seed }), chinaOffsetMin)

test.skipIf(!hasSharedTraces).each(sharedTraces)('$profile is like its trace', (t) => {
  const real = ratesOfTrace(sharedRows(t.file), t.capacity, traceOffsetMin)
  const ours = halfYear(t.profile, 11)
  const limit = tolerance[t.profile]
  expect(Math.abs(sum(ours.entries) / sum(real.entries) - 1)).toBeLessThan(0.05)
  expect(Math.abs(sum(ours.exits) / sum(real.exits) - 1)).toBeLessThan(0.05)
  expect(apart(ours.entries, real.entries)).toBeLessThan(limit.entries)
  expect(apart(byHour(ours.entries), byHour(real.entries))).toBeLessThan(0.04)
  expect(apart(ours.exits, real.exits)).toBeLessThan(limit.exits)
  expect(apart(byHour(ours.exits), byHour(real.exits))).toBeLessThan(limit.hourExits)
  // Cars inside at each hour are entries times stays: this is where wrong stay lengths show.
  expect(apart(ours.inside, real.inside)).toBeLessThan(limit.inside)
})

test.skipIf(!hasSharedTraces).each(sharedTraces)('$profile is what the fit gives', (t) => {
  const rates = ratesOfTrace(sharedRows(t.file), t.capacity, traceOffsetMin)
  expect(fitProfile(rates, t.capacity)).toEqual(trafficProfiles[t.profile])
})

test.skipIf(!hasSharedTraces)('traffic of another lot is told apart', () => {
  const t = sharedTraces[0]
  const real = ratesOfTrace(sharedRows(t.file), t.capacity, traceOffsetMin)
  const other = halfYear('garage', 11)
  expect(apart(other.entries, real.entries)).toBeGreaterThan(0.25)
  expect(apart(other.inside, real.inside)).toBeGreaterThan(0.25)
})

const profiles = Object.entries(trafficProfiles)

test.each(profiles)('%s: the table is whole', (_name, profile) => {
  expect(profile.entriesPerHour.map((day) => day.length)).toEqual(Array(7).fill(24))
  expect(profile.stayPermille.map((s) => s.length)).toEqual(Array(arrivalKinds).fill(staySteps))
  expect(profile.stayPermille.map(sum)).toEqual(Array(arrivalKinds).fill(1000))
  expect(Math.abs(sum(profile.dayPermille) - 10_000)).toBeLessThan(10)
  const numbers = [...profile.entriesPerHour, ...profile.stayPermille, profile.dayPermille].flat()
  expect(numbers.every((n) => Number.isSafeInteger(n) && n >= 0)).toBe(true)
})

test('entries follow the profile without any trace at hand', () => {
  const wanted = [...trafficProfiles.small.entriesPerHour].flat().map((n) => n / 1000)
  expect(apart(halfYear('small', 3).entries, wanted)).toBeLessThan(0.08)
})

test('a bigger lot has proportionally more traffic', () => {
  const perDay = (capacity: number): number => {
    const options = { profile: 'garage', fromMs, days: 28, seed: 4, capacity } as const
    return [...generateTraffic(options).events()].length / 28
  }
  expect(perDay(300) / perDay(100)).toBeGreaterThan(2.7)
  expect(perDay(300) / perDay(100)).toBeLessThan(3.3)
  expect([
    ...generateTraffic({ profile: 'small', fromMs, days: 3, seed: 4, capacity: 0 }).events(),
  ]).toEqual([])
})

/** How often per day at least `cars` cars leave within a quarter of an hour. */
const rushesPerDay = (rates: LotRates, cars: number, days: number): number =>
  rates.busyHours.filter((quarters) => Math.max(...quarters) >= cars).length / days

test('a stadium empties in a rush, a small lot never does', () => {
  const rates = halfYear('stadium', 5)
  expect(rushesPerDay(rates, 200, 182)).toBeGreaterThan(0.1)
  expect(rushesPerDay(rates, 100, 182)).toBeGreaterThan(0.8)
  expect(halfYear('small', 5).busyHours).toEqual([])
})

test.skipIf(!hasSharedTraces)('a stadium has rushes as often as the real one', () => {
  const t = sharedTraces[2]
  const real = ratesOfTrace(sharedRows(t.file), t.capacity, traceOffsetMin)
  const ours = halfYear('stadium', 5)
  // 31 days contain seven quarters with 200 cars, which supports a factor of two either way.
  for (const cars of [100, 200]) {
    const factor = rushesPerDay(ours, cars, 182) / rushesPerDay(real, cars, 31)
    expect(factor).toBeGreaterThan(0.5)
    expect(factor).toBeLessThan(2)
  }
})

test('events are in order, inside the window, and every exit has its entry', () => {
  const mix = trafficMixes.real
  const traffic = generateTraffic({ profile: 'small', fromMs, days: 14, seed: 8, mix })
  const inside = new Map(traffic.insideStart.map((c) => [c.carId, c.enteredAtMs]))
  expect(inside.size).toBe(traffic.insideStart.length)
  let lastMs = traffic.fromMs
  for (const e of traffic.events()) {
    if (e.atMs < lastMs || e.atMs >= traffic.toMs) expect.fail(`${e.atMs} after ${lastMs}`)
    lastMs = e.atMs
    const since = inside.get(e.carId)
    if (e.withoutStay || (e.kind === 'entry') !== (since === undefined)) expect.fail(e.carId)
    if (since === undefined) inside.set(e.carId, e.atMs)
    else {
      if (e.atMs - since < 180_000) expect.fail(`${e.carId} stays ${e.atMs - since} ms`)
      inside.delete(e.carId)
    }
  }
  expect(inside.size).toBeLessThan(90)
})

const hashOf = (options: Partial<GeneratorOptions>): string => {
  const traffic = generateTraffic({ profile: 'small', fromMs, days: 7, seed: 1, ...options })
  const hash = createHash('sha256').update(JSON.stringify(traffic.insideStart))
  for (const e of traffic.events()) hash.update(JSON.stringify(e))
  return hash.digest('hex')
}

test('one seed is one sequence, on every run and every machine', () => {
  expect(hashOf({})).toBe(hashOf({}))
  expect(hashOf({})).toBe('d9eb921b209720bb4508162f07559a370d68064c89ac2c2e8927c282b2f438fc')
  expect(new Set([hashOf({}), hashOf({ seed: 2 }), hashOf({ profile: 'garage' })]).size).toBe(3)
})
