// The spaces of an open lot: the pile at a space reads the car there, from its position in the lot file.
import { expect, it } from 'vitest'
import { OpenSpaces } from '#lane/open/open-spaces.ts'
import type { LaneEvent } from '#lane/pure/lane.ts'
import { emptyLot, foldRow } from '#ledger/pure/lot/lot.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'
import { carObu } from '../pure/open/open-kit.ts'
import { cameIn, t0 } from '../pure/lot/row-kit.ts'

function dispatchedAfter(ms: number, position: object | undefined): readonly LaneEvent[] {
  const clock = new HandClock()
  const lot = emptyLot()
  const row = { ...cameIn('n-S1', t0, { spaceId: 'A01' }), nodeId: 'n', seq: 1 }
  foldRow(lot, row as unknown as LedgerRow)
  const events: LaneEvent[] = []
  const place = { kind: 'etc-pile', space: 'A01', ...(position === undefined ? {} : { position }) }
  const config = {
    lanes: [{ id: 'pile-a01', layout: '7.2.2', place }],
    spaces: [{ id: 'mag', link: 'push:nb-iot', spaces: { 1: 'A01' } }],
  } as unknown as LotConfig
  const spaces = new OpenSpaces({
    config,
    mono: clock,
    lot,
    ranUntilMs: null,
    tariff: () => {
      throw new Error('nothing is priced')
    },
    nowMs: () => t0 + clock.us / 1_000,
    isClockSure: () => true,
    mint: (letter) => `n-${letter}9`,
    carryOut: () => undefined,
    platformUp: () => true,
    isAntennaUp: () => true,
    dispatch: (_, event) => void events.push(event),
  })
  spaces.start()
  clock.advance(ms)
  spaces.stop()
  return events
}
const record = { type: 'record', spaceId: 'A01', seen: null }
const position = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000, accuracyM: 4 }
const { accuracyM: _, ...point } = position

it.each<[string, number, object | undefined, readonly object[]]>([
  ['before its time', 1_000, position, []],
  [
    'with the position of the pile',
    2_000,
    position,
    [{ ...record, at: { ...point, accuracyMm: 4_000 } }],
  ],
  ['without one', 2_000, undefined, [record]],
  ['twice while no OBU answers', 40_000, undefined, [record, record]],
  ['four times in ten minutes', 600_000, undefined, [record, record, record, record]],
  ['never after that', 3_600_000, undefined, [record, record, record, record]],
])('reads the car %s', (_name, ms, at, events) => {
  expect(dispatchedAfter(ms, at)).toEqual(events)
})

/** Minutes at which the antenna of a pile goes away and comes back, in turn; it is there at first. */
type Away = Readonly<Record<string, readonly number[]>>
/** Spaces and seconds at which their piles begin a reading. */
function readingsIn(minutes: number, away: Away, more: { apart?: string; read?: string } = {}) {
  const clock = new HandClock()
  const lot = emptyLot()
  const ids = ['A01', 'A02', 'A03']
  const readings: (readonly [string, number])[] = []
  const up = new Map<string, boolean>()
  const fold = (row: object, seq: number): void =>
    foldRow(lot, { ...row, nodeId: 'n', seq } as unknown as LedgerRow)
  for (const [n, spaceId] of Object.keys(away).entries())
    fold(cameIn(`n-S${n}`, t0, { spaceId }), n + 1)
  const spaces = new OpenSpaces({
    config: {
      lanes: ids.map((space) => ({
        id: space,
        layout: '7.2.2',
        place: { kind: 'etc-pile', space },
      })),
      streets: [{ name: '', spaces: ids.map((id) => ({ id, isApart: id === more.apart })) }],
      spaces: [
        { id: 'mag', link: 'push:nb-iot', spaces: Object.fromEntries(ids.map((id) => [id, id])) },
      ],
    } as unknown as LotConfig,
    mono: clock,
    lot,
    ranUntilMs: null,
    tariff: () => {
      throw new Error('nothing is priced')
    },
    nowMs: () => t0 + clock.us / 1_000,
    isClockSure: () => true,
    mint: (letter) => `n-${letter}9`,
    carryOut: () => undefined,
    platformUp: () => true,
    isAntennaUp: (laneId) => up.get(laneId) ?? true,
    dispatch: (spaceId) => void readings.push([spaceId, clock.us / 1_000_000]),
  })
  const set = (id: string, is: boolean): void => {
    up.set(id, is)
    if (is) spaces.antennaBack(id)
  }
  for (const [id, times] of Object.entries(away))
    for (const [n, min] of times.entries()) {
      if (min === 0) set(id, n % 2 === 1)
      else clock.after(min * 60_000, () => set(id, n % 2 === 1))
    }
  spaces.start()
  if (more.read !== undefined) {
    const stayId = lot.bySpace.get(more.read) ?? ''
    const body = { spaceId: more.read, obu: carObu, proof: null, why: '', by: '甲' }
    clock.after(60_000, () => fold({ kind: 'zeroRecord', atMs: t0, laneId: 'h', stayId, body }, 9))
  }
  clock.advance(minutes * 60_000)
  spaces.stop()
  return readings
}
const tries = [2, 30, 180, 600]
const from = (min: number): number[] => tries.map((sec) => min * 60 + sec)
const never: readonly number[] = [0]

it.each<[string, Away, Parameters<typeof readingsIn>[2], Readonly<Record<string, number[]>>]>([
  ['is there', { A01: [] }, {}, { A01: tries }],
  ['is away and comes back after 14 minutes', { A01: [0, 14] }, {}, { A01: from(14) }],
  ['is away and comes back after two hours', { A01: [0, 120] }, {}, { A01: from(120) }],
  ['is away and comes back after a minute', { A01: [0, 1] }, {}, { A01: [180, 600] }],
  [
    'goes away at the first minute and comes back',
    { A01: [1, 14] },
    {},
    { A01: [2, 30, ...from(14)] },
  ],
  ['comes and goes after its last try', { A01: [11, 12, 13, 14] }, {}, { A01: tries }],
  ['does not come back', { A01: never }, {}, {}],
  ['comes back, and the car was read meanwhile', { A01: [0, 14] }, { read: 'A01' }, {}],
  [
    'comes back for a second, and then for good',
    { A01: [0, 14, 14.02, 20] },
    {},
    { A01: from(20) },
  ],
  ['comes back beside another one that comes back', { A01: [0, 14], A02: [0, 14] }, {}, {}],
  ['comes back beside another one that stays away', { A01: [0, 14], A02: never }, {}, {}],
  [
    'comes back beside another car that was read',
    { A01: [0, 14], A02: never },
    { read: 'A02' },
    { A01: from(14) },
  ],
  [
    'comes back beside a car that has no OBU',
    { A01: [0, 14], A02: [] },
    {},
    { A01: from(14), A02: tries },
  ],
  [
    'comes back not beside another one',
    { A01: [0, 14], A02: [0, 14] },
    { apart: 'A02' },
    { A01: from(14), A02: from(14) },
  ],
  [
    'comes back two spaces from another one',
    { A01: [0, 14], A03: [0, 14] },
    {},
    { A01: from(14), A03: from(14) },
  ],
])('the antenna of a pile %s', (_name, away, more, at) => {
  const found = Map.groupBy(readingsIn(180, away, more), ([spaceId]) => spaceId)
  const times = [...found].map(([spaceId, all]) => [spaceId, all.map(([, sec]) => sec)])
  expect(Object.fromEntries(times)).toEqual(at)
})
