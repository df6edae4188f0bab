// What goes wrong on a street, each with an end for every car: the sum paid, the sum still owed, and no card of another car.
// One fen a minute. Two gantries that hear one OBU are in ../../core/lane/gantry-lane.test.ts.
import { expect, it } from 'vitest'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { minute, OpenScene, p1, p2, p3, type Ended } from './open-scene.ts'

/** An end: the car (by its number in the scene), how its stay ended, what was paid and what is owed. */
type Row = readonly [car: number | null, end: Ended['end'], paid: number, owed: number]
type Car = ReturnType<OpenScene['car']>
type Play = (scene: OpenScene, cars: readonly [Car, Car]) => void

const relabel = (config: LotConfig): LotConfig => {
  const text = JSON.stringify(config).replaceAll(`"${p1}"`, '"Q001"')
  return JSON.parse(text) as LotConfig
}

type Scenario = readonly [string, string, Play, readonly Row[]]
const scenarios: Scenario[] = [
  [
    'a car parks, leaves and is heard by the gantry',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 60, a)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 60, 0]],
  ],
  ['the gantry hears a car that never parked', '7.2.1', (s, [a]) => s.passes(a), []],
  [
    'another car of the firm passes, and the own one later',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 60, a)
      s.leaves(p1)
      s.passes(s.beside(a))
    },
    [[0, 'open', 0, 60]],
  ],
  [
    'two cars change places',
    '7.2.1',
    (s, [a, b]) => {
      s.told(p1, true, a)
      s.stands(p2, 30, b)
      s.told(p1, false)
      s.leaves(p2)
      s.told(p1, true, b)
      s.stands(p2, 30, a)
      s.told(p1, false)
      s.leaves(p2)
      for (const car of [a, b, a, b]) s.passes(car)
      s.run(10 * minute)
      for (const car of [a, b]) s.passes(car)
    },
    [
      [0, 'etc', 30, 0],
      [1, 'etc', 30, 0],
      [1, 'etc', 30, 0],
      [0, 'etc', 30, 0],
    ],
  ],
  [
    'a camera is blind for an hour, and the car has left when it sees again',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 30, a)
      s.unheard(p1)
      s.run(60 * minute)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 30, 0]],
  ],
  [
    'a camera is blind for an hour, and the same car is there when it sees again',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 30, a)
      s.unheard(p1)
      s.run(60 * minute)
      s.stands(p1, 30, a)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 120, 0]],
  ],
  [
    'a camera is blind for an hour, and another car is there when it sees again',
    '7.2.4',
    (s, [a, b]) => {
      s.stands(p1, 30, a)
      s.unheard(p1)
      s.run(60 * minute)
      s.stands(p1, 30, b)
      s.leaves(p1)
      s.passes(a)
      s.passes(b)
    },
    [
      [0, 'etc', 30, 0],
      [1, 'etc', 29, 0],
    ],
  ],
  [
    'a car stands across two spaces',
    '7.2.1',
    (s, [a]) => {
      for (let n = 0; n < 60; n++) {
        s.told(p1, true, a)
        s.told(p2, true, a)
        s.run(minute)
      }
      s.told(p2, false)
      s.leaves(p1)
      s.passes(a)
      s.run(10 * minute)
      s.passes(a)
    },
    [[0, 'etc', 60, 0]],
  ],
  [
    'a car stands across two spaces and moves into the second one',
    '7.2.4',
    (s, [a]) => {
      for (let n = 0; n < 30; n++) {
        s.told(p2, true, a)
        s.told(p3, true, a)
        s.run(minute)
      }
      s.told(p2, false)
      s.stands(p3, 30, a)
      s.leaves(p3)
      s.passes(a)
      s.run(10 * minute)
      s.passes(a)
    },
    [
      [0, 'etc', 30, 0],
      [0, 'etc', 30, 0],
    ],
  ],
  [
    'a car that moves on to the next space is no car across two',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 30, a)
      s.told(p1, false)
      s.stands(p2, 30, a)
      s.leaves(p2)
      s.passes(a)
      s.run(10 * minute)
      s.passes(a)
    },
    [
      [0, 'etc', 30, 0],
      [0, 'etc', 30, 0],
    ],
  ],
  [
    'two cars side by side are two stays',
    '7.2.1',
    (s, [a, b]) => {
      for (let n = 0; n < 30; n++) {
        s.told(p1, true, a)
        s.told(p2, true, b)
        s.run(minute)
      }
      s.told(p1, false)
      s.leaves(p2)
      s.passes(a)
      s.passes(b)
    },
    [
      [0, 'etc', 30, 0],
      [1, 'etc', 30, 0],
    ],
  ],
  [
    'a sensor flips',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 20, null)
      s.record(p1, a)
      for (let n = 0; n < 3; n++) {
        s.told(p1, false)
        s.run(6_000)
        s.told(p1, true)
        s.run(54_000)
      }
      s.stands(p1, 30, null)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 55, 0]],
  ],
  [
    'the patrol car is late',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 60, null)
      s.leaves(p1)
      s.record(p1, a)
      s.passes(a)
    },
    [[null, 'open', 0, 60]],
  ],
  [
    'the patrol car comes when the next car is there',
    '7.2.5',
    (s, [a, b]) => {
      s.stands(p1, 60, null)
      s.leaves(p1)
      s.stands(p1, 10, null)
      s.record(p1, b)
      s.leaves(p1)
      s.passes(a)
      s.passes(b)
    },
    [
      [null, 'open', 0, 60],
      [1, 'etc', 12, 0],
    ],
  ],
  [
    'a handheld is outside its fence',
    '7.2.3',
    (s, [a]) => {
      s.stands(p1, 20, null)
      s.record(p1, a, false)
      s.leaves(p1)
    },
    [[0, 'open', 0, 22]],
  ],
  [
    'a pile hears the OBU of its neighbour',
    '7.2.2',
    (s, [a]) => {
      s.told(p2, true)
      s.run(15_000)
      s.atPile(p2, a, 40_000)
      s.told(p1, true)
      s.run(15_000)
      s.atPile(p1, a, 40_000)
      s.told(p2, false)
      s.leaves(p1)
    },
    [
      [null, 'etc', 4, 0],
      [null, 'open', 0, 2],
    ],
  ],
  [
    'a pile is away when its car comes, and back 14 minutes later',
    '7.2.2',
    (s, [a]) => {
      s.pileIsUp(p1, false)
      s.told(p1, true)
      s.standsAtPiles(a, [p1])
      s.run(14 * minute)
      s.pileIsUp(p1, true)
      s.stands(p1, 16, null)
      s.drivesOff(p1, a)
    },
    [[null, 'etc', 30, 0]],
  ],
  [
    'a pile is away until its car has left',
    '7.2.2',
    (s, [a]) => {
      s.pileIsUp(p1, false)
      s.stands(p1, 30, null)
      s.standsAtPiles(a, [p1])
      s.drivesOff(p1, a)
      s.pileIsUp(p1, true)
      s.run(10 * minute)
    },
    [[null, 'open', 0, 30]],
  ],
  [
    'two piles side by side are away, and each hears both cars when they are back',
    '7.2.2',
    (s, [a, b]) => {
      for (const id of [p1, p2]) s.pileIsUp(id, false)
      s.told(p1, true)
      s.stands(p2, 14, null)
      for (const car of [a, b]) s.standsAtPiles(car, [p1, p2])
      for (const id of [p1, p2]) s.pileIsUp(id, true)
      s.stands(p2, 16, null)
      // Which OBU is in which space is not known as long as both stand there.
      s.drivesOff(p2, b)
      s.stands(p1, 10, null)
      s.drivesOff(p1, a)
    },
    [
      [null, 'etc', 41, 0],
      [null, 'open', 0, 30],
    ],
  ],
  [
    'a space gets another number while a car stands there',
    '7.2.1',
    (s, [a, b]) => {
      s.stands(p1, 29, a)
      s.told(p2, true, b)
      s.stands(p1, 1, a)
      s.runsOnWith(relabel)
      s.stands('Q001', 30, a)
      s.leaves('Q001')
      s.passes(a)
      s.run(10 * minute)
      s.passes(a)
    },
    // The first stay is counted until the last row before the change.
    [
      [0, 'etc', 30, 0],
      [1, 'stands', 0, 0],
      [0, 'etc', 30, 0],
    ],
  ],
  [
    'a space is renumbered, and its car was read by the patrol car',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.record(p1, a)
      s.runsOnWith(relabel)
      s.passes(a)
    },
    [[0, 'etc', 10, 0]],
  ],
  [
    'a space is renumbered where the platform charges',
    '7.2.3',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.record(p1, a)
      s.runsOnWith(relabel)
    },
    [[0, 'etc', 10, 0]],
  ],
  [
    'nobody pays for 30 days',
    '7.2.1',
    (s, [a]) => {
      s.stands(p1, 60, a)
      s.leaves(p1)
      s.days(31)
    },
    [[0, 'later', 0, 60]],
  ],
]

/** Minutes by which the clock of the watcher is ahead: when the car comes, after half an hour, and when it leaves. */
type Clock = readonly [comes: number, stands: number, leaves: number]
const clocks: readonly (readonly [string, Clock, paid: number])[] = [
  ['right', [0, 0, 0], 60],
  ['eight minutes ahead', [8, 8, 8], 60],
  ['eight minutes behind', [-8, -8, -8], 60],
  ['an hour ahead', [60, 60, 60], 60],
  ['an hour behind', [-60, -60, -60], 60],
  ['a year ahead', [525_600, 525_600, 525_600], 60],
  ['set forward by eight minutes while the car stands there', [-8, 0, 0], 60],
  ['set back by eight minutes while the car stands there', [8, 0, 0], 60],
  ['set back by an hour while the car stands there', [60, 0, 0], 60],
  ['set forward by eight minutes as the car leaves', [-8, -8, 0], 60],
  // A report before the last one counts as late until the clock has caught up: at most ten minutes, as a clock further ahead has no time.
  ['set back by eight minutes as the car leaves', [8, 8, 0], 67],
  ['set back by an hour as the car leaves', [60, 60, 0], 60],
]
const watchers = [
  ['camera', '7.2.4', 'push:hikvision'],
  ['sensor', '7.2.5', 'push:nb-iot'],
] as const

for (const [kind, layout, link] of watchers)
  for (const [clock, [comes, stands, leaves], paid] of clocks) {
    // The reading of the patrol car takes two seconds more than its minute.
    const own = kind === 'sensor' ? paid + 1 : paid
    const play: Play = (s, [a]) => {
      s.watchedOver(link)
      for (let n = 0; n < 60; n++) {
        s.clocked(p1, a, n < 30 ? comes : stands)
        if (kind === 'sensor' && n === 10) s.record(p1, a)
        else s.run(minute)
      }
      for (let n = 0; n < 12; n++) {
        s.clocked(p1, null, leaves)
        s.run(minute)
      }
      s.passes(a)
    }
    scenarios.push([`the clock of a ${kind} is ${clock}`, layout, play, [[0, 'etc', own, 0]]])
  }

it.each(scenarios)('%s (%s)', (_what, layout, play, ends) => {
  const scene = new OpenScene(layout)
  const cars = [scene.car(), scene.car()] as const
  play(scene, cars)
  expect(scene.ends().map(({ plate, end, paid, owed }) => [plate, end, paid, owed])).toEqual(
    ends.map(([car, ...row]) => [car === null ? null : cars[car]?.plate, ...row]),
  )
  for (const [card, stay] of scene.paidBy()) if (stay !== null) expect(card).toBe(stay)
})

it('the card of the car that stayed pays where two piles missed their cars', () => {
  const missed = scenarios.find(([what]) => what.startsWith('two piles side by side are away'))
  const scene = new OpenScene('7.2.2')
  const cars = [scene.car(), scene.car()] as const
  missed?.[2](scene, cars)
  scene.ends()
  expect(scene.paidBy().map(([card]) => card)).toEqual([cars[0].plate])
})
