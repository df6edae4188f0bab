// Every layout says what its machine is: the states it declares are the rows that have a cell, no more and no less.
// What it draws and asks for fits: a trigger that is drawn is one it listens to, a step has what makes it.
import { describe, expect, it } from 'vitest'
import {
  asksFor,
  directionsOf,
  laneOf,
  layoutNames,
  layoutOf,
  passesOf,
  standardLayout,
} from '../../../../../firmware-runtime/core/lane/layouts/index.ts'
import type { LaneLayout } from '../../../../../firmware-runtime/core/lane/layouts/layout.ts'
import { placeLayout } from '../../../../../firmware-runtime/core/lane/layouts/place.ts'
import { layouts } from '../../../../../firmware-runtime/core/lane/layouts/table.ts'

type Lane = Parameters<typeof layoutOf>[0]

/** States with a cell for any event. */
const statesOf = ({ table }: LaneLayout): string[] =>
  Object.entries(table).flatMap(([name, cells]) => (Object.keys(cells).length === 0 ? [] : [name]))

const lanes = [
  ...Object.entries(layouts).flatMap(([name, layout]) =>
    Object.entries(layout).map(([way, lane]) => [`${name} ${way}`, lane] as const),
  ),
  ['a place', placeLayout] as const,
]

it('there is a lane to look at', () => {
  expect(lanes.map(([name]) => name)).toEqual(['7.1.1 entry', '7.1.1 exit', 'a place'])
})

describe.each(lanes)('%s', (_name, lane) => {
  it('declares the states of its machine', () => {
    expect([...lane.states].sort()).toEqual(statesOf(lane).sort())
  })

  it('draws a loop only where it listens to one, and an antenna only where it may have one', () => {
    for (const part of lane.picture.parts) {
      if (part.part === 'loop') expect(lane.triggers).toContain(part.role)
      if (part.part === 'antenna') expect(Object.keys(lane.devices)).toContain('rsu')
      if (part.part === 'boom') expect(Object.keys(lane.devices)).toContain('barrier')
    }
  })

  it('shows the steps of an OBU only where it may have an antenna', () => {
    if (lane.steps.includes('obu')) expect(Object.keys(lane.devices)).toContain('rsu')
  })
})

/** Clause 7.1.1 once more, member by member: a slip in the table shows here. */
const shared = '7.1.1 a, b'
const enclosed = {
  triggers: ['arrive', 'under', 'presence'],
  picture: {
    parts: [
      { part: 'loop', role: 'arrive', at: 214 },
      { part: 'loop', role: 'under', at: 400 },
      { part: 'antenna', at: 562, zone: 240 },
      { part: 'boom', at: 470 },
    ],
    car: { arrive: 214, both: 300, under: 400 },
  },
}
const charged = ['trigger', 'plate', 'order', 'obu', 'charge', 'barrier']

describe('what belongs to a lane', () => {
  it.each<[string, object, object]>([
    [
      'the entry of 7.1.1',
      { layout: '7.1.1', direction: 'entry' },
      {
        ...enclosed,
        devices: { camera: shared, barrier: shared, display: shared, rsu: null },
        steps: ['trigger', 'plate', 'barrier'],
        passes: ['entry', 'emergency'],
      },
    ],
    [
      'the exit of 7.1.1',
      { layout: '7.1.1', direction: 'exit' },
      {
        ...enclosed,
        devices: { camera: shared, barrier: shared, display: shared, rsu: '7.1.1 b' },
        steps: charged,
        passes: ['etc', 'free', 'other', 'later', 'emergency'],
      },
    ],
    [
      'a handheld, whatever layout it names',
      { layout: 'none', direction: 'exit', place: { kind: 'handheld', gnss: null } },
      {
        triggers: [],
        picture: { parts: [], car: { arrive: 0, both: 0, under: 0 } },
        devices: { rsu: null },
        steps: charged,
        passes: [],
      },
    ],
  ])('is that of %s', (_name, lane, expected) => {
    const { table, states, ...rest } = layoutOf(lane as Lane)
    expect(rest).toEqual(expected)
    expect(states.length).toBeLessThanOrEqual(Object.keys(table).length)
  })
  it('is nothing where there is no such layout or direction', () => {
    expect([laneOf('7.9.9', 'exit'), laneOf('7.1.1', 'sideways' as 'exit')]).toEqual([null, null])
    const unknown = { layout: '7.9.9', direction: 'exit' } as Lane
    expect(() => layoutOf(unknown)).toThrow('layout 7.9.9 has a lane of exit')
    expect([directionsOf('7.1.1'), directionsOf('7.9.9')]).toEqual([['entry', 'exit'], []])
    expect([layoutNames, standardLayout]).toEqual([['7.1.1'], '7.1.1'])
  })
  it('asks for a device where a clause names it', () => {
    const asked = (way: 'entry' | 'exit') =>
      (['camera', 'barrier', 'display', 'rsu'] as const).filter((d) => asksFor('7.1.1', way, d))
    expect(asked('entry')).toEqual(['camera', 'barrier', 'display'])
    expect(asked('exit')).toEqual(['camera', 'barrier', 'display', 'rsu'])
    expect(asksFor('7.9.9', 'exit', 'camera')).toBe(false)
  })
  it('lets a car pass on its own grounds, and a lane of another lot on none', () => {
    const lane = { layout: '7.1.1', place: undefined }
    const lot = [
      { ...lane, id: 'in', direction: 'entry' },
      { ...lane, id: 'out', direction: 'exit' },
    ]
    const passes = passesOf({ lanes: lot as never })
    expect([passes('in'), passes('elsewhere')]).toEqual([['entry', 'emergency'], []])
    expect(passes('out')).toHaveLength(5)
  })
})
