// All layouts of clause 7 whole, and with each required device left out: what is said to be missing, and by which clause. The set-up
// and `lot init` say it by this rule. Addresses are invented.
import { describe, expect, it } from 'vitest'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { absentIn } from '#lane/pure/siting.ts'
import { lacksText, openLacks, openLacksOf } from '#lane/pure/open-lacks.ts'
import { directionsOf, laneOf, layoutNames, openLayoutNames } from '#lane/pure/layouts/index.ts'
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'

type Parts = Parameters<typeof openLacks>[1]
const space = { id: 'A01', sensor: 'w/1', pile: 'tcp://10.0.0.5:9000' } as const
const sensors = { id: 'w', link: 'push:nb-iot', spaces: {} } as const
const cameras = { id: 'w', link: 'push:hikvision', spaces: {} } as const
const whole = (watch: Parts['sources'][number]): Parts => ({
  spaces: [space],
  sources: [watch],
  gantries: 1,
  readers: [{ hasFence: true }],
})
type Left = readonly [string, Partial<Parts>, readonly string[]]

/** What each layout needs beside spaces and a watcher, with the clause that is named. */
const rows: readonly (readonly [string, Parts, readonly Left[]])[] = [
  [
    '7.2.1',
    whole(cameras),
    [
      ['the gantry', { gantries: 0 }, ['gantry 7.2.1 b']],
      ['cameras: sensors instead', { sources: [sensors] }, ['plates 7.2.1 e']],
      [
        'cameras: a broker instead',
        { sources: [{ ...sensors, link: ' mqtts://10.0.0.9' }] },
        ['plates 7.2.1 e'],
      ],
      ['handhelds, which it has none of', { readers: [] }, []],
      ['piles, which it has none of', { spaces: [{ id: 'A01', sensor: 'w/1' }] }, []],
      ['a radar beside the camera', { sources: [cameras, { ...sensors, id: 'radar' }] }, []],
    ],
  ],
  [
    '7.2.2',
    whole(sensors),
    [
      ['piles', { spaces: [{ id: 'A01', sensor: 'w/1' }] }, ['pile 7.2.2 b']],
      ['a gantry, which it has none of', { gantries: 0 }, []],
      ['handhelds, which it has none of', { readers: [] }, []],
    ],
  ],
  [
    '7.2.3',
    whole(sensors),
    [
      ['the handheld', { readers: [] }, ['reader 7.2.3 b']],
      [
        'the fence of one of two handhelds',
        { readers: [{ hasFence: true }, { hasFence: false }] },
        ['fence 7.2.3 b'],
      ],
      ['a gantry, which it has none of', { gantries: 0 }, []],
    ],
  ],
  [
    '7.2.4',
    whole(cameras),
    [
      ['the gantry', { gantries: 0 }, ['gantry 7.2.4 a']],
      ['cameras: sensors instead', { sources: [sensors] }, ['plates 7.2.4 b']],
    ],
  ],
  [
    '7.2.5',
    whole(sensors),
    [
      ['the gantry', { gantries: 0 }, ['gantry 7.2.5 a']],
      ['the patrol car', { readers: [] }, ['reader 7.2.5 c']],
      ['its fence', { readers: [{ hasFence: false }] }, ['fence 7.2.5 c']],
      ['sensors: cameras instead, which read more', { sources: [cameras] }, []],
      ['gantry and patrol car', { gantries: 0, readers: [] }, ['gantry 7.2.5 a', 'reader 7.2.5 c']],
    ],
  ],
]
const watchClause: Readonly<Record<string, string>> = {
  '7.2.1': '7.2.1 e',
  '7.2.2': '7.2.2 c',
  '7.2.3': '7.2.3 a, 7.2.2 c',
  '7.2.4': '7.2.4 b',
  '7.2.5': '7.2.5 b, 7.2.2 c',
}
const saidOf = (layout: string, parts: Parts): readonly string[] =>
  openLacks(layout, parts).map(({ what, clause }) => `${what} ${clause}`)

it('has a row for each layout of 7.2', () => {
  expect(rows.map(([layout]) => layout)).toEqual(openLayoutNames)
})

describe.each(rows)('a street of %s', (layout, parts, left) => {
  const watcher = `watcher ${watchClause[layout] ?? ''}`
  it.each<Left>([
    ['nothing', {}, []],
    [
      'its spaces',
      { spaces: [] },
      [`spaces ${layout}`, ...(layout === '7.2.2' ? ['pile 7.2.2 b'] : [])],
    ],
    ['what watches them', { sources: [] }, [watcher]],
    ['the address of what watches them', { sources: [{ ...sensors, link: ' ' }] }, [watcher]],
    ['one of two watchers', { spaces: [space, { ...space, id: 'A02', sensor: 'x/1' }] }, [watcher]],
    ...left,
  ])('without %s', (_, without, said) => {
    expect(saidOf(layout, { ...parts, ...without })).toEqual(said)
  })
})

const lanesOf = layoutNames.flatMap((layout) =>
  directionsOf(layout).map((way) => [layout, way] as const),
)
describe.each(lanesOf)('a lane of %s, %s', (layout, way) => {
  const lane = laneOf(layout, way)
  const kinds = laneKindsBy('clause')
  const there = Object.fromEntries(kinds.map((kind) => [kind, true])) as never
  const asked = kinds.filter((kind) => typeof lane?.devices[kind] === 'string')
  it('lacks nothing when it is whole', () => {
    expect(lane && absentIn(lane, there)).toEqual([])
    expect(openLacks(layout, whole(sensors))).toEqual([])
  })
  it.each(asked)('names its %s', (kind) => {
    const without = { ...(there as object), [kind]: false } as never
    expect(lane && absentIn(lane, without)).toHaveLength(1)
  })
})

const lane = { id: 'g', layout: '7.2.5', direction: 'exit', rsu: 'tcp://10.0.0.1:9000' } as const
const fence = { shape: 'circle', center: { latMicrodeg: 1, lonMicrodeg: 1 }, radiusM: 100 } as const
const car = { ...lane, id: 'c', place: { kind: 'handheld', fence, gnss: null } }
const street = [{ name: 'x', stand: 'parallel', spaces: [{ id: 'A01', sensor: 'w/1' }] }]
it.each([
  ['whole', { lanes: [lane, car], spaces: [sensors], streets: street }, []],
  [
    'spaces named by their source',
    { lanes: [lane, car], spaces: [{ ...sensors, spaces: { 1: 'A01' } }] },
    [],
  ],
  [
    'a gantry without antenna',
    { lanes: [{ ...lane, rsu: null }, car], spaces: [sensors], streets: street },
    ['gantry'],
  ],
  ['no patrol car', { lanes: [lane], spaces: [sensors], streets: street }, ['reader']],
  ['orders of another billing system', { lanes: [{ ...lane, ordersFrom: 'b' }] }, []],
  ['an enclosed lot', { lanes: [{ ...lane, layout: '7.1.1' }] }, []],
])('of a lot file: %s', (_, config, whats) => {
  const lacks = openLacksOf(config as unknown as LotConfig)
  expect(lacks.map(({ what }) => what)).toEqual(whats)
  if (lacks.length > 0) expect(lacksText('7.2.5', lacks).en).toContain('7.2.5')
})
