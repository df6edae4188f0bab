// Every layout declares its state machine: the declared states are exactly the rows of its table that have a cell.
// Drawing and requirements fit the machine: it listens to every drawn trigger, and every step has an event that makes it.
import { describe, expect, it } from 'vitest'
import {
  asksFor,
  directionsOf,
  laneOf,
  layoutNames,
  openLayoutNames,
  layoutOf,
  passesOf,
  standardLayout,
} from '#lane/pure/layouts/index.ts'
import type { LaneLayout } from '#lane/pure/layouts/layout.ts'
import { placeLayout } from '#lane/pure/layouts/place.ts'
import { layouts } from '#lane/pure/layouts/table.ts'

type Lane = Parameters<typeof layoutOf>[0]

/** States with a cell for at least one event. */
const statesOf = ({ table }: LaneLayout): string[] =>
  Object.entries(table).flatMap(([name, cells]) => (Object.keys(cells).length === 0 ? [] : [name]))

const lanes = [
  ...Object.entries(layouts).flatMap(([name, layout]) =>
    Object.entries(layout).map(([way, lane]) => [`${name} ${way}`, lane] as const),
  ),
  ['a place', placeLayout] as const,
]

it('there is a lane to look at', () => {
  const ways = layoutNames.flatMap((name) => [`${name} entry`, `${name} exit`])
  const open = openLayoutNames.map((name) => `${name} exit`)
  expect(lanes.map(([name]) => name)).toEqual([...ways, ...open, 'a place'])
})

describe.each(lanes)('%s', (_name, lane) => {
  it('declares the states of its machine', () => {
    expect([...lane.states].sort()).toEqual(statesOf(lane).sort())
  })

  it('draws a loop only where it listens to one, and an antenna only where it may have one', () => {
    for (const part of lane.picture.parts) {
      // A lane that shares its boom has the loops and the boom of its partner.
      if (lane.sharesBarrier === true) continue
      if (part.part === 'loop') expect(lane.triggers).toContain(part.role)
      if (part.part === 'boom') expect(Object.keys(lane.devices)).toContain('barrier')
    }
    if (lane.picture.parts.some(({ part }) => part === 'antenna'))
      expect(Object.keys(lane.devices)).toContain('rsu')
  })

  it('shows the steps of an OBU only where it may have an antenna', () => {
    if (lane.steps.includes('obu')) expect(Object.keys(lane.devices)).toContain('rsu')
  })
})

/** Clause 7.1.1 written again, member by member, to reveal an error in the table. */
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
/** With the booth of 7.1.2 on the island at the driver's left, and the boom's post there. */
const besideBooth = {
  ...enclosed,
  booth: '7.1.2 a, c',
  picture: {
    ...enclosed.picture,
    parts: [
      { part: 'booth', at: 300 },
      ...enclosed.picture.parts.slice(0, 3),
      { part: 'boom', at: 470, from: 'left' },
    ],
  },
}
const besideLane = (way: string) => ({
  ...enclosed,
  picture: { ...enclosed.picture, parts: [{ part: 'neighbour', way }, ...enclosed.picture.parts] },
})
const entered = { steps: ['trigger', 'plate', 'barrier'], passes: ['entry', 'emergency'] }
const charged = ['trigger', 'plate', 'order', 'obu', 'charge', 'barrier']
const left = { steps: charged, passes: ['etc', 'free', 'other', 'later', 'emergency'] }
const bothWays = (parts: readonly object[]) => ({
  ...enclosed.picture,
  parts: [...parts, { part: 'farTrigger', at: 548 }],
})
const referred = (clause: string) => ({ camera: clause, barrier: clause, display: clause })

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
      'the entry of 7.1.2',
      { layout: '7.1.2', direction: 'entry' },
      {
        ...besideBooth,
        ...entered,
        devices: {
          camera: '7.1.2 a, b, d',
          barrier: '7.1.2 a, b',
          display: '7.1.2 a, b',
          rsu: null,
        },
      },
    ],
    [
      'the exit of 7.1.2',
      { layout: '7.1.2', direction: 'exit' },
      {
        ...besideBooth,
        ...left,
        devices: {
          camera: '7.1.2 a, b, d',
          barrier: '7.1.2 a, b',
          display: '7.1.2 a, b',
          rsu: '7.1.2 b, e',
        },
      },
    ],
    [
      'the entry of 7.1.3',
      { layout: '7.1.3', direction: 'entry' },
      {
        ...entered,
        triggers: ['arrive', 'under', 'presence', 'inner'],
        picture: bothWays(enclosed.picture.parts.filter(({ part }) => part !== 'antenna')),
        devices: referred('7.1.3 a'),
      },
    ],
    [
      'the exit of 7.1.3',
      { layout: '7.1.3', direction: 'exit' },
      {
        ...left,
        triggers: [],
        sharesBarrier: true,
        picture: bothWays(enclosed.picture.parts),
        devices: { camera: '7.1.3 b', display: '7.1.3 b', rsu: '7.1.3 b, c' },
      },
    ],
    [
      'the entry of 7.1.4',
      { layout: '7.1.4', direction: 'entry' },
      { ...besideLane('exit'), ...entered, devices: { ...referred('7.1.4, 7.1.1'), rsu: null } },
    ],
    [
      'the exit of 7.1.4',
      { layout: '7.1.4', direction: 'exit' },
      {
        ...besideLane('entry'),
        ...left,
        devices: { ...referred('7.1.4, 7.1.1'), rsu: '7.1.4, 7.1.1' },
      },
    ],
    [
      'the entry of 7.1.5',
      { layout: '7.1.5', direction: 'entry' },
      { ...enclosed, ...entered, devices: { ...referred('7.1.5, 7.1.1'), rsu: null } },
    ],
    [
      'the exit of 7.1.5',
      { layout: '7.1.5', direction: 'exit' },
      { ...enclosed, ...left, devices: { ...referred('7.1.5, 7.1.1'), rsu: '7.1.5, 7.1.1' } },
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
    const { table, states, siting: _, ...rest } = layoutOf(lane as Lane)
    expect(rest).toEqual(expected)
    expect(states.length).toBeLessThanOrEqual(Object.keys(table).length)
  })
  it('is nothing where there is no such layout or direction', () => {
    expect([laneOf('7.9.9', 'exit'), laneOf('7.1.1', 'sideways' as 'exit')]).toEqual([null, null])
    const unknown = { layout: '7.9.9', direction: 'exit' } as Lane
    expect(() => layoutOf(unknown)).toThrow('layout 7.9.9 has a lane of exit')
    expect([directionsOf('7.1.1'), directionsOf('7.9.9')]).toEqual([['entry', 'exit'], []])
    const enclosedLots = ['7.1.1', '7.1.2', '7.1.3', '7.1.4', '7.1.5']
    expect([layoutNames, standardLayout]).toEqual([enclosedLots, '7.1.1'])
  })
  it('asks for a device where a clause names it', () => {
    const devicesOf = (way: 'entry' | 'exit') =>
      (['camera', 'barrier', 'display', 'rsu'] as const).filter((d) => asksFor('7.1.1', way, d))
    expect(devicesOf('entry')).toEqual(['camera', 'barrier', 'display'])
    expect(devicesOf('exit')).toEqual(['camera', 'barrier', 'display', 'rsu'])
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
