// The repository's own traffic: seeded, for any capacity and any number of days.
// Cars arrive as in the fitted profiles and draw a stay that suits their time of arrival.
import { chinaOffsetMin, civil, dayMs, dayStartMs, minuteMs } from '#base/pure/values/instant.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { seededRandom } from '../shell/random.ts'
import { trafficMixes } from './cars.ts'
import { trafficProfiles, type ProfileName } from './profiles.ts'
import { arrivalKind, stayEdgesMin, type TrafficProfile } from './stays.ts'
import { Yard, streamSeed } from './traffic.ts'
import type { InsideCar, Traffic, TrafficEvent, TrafficOptions } from './traffic.ts'

export interface GeneratorOptions extends TrafficOptions {
  readonly profile: ProfileName
  /** Default: the profile's. Rates grow in proportion. */
  readonly capacity?: number | undefined
  readonly fromMs: InstantMs
  readonly days: number
}

const hourMs = 3_600_000
/** The longest stay is three days: after four days the lot has reached its usual occupancy. */
const warmUpDays = 4
/** The small lot's counter shows up to 14 cars more than its 74 spaces; beyond that cars drive on. */
const overfillPermille = 1190
/** Longest time for one Poisson draw: exp(-20) is still far from zero. */
const meanMax = 20
const rushMs = 900_000
/** Within such a block of hours all cars share one rush: the end of one match. */
const rushBlockMs = 4 * hourMs
const weekHours = 168
const exitParts = 12

export function generateTraffic(options: GeneratorOptions): Traffic {
  const profile = trafficProfiles[options.profile]
  const capacity = options.capacity ?? profile.capacity
  const { fromMs } = options
  const toMs = fromMs + Math.floor(options.days * dayMs)
  const lot = { profile, capacity, startMs: fromMs - warmUpDays * dayMs, toMs, options }
  return {
    fromMs,
    toMs,
    capacity,
    insideStart: warmedUp(lot, fromMs),
    *events() {
      for (const event of run(new Yard(options.mix ?? trafficMixes.clean, options.seed), lot)) {
        if (event.atMs >= fromMs) yield event
      }
    },
  }
}

interface Lot {
  readonly profile: TrafficProfile
  readonly capacity: number
  readonly startMs: InstantMs
  readonly toMs: InstantMs
  readonly options: GeneratorOptions
}

function warmedUp(lot: Lot, fromMs: InstantMs): readonly InsideCar[] {
  const yard = new Yard(lot.options.mix ?? trafficMixes.clean, lot.options.seed)
  for (const event of run(yard, { ...lot, toMs: fromMs })) if (event.atMs >= fromMs) break
  return yard.inside()
}

interface Departure {
  readonly atMs: InstantMs
  readonly carId: string
}

/** Arrivals and departures in order of time; at the same ms the car that leaves goes first. */
function* run(yard: Yard, lot: Lot): Generator<TrafficEvent> {
  const leaving = departures(lot)
  const waiting: Departure[] = []
  const limit = Math.ceil((lot.capacity * overfillPermille) / 1000)
  for (const atMs of arrivals(lot)) {
    for (let next = waiting[0]; next !== undefined && next.atMs <= atMs; next = waiting[0]) {
      waiting.shift()
      yield yard.leaveNamed(next.carId, next.atMs)
    }
    // Drawn for every arrival, so that a car that drives on does not shift later stays.
    const leavesAtMs = leaving(atMs)
    if (waiting.length >= limit) continue
    const entry = yard.enter(atMs)
    waiting.splice(placeOf(waiting, leavesAtMs), 0, { atMs: leavesAtMs, carId: entry.carId })
    yield entry
  }
  for (const { atMs, carId } of waiting) {
    if (atMs >= lot.toMs) return
    yield yard.leaveNamed(carId, atMs)
  }
}

/** Arrival times, hour by hour: a Poisson number of them at sorted random places. */
function* arrivals(lot: Lot): Generator<InstantMs> {
  const { profile, capacity, startMs, toMs, options } = lot
  const random = seededRandom(streamSeed(options.seed, 4))
  const dayRandom = seededRandom(streamSeed(options.seed, 6))
  let [day, dayPermille] = [Number.NaN, 1000]
  for (let hour = Math.floor(startMs / hourMs) * hourMs; hour < toMs; hour += hourMs) {
    if (dayStartMs(hour) !== day) {
      day = dayStartMs(hour)
      const kind = Math.floor(dayRandom() * profile.dayPermille.length)
      dayPermille = profile.dayPermille[kind] ?? 1000
    }
    const c = civil(hour, chinaOffsetMin)
    const rate = profile.entriesPerHour[c.weekday]?.[c.hour] ?? 0
    const mean = (rate * dayPermille * capacity) / (profile.capacity * 1_000_000)
    const times = Array.from({ length: poisson(mean, random) }, () => random())
    for (const part of times.sort((a, b) => a - b)) {
      const atMs = hour + Math.floor(part * hourMs)
      if (atMs >= startMs && atMs < toMs) yield atMs
    }
  }
}

/** Knuth's method, in parts: a sum of Poisson numbers is a Poisson number. */
function poisson(mean: number, random: () => number): number {
  let count = 0
  for (let left = mean; left > 0; left -= meanMax) {
    const floor = Math.exp(-Math.min(left, meanMax))
    for (let product = random(); product > floor; product *= random()) count++
  }
  return count
}

function departures(lot: Lot): (atMs: InstantMs) => InstantMs {
  const { profile, options } = lot
  const random = seededRandom(streamSeed(options.seed, 5))
  const exitsPerHour = expectedExits(profile)
  return (atMs) => {
    const c = civil(atMs, chinaOffsetMin)
    const shares = profile.stayPermille[arrivalKind(c.weekday, c.hour)] ?? []
    const [low, high] = stayLimits(shares, random() * 1000)
    const leavesMs = atMs + Math.floor((low + random() * (high - low)) * minuteMs)
    const [inRush, place] = [random() * 1000 < profile.rushPermille, random()]
    if (!inRush) return leavesMs
    const startMs = rushStartMs(exitsPerHour, options.seed, Math.floor(leavesMs / rushBlockMs))
    const rushedMs = startMs + Math.floor(place * rushMs)
    // A rush never lets a car leave before its shortest stay.
    return rushedMs < atMs + (stayEdgesMin[0] ?? 0) * minuteMs ? leavesMs : rushedMs
  }
}

/**
 * The quarter of an hour of a block's rush. An hour is chosen in proportion to its departures, so that the mean of many
 * days keeps its hours.
 */
function rushStartMs(exitsPerHour: readonly number[], seed: number, block: number): InstantMs {
  const random = seededRandom(streamSeed(seed, block))
  const blockMs = block * rushBlockMs
  const hours = Array.from({ length: rushBlockMs / hourMs }, (_, i) => blockMs + i * hourMs)
  const weights = hours.map((atMs) => {
    const c = civil(atMs, chinaOffsetMin)
    return exitsPerHour[c.weekday * 24 + c.hour] ?? 0
  })
  let left = random() * weights.reduce((a, b) => a + b, 0)
  const chosen = weights.findIndex((weight) => (left -= weight) < 0)
  return blockMs + Math.max(0, chosen) * hourMs + Math.floor(random() * 4) * rushMs
}

/** Expected exits of each hour of the week from entries and stays, without chance. */
function expectedExits(profile: TrafficProfile): number[] {
  const exits = Array.from({ length: weekHours }, () => 0)
  for (let hour = 0; hour < weekHours; hour++) {
    const [weekday, hourOfDay] = [Math.floor(hour / 24), hour % 24]
    const entries = profile.entriesPerHour[weekday]?.[hourOfDay] ?? 0
    const shares = profile.stayPermille[arrivalKind(weekday, hourOfDay)] ?? []
    shares.forEach((share, step) => {
      const [low = 0, high = 0] = stayEdgesMin.slice(step)
      for (let part = 0.5; part < exitParts; part++) {
        const stayHours = (low + ((high - low) * part) / exitParts) / 60
        const at = Math.floor(hour + 0.5 + stayHours) % weekHours
        exits[at] = (exits[at] ?? 0) + (entries * share) / exitParts
      }
    })
  }
  return exits
}

/** Limits in minutes of the step for a draw from 0 to 1000. */
function stayLimits(shares: readonly number[], draw: number): [number, number] {
  let left = draw
  const step = shares.findIndex((share) => (left -= share) < 0)
  const [low = 0, high = 0] = stayEdgesMin.slice(Math.max(0, step))
  return [low, high]
}

/** Position of a departure: after those of the same ms. */
function placeOf(departures: readonly Departure[], atMs: InstantMs): number {
  let [low, high] = [0, departures.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((departures[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1
    else high = middle
  }
  return low
}
