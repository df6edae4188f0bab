// Cars for crossings: only cars inside leave, no car enters twice, and the same seed gives the same day.
// Checked on an invented trace, and on the real ones where they are available.
import { expect, test } from 'vitest'
import { normalisePlate, plateDistance } from '#base/pure/plates/plate.ts'
import { carMaker, trafficMixes } from '#simulators/traffic/cars.ts'
import type { TrafficCar } from '#simulators/traffic/cars.ts'
import { traceTraffic } from '#simulators/traffic/trace.ts'
import type { TraceRow } from '#simulators/traffic/trace.ts'
import { trafficOfTrace } from '#simulators/traffic/traffic.ts'
import type { Traffic } from '#simulators/traffic/traffic.ts'
import { hasSharedTraces, sharedRows, sharedTraces } from './shared-traces.ts'

const sampleMs = 300_000

/** A lot of 60 that fills and empties each day, with a recount that demands more departures than there are cars. */
const madeUpRows: TraceRow[] = Array.from({ length: 3000 }, (_, i) => {
  const wave = Math.round(30 + 28 * Math.cos((i / 288) * 2 * Math.PI) + ((i * 7919) % 5) - 2)
  return { atMs: 1_743_465_600_000 + i * sampleMs, free: i === 2000 ? 95 : wave }
})

interface Tally {
  readonly entries: number
  readonly exits: number
  readonly withoutStay: number
  readonly insideEnd: number
  readonly staysMs: number[]
}

/** Follows every car and fails on anything impossible. */
function followed(traffic: Traffic): Tally {
  const enteredAt = new Map(traffic.insideStart.map((c) => [c.carId, c.enteredAtMs]))
  const tally = { entries: 0, exits: 0, withoutStay: 0, staysMs: [] as number[] }
  let lastMs = traffic.fromMs
  for (const e of traffic.events()) {
    expect.soft(e.atMs).toBeGreaterThanOrEqual(lastMs)
    lastMs = e.atMs
    const since = enteredAt.get(e.carId)
    if (e.kind === 'entry') {
      tally.entries++
      if (since !== undefined) throw new Error(`${e.carId} enters twice`)
      enteredAt.set(e.carId, e.atMs)
      continue
    }
    tally.exits++
    if (e.withoutStay !== (since === undefined)) throw new Error(`${e.carId} leaves unseen`)
    if (since === undefined) tally.withoutStay++
    else tally.staysMs.push(e.atMs - since)
    enteredAt.delete(e.carId)
  }
  return { ...tally, insideEnd: enteredAt.size }
}

test('cars in and cars out balance, and an empty lot lets a car out without a stay', () => {
  const trace = traceTraffic(madeUpRows, { capacity: 60 })
  const tally = followed(trafficOfTrace(trace, { seed: 5, mix: trafficMixes.real }))
  expect(tally.entries).toBe(trace.entries)
  expect(tally.exits).toBe(trace.exits)
  expect(tally.withoutStay).toBeGreaterThan(10)
  const balance = trace.insideStart + tally.entries - (tally.exits - tally.withoutStay)
  expect(tally.insideEnd).toBe(balance)
  expect(Math.min(...tally.staysMs)).toBeGreaterThan(0)
})

test.skipIf(!hasSharedTraces).each(sharedTraces)('$file: plausible stays, none missing', (t) => {
  const traffic = trafficOfTrace(traceTraffic(sharedRows(t.file)), { seed: 1 })
  const tally = followed(traffic)
  expect(tally).toMatchObject({ entries: t.entries, exits: t.exits, withoutStay: 0 })
  expect(traffic.insideStart).toHaveLength(t.insideStart)
  const sorted = tally.staysMs.toSorted((a, b) => a - b)
  const medianMin = (sorted[sorted.length >> 1] ?? 0) / 60_000
  expect(medianMin).toBeGreaterThan(30)
  expect(medianMin).toBeLessThan(600)
  expect((sorted.at(-1) ?? 0) / 86_400_000).toBeLessThan(7)
})

test('three exits in ten take the car inside longest, the others any that has settled', () => {
  const traffic = trafficOfTrace(traceTraffic(madeUpRows, { capacity: 60 }), { seed: 6 })
  const inside = new Map(traffic.insideStart.map((c) => [c.carId, c.enteredAtMs]))
  let [exits, longest, unsettled] = [0, 0, 0]
  for (const e of traffic.events()) {
    if (e.kind === 'entry') inside.set(e.carId, e.atMs)
    else if (inside.size >= 20) {
      // Maps keep the order of entry.
      const [first] = inside.keys()
      exits++
      if (first === e.carId) longest++
      if (e.atMs - (inside.get(e.carId) ?? 0) < sampleMs) unsettled++
    }
    if (e.kind === 'exit') inside.delete(e.carId)
  }
  expect(exits).toBeGreaterThan(200)
  expect(longest / exits).toBeGreaterThan(0.25)
  expect(longest / exits).toBeLessThan(0.42)
  expect(unsettled).toBe(0)
})

test('the same seed is the same day, another seed another', () => {
  const trace = traceTraffic(madeUpRows)
  const textOf = (seed: number): string =>
    JSON.stringify([...trafficOfTrace(trace, { seed, mix: trafficMixes.real }).events()])
  expect(textOf(3)).toBe(textOf(3))
  expect(textOf(3)).not.toBe(textOf(4))
  const traffic = trafficOfTrace(trace, { seed: 3 })
  expect([...traffic.events()]).toEqual([...traffic.events()])
})

const manyCars = (mix: keyof typeof trafficMixes, count: number): TrafficCar[] => {
  const maker = carMaker(trafficMixes[mix], 9)
  return Array.from({ length: count }, () => maker.next())
}

test('plates, OBUs and cards are unique, fictional and well formed', () => {
  const cars = manyCars('real', 40_000)
  const obus = cars.flatMap((c) => (c.obu === null ? [] : [c.obu]))
  const plates = [...cars.map((c) => c.plate), ...obus.map((o) => o.plate)]
  for (const plate of plates) {
    if (normalisePlate(plate) !== plate || !/^测[AF](D?)[0-9A-HJ-NP-Z]{5}$/.test(plate)) {
      expect.fail(plate)
    }
  }
  expect(new Set(cars.map((c) => c.plate)).size).toBe(cars.length)
  expect(new Set(obus.map((o) => o.obuId)).size).toBe(obus.length)
  expect(new Set(obus.map((o) => o.cardNo)).size).toBe(obus.length)
  expect(obus.every((o) => /^[0-9A-F]{8}$/.test(o.obuId))).toBe(true)
  expect(obus.every((o) => /^4501\d{16}$/.test(o.cardNo))).toBe(true)
})

test('a mix gives its shares, and what a car is made to be is so', () => {
  const cars = manyCars('real', 40_000)
  const permille = (kind: TrafficCar['kind']): number =>
    (cars.filter((c) => c.kind === kind).length / cars.length) * 1000
  expect(Math.abs(permille('good') - 750)).toBeLessThan(10)
  expect(Math.abs(permille('noObu') - 200)).toBeLessThan(10)
  expect(Math.abs(permille('blacklisted') - 10)).toBeLessThan(3)
  for (const car of cars) {
    const poor = car.kind === 'insufficient'
    const other = car.kind === 'mismatch'
    if (car.obu === null ? car.kind !== 'noObu' : false) expect.fail(JSON.stringify(car))
    if (car.obu === null) continue
    if (poor !== car.obu.balanceFen < 100 || other !== (car.obu.plate !== car.plate)) {
      expect.fail(JSON.stringify(car))
    }
  }
  expect(manyCars('clean', 5000).every((c) => c.kind === 'good' && c.obu !== null)).toBe(true)
})

test('the camera misses some plates and takes some for others that are nearly the same', () => {
  const maker = carMaker(trafficMixes.real, 4)
  const far = { none: 0, one: 0, longer: 0, right: 0 }
  for (let i = 0; i < 20_000; i++) {
    const car = maker.next()
    const read = maker.reading(car)
    if (read === null) far.none++
    else if (read === car.plate) far.right++
    else if (plateDistance(read, car.plate) === 1) far.one++
    else if (Math.abs(read.length - car.plate.length) === 1) far.longer++
    else expect.fail(`${read} for ${car.plate}`)
  }
  expect(far.none).toBeGreaterThan(200)
  expect(far.one).toBeGreaterThan(500)
  expect(far.longer).toBeGreaterThan(50)
  expect(far.right).toBeGreaterThan(18_700)
})

test('cars come back, later, under their own plate', () => {
  const trace = traceTraffic(madeUpRows, { capacity: 60 })
  const seen = new Map<string, number>()
  let returns = 0
  for (const e of trafficOfTrace(trace, { seed: 2, mix: trafficMixes.real }).events()) {
    const leftMs = seen.get(e.car.plate)
    if (e.kind === 'entry' && leftMs !== undefined) {
      returns++
      expect(e.atMs - leftMs).toBeGreaterThanOrEqual(1_800_000)
    }
    if (e.kind === 'exit') seen.set(e.car.plate, e.atMs)
  }
  expect(returns).toBeGreaterThan(20)
})
