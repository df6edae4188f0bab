// Behaviour of the site of a layout of clause 7.1 beside the passages, derived from the declarations of its lanes, with
// counters: `site` of a replay. A run with zero counters proves nothing about its layout.
import { directionsOf, laneOf } from '#lane/pure/layouts/index.ts'
import { seededRandom } from '#simulators/shell/random.ts'
import type { TrafficEvent } from '#simulators/traffic/traffic.ts'

/**
 * `booth`: an attendant sits there by day and takes cash, and the booth hides plates. `oneRoad`: cars meet from both
 * sides. `beside`: the antenna of the exit hears cars that come in. `ownLines`: devices of a lane go away together.
 */
type SiteTrait = 'booth' | 'oneRoad' | 'beside' | 'ownLines'

/** Entry and exit are apart, which no lane declares, and each has its own network line. */
const apart: readonly string[] = ['7.1.5']

/** Counters of each trait, in the order of the JSON. */
const counters: Readonly<Record<SiteTrait, readonly string[]>> = {
  booth: [
    'shifts',
    'cashPayments',
    'cashFen',
    'changeFen',
    'countedFen',
    'emptyBoothExits',
    'platesHidden',
  ],
  oneRoad: ['met', 'readWaiting', 'backedOff'],
  beside: ['enteringHeard', 'heardBesideExit', 'foreignObuRead'],
  ownLines: ['lineCuts', 'cameInCut', 'cutAtLane', 'leftInCut', 'otherLanePassed'],
}

const hasPart = (layout: string, part: string): boolean =>
  directionsOf(layout).some((way) =>
    laneOf(layout, way)?.picture.parts.some((one) => one.part === part),
  )

function traitsOf(layout: string): readonly SiteTrait[] {
  const lanes = directionsOf(layout).map((way) => laneOf(layout, way))
  const all: Readonly<Record<SiteTrait, boolean>> = {
    booth: lanes.some((lane) => lane?.booth !== undefined),
    oneRoad: lanes.some((lane) => lane?.sharesBarrier === true),
    beside: hasPart(layout, 'neighbour'),
    ownLines: apart.includes(layout),
  }
  return (Object.keys(all) as SiteTrait[]).filter((trait) => all[trait])
}

export class SitePlan {
  readonly #traits: ReadonlySet<SiteTrait>
  readonly #counts: Record<string, number> = {}
  /** Random numbers of the site only, so that all layouts get the same cars. */
  readonly draw: () => number

  /** `layout` null: lanes of several, whose site is not played. */
  constructor(layout: string | null, seed: number) {
    this.#traits = new Set(layout === null ? [] : traitsOf(layout))
    this.draw = seededRandom(seed ^ 0x517e)
    for (const trait of this.#traits) for (const name of counters[trait]) this.#counts[name] = 0
  }

  has(trait: SiteTrait): boolean {
    return this.#traits.has(trait)
  }

  /** Cars of both lanes are under way at the same time. */
  get isShared(): boolean {
    return this.has('oneRoad') || this.has('beside') || this.has('ownLines')
  }

  get counts(): Readonly<Record<string, number>> {
    return this.#counts
  }

  count(name: string, by = 1): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + by
  }

  /**
   * A trace gives the time of a car to five minutes: some cars from the opposite direction within that time are made to
   * arrive together.
   */
  *together(events: Iterable<TrafficEvent>): Iterable<TrafficEvent> {
    const mayMeet = this.has('oneRoad') || this.has('beside')
    let before: TrafficEvent | null = null
    for (const given of events) {
      const soonMs: number | null =
        before === null || !mayMeet ? null : this.#soonAfter(before, given)
      before = soonMs === null ? given : { ...given, atMs: soonMs }
      yield before
    }
  }

  /** Time at which it meets the previous car; null: the time of the trace. */
  #soonAfter(before: TrafficEvent, given: TrafficEvent): number | null {
    const isOther = before.kind !== given.kind && before.carId !== given.carId
    if (!isOther || given.atMs - before.atMs > sampleMs || this.draw() >= meetShare) return null
    return Math.min(given.atMs, before.atMs + Math.floor(this.draw() * besideMs))
  }
}

const sampleMs = 300_000
const meetShare = 0.8
/** One comes while the other is at its lane. */
const besideMs = 300
