// Free spaces after each step of a lot: what is published, and whether the entry lets a car in, say the same.
import { describe, expect, it } from 'vitest'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { entryBarOf } from '#lane/pure/lot/entry-room.ts'
import { countsCars, freeSpaces } from '#lane/pure/lot/free-spaces.ts'
import { changesSpaces } from '#ledger/pure/lot/space-rows.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { openConfig, simulateOpen } from '#harness/lot/open-sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import { simConfig, type SimRun } from '#harness/lot/sim-run.ts'
import { runOf } from '#harness/sim.ts'
import { folderOfTest } from '../../../../kit/own-folder.ts'
import { at, reservation, Scene } from '../reservation/kit.ts'
import { cameIn } from './row-kit.ts'

const entry = { id: 'entry', direction: 'entry' }
const lotOf = (over: object = {}) =>
  ({ capacity: 3, lanes: [entry], ...over }) as unknown as LotConfig
const reserving = lotOf({ reservation: {} })

type Step = (scene: Scene) => unknown
type Wanted = readonly [inside: number, kept: number, free: number, isOpen?: boolean]

const makes: Step = (s) => s.did({ do: 'make', reservation: reservation() })
const waits =
  (clock: string): Step =>
  (s) => {
    s.nowMs = at(clock)
  }

describe('a lot that keeps bays', () => {
  it.each<[string, readonly (readonly [Step, Wanted])[]]>([
    [
      'a car with a reservation takes its own bay',
      [
        [makes, [0, 1, 2]],
        [(s) => s.enters('n-S1', '测A00001', '09:55'), [1, 1, 1]],
        [(s) => s.enters('n-S2', '测A00002', '09:56'), [2, 1, 0]],
        [(s) => s.enters('n-S3', '粤B12345', '10:00'), [3, 0, 0]],
        [(s) => s.leaves('n-S1', '10:30'), [2, 0, 1]],
        [(s) => s.leaves('n-S3', '10:40'), [1, 0, 2]],
      ],
    ],
    [
      'a bay is kept from 15 minutes before the window to its end, without a row',
      [
        [waits('09:00'), [0, 0, 3]],
        [makes, [0, 0, 3]],
        [waits('09:44'), [0, 0, 3]],
        [waits('09:45'), [0, 1, 2]],
        [waits('11:59'), [0, 1, 2]],
        [waits('12:00'), [0, 0, 3]],
      ],
    ],
    [
      'a reservation that is taken back',
      [
        [makes, [0, 1, 2]],
        [(s) => s.did({ do: 'cancel', orderNo: 'R1' }), [0, 0, 3]],
      ],
    ],
    [
      'a car that did not come in gives its bay back',
      [
        [makes, [0, 1, 2]],
        [(s) => s.enters('n-S1', '粤B12345', '10:00'), [1, 0, 2]],
        [(s) => s.leaves('n-S1', '10:01', ''), [0, 1, 2]],
      ],
    ],
    [
      'a plate that is read behind the boom finds its reservation',
      [
        [makes, [0, 1, 2]],
        [(s) => s.enters('n-S1', null, '10:00'), [1, 1, 1]],
        [
          (s) =>
            s.row({
              kind: 'plateRead',
              atMs: s.nowMs,
              stayId: 'n-S1',
              body: { plate: '粤B12345', plateRaw: '粤B12345', colour: 'blue', photo: null },
            }),
          [1, 0, 2],
        ],
      ],
    ],
    [
      'flow control lets in nobody without a reservation',
      [
        [(s) => s.did({ do: 'flow', on: true }), [0, 0, 0, false]],
        [(s) => s.did({ do: 'flow', on: false }), [0, 0, 3]],
      ],
    ],
    [
      'the platform is left: nothing is kept',
      [
        [makes, [0, 1, 2]],
        [(s) => s.own({ row: 'left' }), [0, 0, 3]],
      ],
    ],
  ])('%s', (_, steps) => {
    const scene = new Scene().joined()
    for (const [step, [inside, kept, free, isOpen = true]] of steps) {
      step(scene)
      const found = freeSpaces(reserving, scene.lot, { nowMs: scene.nowMs, isWatched: null })
      expect(found).toMatchObject({ capacity: 3, inside, kept, free, isOpen })
      expect(entryBarOf(reserving, scene.lot, '测A99999', scene.nowMs) === null).toBe(free > 0)
    }
  })
})

describe('areas and counts of an enclosed lot', () => {
  const lanes = ['north', 'south'].map((area) => ({ ...entry, id: area, area }))
  const areas = [{ name: 'north', spaces: 2 }]
  const stay = (n: number, laneId: string) =>
    cameIn(`n-S${n}`, at('09:00'), { laneId, plate: null })

  it.each<[string, number, readonly string[], number, number | null, number]>([
    ['empty', 5, [], 5, 2, 0],
    ['a car in each', 5, ['north', 'south'], 3, 1, 1],
    ['an area that is full', 5, ['north', 'north'], 3, 0, 0],
    ['more cars than spaces', 2, ['north', 'north', 'north'], 0, 0, 0],
    ['no more in an area than in the lot', 2, ['south'], 1, 1, 1],
    ['a car from a lane that is no more', 5, ['gone'], 4, 2, 0],
  ])('%s', (_, capacity, came, free, north, south) => {
    const scene = new Scene()
    came.forEach((laneId, n) => scene.row(stay(n + 1, laneId)))
    const config = lotOf({ capacity, lanes, areas })
    const found = freeSpaces(config, scene.lot, { nowMs: scene.nowMs, isWatched: null })
    expect([found.free, found.inside, found.kept]).toEqual([free, came.length, 0])
    expect(found.parts).toMatchObject([
      { name: 'north', capacity: 2, free: north },
      { name: 'south', capacity: null, inside: south, free: null },
    ])
  })

  it('a car that a recount does not find is not inside any more', () => {
    const scene = new Scene().row(stay(1, 'north')).row(stay(2, 'south'))
    scene.leaves('n-S1', '10:00', '')
    const found = freeSpaces(lotOf({ lanes }), scene.lot, { nowMs: at('10:00'), isWatched: null })
    expect([found.inside, found.free, found.parts[0]?.inside]).toEqual([1, 2, 0])
  })
})

describe('streets of an open lot', () => {
  /** Of the lot: free, with a car, out of sight; of a street: with a car, out of sight, free. */
  type Counts = readonly [number, number, number]
  const ids = (...all: string[]) => all.map((id) => ({ id }))
  const streets = [
    { name: 'A', spaces: ids('A1', 'A2') },
    { name: 'B', spaces: ids('B1') },
  ]
  const config = lotOf({ streets, spaces: [{ id: 'mag', spaces: { 1: 'A1', 2: 'A2', 3: 'B1' } }] })
  const inA1 = cameIn('n-S1', at('09:00'), { spaceId: 'A1' })
  const left = (by: 'space' | 'gantry') => ({
    kind: 'spaceLeft' as const,
    atMs: at('09:30'),
    stayId: 'n-S1',
    body: { spaceId: 'A1', leftAtMs: at('09:30'), seenAtMs: at('09:30'), by },
  })

  it.each<[string, readonly object[], readonly string[], Counts, Counts, Counts]>([
    ['empty', [], [], [3, 0, 0], [0, 0, 2], [0, 0, 1]],
    ['a car', [inA1], [], [2, 1, 0], [1, 0, 1], [0, 0, 1]],
    ['a space out of sight is not free', [], ['A2'], [2, 0, 1], [0, 1, 1], [0, 0, 1]],
    ['a car in one out of sight is counted once', [inA1], ['A1'], [2, 1, 0], [1, 0, 1], [0, 0, 1]],
    [
      'a car that left and has not paid is not there',
      [inA1, left('space')],
      [],
      [3, 0, 0],
      [0, 0, 2],
      [0, 0, 1],
    ],
    ['a gantry read it elsewhere', [inA1, left('gantry')], ['B1'], [2, 0, 1], [0, 0, 2], [0, 1, 0]],
  ])('%s', (_, rows, unseen, [free, inside, unwatched], ...parts) => {
    const scene = new Scene()
    for (const row of rows) scene.row(row as Parameters<Scene['row']>[0])
    const isWatched = (id: string): boolean => !unseen.includes(id)
    const found = freeSpaces(config, scene.lot, { nowMs: scene.nowMs, isWatched })
    expect(found).toMatchObject({ free, inside, unwatched })
    expect(found.parts.map((one) => [one.inside, one.unwatched, one.free])).toEqual(parts)
  })
})

it.each([
  ['an entry', { lanes: [entry] }, true],
  ['exits alone', { lanes: [{ id: 'exit', direction: 'exit' }] }, false],
  ['an entry that another system counts', { lanes: [{ ...entry, ordersFrom: 'ACME' }] }, false],
  ['watched spaces', { lanes: [], spaces: [{ spaces: { 1: 'A1' } }] }, true],
])('a lot with %s', (_, over, wanted) => {
  expect(countsCars(lotOf(over))).toBe(wanted)
})

describe('no row but those that are told changes a number', () => {
  const run = runOf({ lots: 1, seed: 7, lanes: 2, days: 1, faults: 'none' }, 0, '')
  it.each([
    ['an enclosed lot', simulate, run, 'stayClosed'],
    ['a street', simulateOpen, { ...run, layout: '7.2.1', offline: 'settle-later' }, 'spaceLeft'],
  ] as const)('%s', (_, simulated, lotRun, ends) => {
    const isStreet = ends === 'spaceLeft'
    const changed = new Set<string>()
    let rows = 0
    const dir = `${folderOfTest('etc-lane-spaces-')}/lot`
    const { roads: _roads, ...alone } = lotRun
    simulated({ ...alone, dir }, ({ opened }) => {
      const config = (isStreet ? openConfig : simConfig)(alone as SimRun)
      const isWatched = isStreet ? () => true : null
      const lot = emptyLot()
      let before = ''
      for (const row of opened.ledger.rows(0)) {
        foldRow(lot, row)
        rows++
        const after = JSON.stringify(freeSpaces(config, lot, { nowMs: 0, isWatched }))
        if (after !== before && before !== '') {
          changed.add(row.kind)
          expect([row.kind, changesSpaces(row)]).toEqual([row.kind, true])
        }
        before = after
      }
    })
    expect(rows).toBeGreaterThan(100)
    expect([...changed].toSorted()).toEqual([ends, 'stayOpened'].toSorted())
  })

  it('messages to the platform are not told', () => {
    const row = (body: object) => ({ kind: 'reservation', body }) as LedgerRow
    expect(changesSpaces(row({ row: 'acked', seq: 1 }))).toBe(false)
    expect(changesSpaces(row({ row: 'level', level: 1 }))).toBe(false)
    expect(changesSpaces(row({ row: 'left' }))).toBe(true)
  })
})
