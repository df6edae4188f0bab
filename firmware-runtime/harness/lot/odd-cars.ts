// Cars that leave otherwise, as the world of a simulation plays them at a lane: tailgate, reverse, two in the zone,
// stop and leave backwards, the neighbour's OBU, a plate read twice, a motorcycle or pedestrian on the loop.
import type { LaneStateName } from '#lane/pure/lane.ts'
import { present } from '#base/pure/values/must.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'
import type { Going } from './roads.ts'

/** A lane as the world has it: what it sets, it sets until the lane has seen it. */
export interface OddRoad {
  loops(arrive: boolean, under: boolean): Going<boolean>
  sees(plate: string | null): void
  /** The OBU of another car comes into the zone, or leaves it. Nothing at a lane without an antenna. */
  otherObu(car: TrafficEvent['car'], there: boolean): void
  waitMs(ms: number): Going<boolean>
  untilState(...names: readonly LaneStateName[]): Going<boolean>
}

/** Before the car comes, while it is under the boom, or when it has left. */
interface OddCar {
  readonly when: 'before' | 'under' | 'after'
  play(road: OddRoad, event: TrafficEvent): Going
}

const steppedOnMs = 400
const standsMs = 5_000

const oddCars = {
  pedestrian: {
    when: 'before',
    *play(road) {
      yield* road.loops(true, false)
      yield* road.waitMs(steppedOnMs)
      yield* road.loops(false, false)
    },
  },
  motorcycle: {
    when: 'before',
    *play(road) {
      yield* road.loops(true, false)
      road.sees(null)
      yield* road.waitMs(standsMs)
      yield* road.loops(false, false)
    },
  },
  /** Stops, is read, and leaves backwards, with its pass where it had one by then; it comes again. */
  backsOut: {
    when: 'before',
    *play(road, { car }) {
      yield* road.loops(true, false)
      road.sees(car.plate)
      yield* road.untilState('manual', 'asking', 'opening')
      yield* road.loops(false, false)
    },
  },
  /** Close behind, under the same boom. */
  tailgate: {
    when: 'under',
    *play(road) {
      yield* road.loops(true, true)
      yield* road.loops(false, true)
    },
  },
  /** Against the direction, under the boom that is still open behind the car before. */
  reverse: {
    when: 'after',
    *play(road) {
      yield* road.loops(false, true)
      yield* road.loops(true, true)
      yield* road.loops(true, false)
      yield* road.waitMs(steppedOnMs)
      yield* road.loops(false, false)
    },
  },
  plateTwice: {
    when: 'after',
    *play(road, { car }) {
      road.sees(car.plate)
    },
  },
  /** A car in the adjacent lane: its OBU is received here, its body is not detected. */
  neighbour: {
    when: 'before',
    *play(road, { car }) {
      road.otherObu(car, true)
    },
  },
  /** The car behind is in the zone as well: its OBU is received before that of the car in front. */
  twoInZone: {
    when: 'before',
    *play(road, { car }) {
      road.otherObu(car, true)
      yield* road.waitMs(steppedOnMs)
    },
  },
} as const satisfies Readonly<Record<string, OddCar>>

export type OddName = keyof typeof oddCars
export const oddNames = Object.keys(oddCars) as OddName[]

/** Ends that the ledger names: as many rows as such cars were played. No direction of a reused lane is wrong. */
export const namedEnds = { tailgate: ['tailgated'], reverse: ['wrongWay', 'wentUnread'] } as const

/** Draws what happens at a passage besides the car itself; null: nothing. */
export function drawOdd(draw: () => number, permille: number): OddName | null {
  if (permille === 0 || draw() * 1000 >= permille) return null
  return present(oddNames[Math.floor(draw() * oddNames.length)], 'an odd car is of the table')
}

/** Plays it at its time; true when it was this one's. */
export function* playOdd(
  name: OddName | null,
  when: OddCar['when'],
  road: OddRoad,
  event: TrafficEvent,
): Going<boolean> {
  if (name === null || oddCars[name].when !== when) return false
  yield* oddCars[name].play(road, event)
  return true
}
