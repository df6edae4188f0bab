// Traffic as cars: gives every entry a car, and every exit the car that leaves.
// Used for traces (which only count) and for the generator (which knows who leaves when).
import { type Crossing, type TraceTraffic } from './trace.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { must, present } from '#base/pure/values/must.ts'
import { seededRandom } from '../shell/random.ts'
import { carMaker, trafficMixes, type CarMaker, type TrafficCar, type TrafficMix } from './cars.ts'

export interface TrafficEvent extends Crossing {
  readonly carId: string
  readonly car: TrafficCar
  /** The camera's reading at this crossing; null: no plate. */
  readonly cameraPlate: string | null
  /** An exit of a car without a recorded entry. */
  readonly withoutStay: boolean
}

export interface InsideCar {
  readonly carId: string
  readonly car: TrafficCar
  readonly enteredAtMs: InstantMs
}

export interface Traffic {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly capacity: number
  /** Cars inside when it begins, longest first. */
  readonly insideStart: readonly InsideCar[]
  /** Ordered by time. Every call starts again and gives the same. */
  events(): Iterable<TrafficEvent>
}

export interface TrafficOptions {
  readonly seed: number
  readonly mix?: TrafficMix
}

/** Share of exits by the car that is inside longest; others take any settled car. */
const fifoShare = 0.3
/** A car that entered less than this ago leaves only when no other is inside, ms. */
const settledMs = 300_000
const returnAfterMs = 1_800_000
const returnersMax = 5_000
/** Average time that the cars inside at the start have been there. */
const meanInsideMs = 5_400_000
const longestInsideMs = 86_400_000

/** Independent streams from one seed. */
export const streamSeed = (seed: number, stream: number): number =>
  (Math.imul(seed, 0x9e3779b1) + Math.imul(stream, 0x85ebca77)) >>> 0

/** Cars for the crossings of a trace. */
export function trafficOfTrace(trace: TraceTraffic, options: TrafficOptions): Traffic {
  const mix = options.mix ?? trafficMixes.clean
  const start = (): Yard => {
    const yard = new Yard(mix, options.seed)
    yard.fill(trace.insideStart, trace.fromMs)
    return yard
  }
  return {
    fromMs: trace.fromMs,
    toMs: trace.toMs,
    capacity: trace.capacity,
    insideStart: start().inside(),
    *events() {
      const yard = start()
      for (const crossing of trace.crossings(streamSeed(options.seed, 3))) {
        yield crossing.kind === 'entry' ? yard.enter(crossing.atMs) : yard.leave(crossing.atMs)
      }
    },
  }
}

/** Cars inside, in order of entry, and cars that may return. */
export class Yard {
  readonly #maker: CarMaker
  readonly #returning: number
  readonly #random: () => number
  readonly #inside: InsideCar[] = []
  readonly #left: { car: TrafficCar; leftAtMs: InstantMs }[] = []

  constructor(mix: TrafficMix, seed: number) {
    this.#maker = carMaker(mix, streamSeed(seed, 1))
    this.#returning = mix.returning
    this.#random = seededRandom(streamSeed(seed, 2))
  }

  inside(): readonly InsideCar[] {
    return [...this.#inside]
  }

  /** Cars that entered before the traffic begins: exponential stays so far, at most a day. */
  fill(count: number, atMs: InstantMs): void {
    const agesMs = Array.from({ length: count }, () => {
      const ageMs = Math.floor(-Math.log(1 - this.#random()) * meanInsideMs) + settledMs
      return Math.min(ageMs, longestInsideMs)
    })
    for (const ageMs of agesMs.sort((a, b) => b - a)) {
      const car = this.#maker.next()
      this.#inside.push({ carId: car.carId, car, enteredAtMs: atMs - ageMs })
    }
  }

  enter(atMs: InstantMs): TrafficEvent {
    const car = this.#returner(atMs) ?? this.#maker.next()
    this.#inside.push({ carId: car.carId, car, enteredAtMs: atMs })
    return this.#event('entry', atMs, car, false)
  }

  leave(atMs: InstantMs): TrafficEvent {
    const chosen = this.#chosen(atMs)
    if (chosen === null) return this.#event('exit', atMs, this.#maker.next(), true)
    return this.#leaves(chosen, atMs)
  }

  /** The exit of a car that is known to be inside. */
  leaveNamed(carId: string, atMs: InstantMs): TrafficEvent {
    const index = this.#inside.findIndex((c) => c.carId === carId)
    must(index >= 0, `${carId} is inside`)
    return this.#leaves(index, atMs)
  }

  #leaves(index: number, atMs: InstantMs): TrafficEvent {
    const [gone] = this.#inside.splice(index, 1)
    const { car } = present(gone, 'the car that leaves was found inside')
    this.#left.push({ car, leftAtMs: atMs })
    if (this.#left.length > returnersMax) this.#left.shift()
    return this.#event('exit', atMs, car, false)
  }

  /** Index of the car that leaves; null when none is inside. */
  #chosen(atMs: InstantMs): number | null {
    const [fifo, place] = [this.#random() < fifoShare, this.#random()]
    const settled = countUntil(this.#inside, (c) => c.enteredAtMs <= atMs - settledMs)
    if (this.#inside.length === 0) return null
    return fifo || settled === 0 ? 0 : Math.floor(place * settled)
  }

  #returner(atMs: InstantMs): TrafficCar | null {
    const [roll, place] = [this.#random() * 1000, this.#random()]
    if (roll >= this.#returning) return null
    const ready = countUntil(this.#left, (c) => c.leftAtMs <= atMs - returnAfterMs)
    if (ready === 0) return null
    return this.#left.splice(Math.floor(place * ready), 1)[0]?.car ?? null
  }

  #event(
    kind: Crossing['kind'],
    atMs: InstantMs,
    car: TrafficCar,
    withoutStay: boolean,
  ): TrafficEvent {
    const cameraPlate = this.#maker.reading(car)
    return { kind, atMs, carId: car.carId, car, cameraPlate, withoutStay }
  }
}

/** Length of the leading part of the list for which `holds` is true; the list must be ordered so. */
function countUntil<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = list[middle]
    if (item !== undefined && holds(item)) low = middle + 1
    else high = middle
  }
  return low
}
