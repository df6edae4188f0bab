// A plate that a person in a patrol car typed (7.2.5): its order is charged by a card only where a second look agrees with it.
// One fen a minute; each car ends with the sum paid and the sum still owed.
import { expect, it } from 'vitest'
import { minute, OpenScene, p1, type Ended } from './open-scene.ts'

type Car = ReturnType<OpenScene['car']>
type Play = (scene: OpenScene, cars: readonly [Car]) => void
type Row = readonly [car: number, end: Ended['end'], paid: number, owed: number]

const scenarios: readonly (readonly [string, string, Play, readonly Row[]])[] = [
  [
    'the patrol car types the plate of another car, and that one passes the gantry',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.types(p1, a)
      s.stands(p1, 10, null)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'open', 0, 20]],
  ],
  [
    'the patrol car types a plate and comes again when its OBU answers',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.types(p1, a)
      s.run(minute)
      s.record(p1, a)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 13, 0]],
  ],
  [
    'the patrol car types a plate, and a camera at the space reads the same',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.types(p1, a)
      s.stands(p1, 10, a)
      s.leaves(p1)
      s.passes(a)
    },
    [[0, 'etc', 20, 0]],
  ],
  [
    'the patrol car types a plate, a second person confirms the photo, the program starts anew',
    '7.2.5',
    (s, [a]) => {
      s.stands(p1, 10, null)
      s.types(p1, a)
      s.stands(p1, 10, null)
      s.leaves(p1)
      s.confirms(a)
      s.runsOnWith((config) => config)
      s.passes(a)
    },
    [[0, 'etc', 20, 0]],
  ],
]

it.each(scenarios)('%s (%s)', (_what, layout, play, ends) => {
  const scene = new OpenScene(layout)
  const cars = [scene.car()] as const
  play(scene, cars)
  expect(scene.ends().map(({ plate, end, paid, owed }) => [plate, end, paid, owed])).toEqual(
    ends.map(([, ...row]) => [cars[0].plate, ...row]),
  )
  for (const [card, stay] of scene.paidBy()) if (stay !== null) expect(card).toBe(stay)
})
