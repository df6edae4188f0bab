// Endless traffic of a lot of the centre's demo: a fleet of invented cars that come and go, so that a lot that starts
// again knows the OBU of each car that stands in it. It keeps the lot about half full.
import { chinaOffsetMin, civil, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import {
  carMaker,
  trafficMixes,
  type TrafficCar,
  type TrafficMix,
} from '#simulators/traffic/cars.ts'
import { streamSeed, type TrafficEvent } from '#simulators/traffic/traffic.ts'

const fleetSize = 1_500
/** Cameras that read well: the stay of a car that was misread waits for a person. */
const mix: TrafficMix = { ...trafficMixes.real, unreadable: 2, misread: 6 }
/** Share of its pace that a lot has from 22:00 to 06:00. */
const atNight = 0.3
/** A car stays at least so long, ms. */
const settledMs = 120_000
/** Of the cars that may leave, share of departures by the one that is there longest. */
const longestShare = 0.3

export const fleetOf = (seed: number): readonly TrafficCar[] => {
  const maker = carMaker(mix, streamSeed(seed, 1))
  return Array.from({ length: fleetSize }, () => maker.next())
}

interface TownOptions {
  readonly seed: number
  readonly fleet: readonly TrafficCar[]
  readonly capacity: number
  readonly perMinute: number
  readonly fromMs: InstantMs
  /** Cars that are in the lot, longest first. */
  readonly inside: readonly TrafficCar[]
}

export class TownTraffic {
  readonly #options: TownOptions
  readonly #draw: () => number
  readonly #reading: (car: TrafficCar) => string | null
  readonly #inside: { readonly car: TrafficCar; readonly sinceMs: InstantMs }[]
  readonly #outside: TrafficCar[]
  /** When the next car comes or goes. */
  nextMs: InstantMs

  constructor(options: TownOptions) {
    const { seed, fleet, fromMs, inside } = options
    this.#options = options
    // Each start is another stretch of the same fleet's life.
    const own = streamSeed(seed, Math.floor(fromMs / 1000))
    this.#draw = seededRandom(own)
    const maker = carMaker(mix, own ^ 0x5ee)
    this.#reading = (car) => maker.reading(car)
    this.#inside = inside.map((car) => ({ car, sinceMs: 0 }))
    const there = new Set(inside.map(({ carId }) => carId))
    this.#outside = fleet.filter(({ carId }) => !there.has(carId))
    this.nextMs = fromMs + this.#gapMs(fromMs)
  }

  #gapMs(atMs: InstantMs): number {
    const { hour } = civil(atMs, chinaOffsetMin)
    const pace = this.#options.perMinute * (hour >= 6 && hour < 22 ? 1 : atNight)
    return Math.ceil((-Math.log(1 - this.#draw()) * 60_000) / pace)
  }

  /** The crossing that is due at `nextMs`. */
  next(): TrafficEvent {
    const atMs = this.nextMs
    this.nextMs += this.#gapMs(atMs)
    const [side, place] = [this.#draw(), this.#draw()]
    const settled = this.#inside.filter(({ sinceMs }) => sinceMs <= atMs - settledMs).length
    const leaves = side < this.#inside.length / this.#options.capacity && settled > 0
    if (!leaves) {
      const [car] = this.#outside.splice(Math.floor(place * this.#outside.length), 1)
      const comes = present(car, 'the fleet is larger than the lot')
      this.#inside.push({ car: comes, sinceMs: atMs })
      return this.#event('entry', atMs, comes)
    }
    const at = this.#draw() < longestShare ? 0 : Math.floor(place * settled)
    const { car } = present(this.#inside.splice(at, 1)[0], 'it is among the settled')
    this.#outside.push(car)
    return this.#event('exit', atMs, car)
  }

  #event(kind: TrafficEvent['kind'], atMs: InstantMs, car: TrafficCar): TrafficEvent {
    const { carId } = car
    return { kind, atMs, carId, car, cameraPlate: this.#reading(car), withoutStay: false }
  }
}
