// One space of an open lot: arrivals and departures from what its sensor or camera reports. A flickering sensor, a single
// misreading and hours without observation neither begin nor end a stay wrongly.
import { describe, expect, it } from 'vitest'
import {
  settle,
  sight,
  standardSpaceTimes,
  unheard,
  unwatched,
  type SpaceFact,
  type SpacePlate,
  type SpaceWatch,
} from '#lane/pure/open/space-watch.ts'
import type { Stay } from '#ledger/pure/lot/lot-state.ts'
import { t0 } from '../lot/row-kit.ts'

const plateA = '测A12345'
const read = (plate: string): SpacePlate => ({
  plate,
  plateRaw: plate,
  colour: 'blue',
  confidence: 0.95,
  photo: null,
})

const stayOf = (plate: string | null, enteredAtMs: number): Stay => ({
  stayId: 'n-S1',
  plate,
  colour: 'blue',
  enteredAtMs,
  noEntry: false,
  photo: null,
  timeUnsure: false,
  entryLaneId: 'watch',
  orders: [],
  pass: null,
  spaceId: 'P1',
  record: null,
  oneLook: null,
  leftAtMs: null,
})

/** A space with time in seconds; its stay follows from the facts. */
class Space {
  watch: SpaceWatch = unwatched(null)
  stay: Stay | null = null
  nowMs = t0
  isCamera = false
  readonly facts: SpaceFact[] = []

  at(second: number): this {
    this.nowMs = t0 + second * 1000
    this.take(settle(this.watch, standardSpaceTimes, this))
    return this
  }
  says(occupied: boolean, plate?: string): this {
    const told = { occupied, read: plate === undefined ? null : read(plate) }
    this.take(sight(this.watch, told, this))
    return this
  }
  silent(): this {
    this.watch = unheard(this.watch, this.nowMs)
    return this
  }
  private take({ watch, facts }: { watch: SpaceWatch; facts: readonly SpaceFact[] }): void {
    this.watch = watch
    for (const fact of facts) {
      this.facts.push(fact)
      if (fact.do === 'arrive') this.stay = stayOf(fact.read?.plate ?? null, fact.enteredAtMs)
      else if (fact.do === 'plate') this.stay = stayOf(fact.read.plate, this.stay?.enteredAtMs ?? 0)
      else if (fact.do === 'leave') this.stay = null
    }
  }
  get told(): readonly string[] {
    return this.facts.map((fact) => {
      if (fact.do === 'arrive') return `came ${(fact.enteredAtMs - t0) / 1000}`
      if (fact.do === 'plate') return `plate ${fact.read.plate}`
      if (fact.do === 'seen') return `seen ${fact.read.plate}`
      return `left ${(fact.leftAtMs - t0) / 1000} ${fact.by}`
    })
  }
}

describe('a space', () => {
  it('has its car from when it came to when it left, not from when that counted', () => {
    const space = new Space().says(true, plateA).at(25).at(3600).says(false).at(3621)
    expect(space.told).toEqual(['came 0', 'left 3600 space'])
  })

  it('begins nothing with a car that only turns in it', () => {
    expect(new Space().says(true, plateA).at(8).says(false).at(60).told).toEqual([])
  })

  it('ends nothing with a sensor that flips', () => {
    const space = new Space().says(true).at(25).at(500).says(false).at(508).says(true).at(600)
    expect(space.told).toEqual(['came 0'])
  })

  it.each([
    ['before anything else was reported', (space: Space) => space],
    ['of a space that was free', (space: Space) => space.says(false).at(5)],
    ['after an earlier gap', (space: Space) => space.says(false).silent().at(5)],
  ])('counts no car that was seen once %s, and then not looked at', (_what, before) => {
    const space = before(new Space()).at(10).says(true, plateA).at(15).silent().at(600)
    expect(space.told).toEqual([])
    expect(space.says(true, plateA).at(621).told).toEqual(['came 600'])
  })

  it('charges no time in which its camera looked elsewhere', () => {
    const space = new Space().says(true, plateA).at(30).silent()
    expect(space.at(200).says(false).at(211).told).toEqual(['came 0', 'left 30 space'])
  })

  it('takes the plate that its camera reads later, and keeps it through one misreading', () => {
    const space = new Space().says(true).at(25).at(300).says(true, plateA)
    space.at(600).says(true, '测B88888').at(900).says(true, plateA).at(1200).says(true, '测B88888')
    expect(space.told).toEqual(['came 0', `plate ${plateA}`])
  })

  it('knows that the car left unseen when another plate is read twice: it pays for what was seen', () => {
    const space = new Space().says(true, plateA).at(25).at(300).says(true, plateA)
    space.at(600).says(true, '测B88888').at(900).says(true, '测B88888')
    expect(space.told).toEqual(['came 0', 'left 300 otherCar', 'came 900'])
  })

  it('takes two readings of one car for one car', () => {
    const space = new Space().says(true, plateA).at(25)
    for (const second of [300, 600, 900]) space.at(second).says(true, '测A1234S')
    expect(space.told).toEqual(['came 0'])
  })

  it('charges nobody for the hour in which nobody watched', () => {
    const space = new Space().says(true).at(25).at(1000).silent().at(4600).says(false).at(4621)
    expect(space.told).toEqual(['came 0', 'left 1000 space'])
  })

  it('ends a stay that a sensor was blind for: another car may stand there now', () => {
    const space = new Space().says(true).at(25).at(1000).silent().at(4600).says(true)
    space.at(7000).says(false).at(7021)
    expect(space.told).toEqual(['came 0', 'left 1000 unwatched', 'came 4600', 'left 7000 space'])
  })

  it('goes on with the car whose plate its camera reads again, and waits where it reads none', () => {
    const space = new Space()
    space.isCamera = true
    space
      .says(true, plateA)
      .at(25)
      .at(1000)
      .silent()
      .at(4600)
      .says(true)
      .at(4900)
      .says(true, plateA)
    space.at(7000).says(false).at(7021)
    expect(space.told).toEqual(['came 0', 'left 7000 space'])
  })

  it('goes on after a moment in which nobody watched', () => {
    const space = new Space().says(true).at(25).at(1000).silent().at(1200).says(true)
    space.at(7000).says(false).at(7021)
    expect(space.told).toEqual(['came 0', 'left 7000 space'])
  })

  it('charges up to the last time that the lot ran where a car left while it did not', () => {
    const space = new Space()
    space.stay = stayOf(plateA, t0)
    space.watch = unwatched(t0 + 2_000_000)
    space.at(9000).says(false).at(9021)
    expect(space.told).toEqual(['left 2000 space'])
  })
})
