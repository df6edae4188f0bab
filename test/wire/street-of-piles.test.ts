// A street of piles from its table to the platform's books, over real links: the sensors push, the pile at a space reads
// its OBU by a consumption of zero, and the platform charges when the car has left (7.2.2, 8.1.2.3).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import type { PlacesView } from '#lane/calls/place-views.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { nothingFree } from './kit/run-lot.ts'

const folder = newFolder()
const dir = join(folder, 'lot')
const cars = carMaker(trafficMixes.clean, 5)
const [first, second] = [cars.next(), cars.next()]
const sims: SimProcess[] = []
let piles: readonly SimProcess[] = []
let platform: SimProcess
let sensors: SimProcess
let lot: Program

async function sim(name: string, ...more: string[]): Promise<SimProcess> {
  const shared = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1']
  const made = await startSimProcess(name, [...shared, ...more], spawnLauncher(programFile))
  sims.push(made)
  return made
}
const pile = (n: number) =>
  sim(
    'rsu-sim',
    '--listen',
    'tcp://127.0.0.1:0',
    '--variant',
    'generic-bcc',
    '--books',
    join(folder, `p${n}.jsonl`),
  )

const rows = (kind: LedgerRow['kind']) =>
  ledgerRows(dir).flatMap(({ kind: own, stayId, body }) =>
    own === kind ? [{ stayId, spaceId: 'spaceId' in body ? body.spaceId : null }] : [],
  )
const occupied = (n: number, is: boolean) =>
  sensors.admin('POST', '/inputs', { deviceId: `test-000${n}`, occupied: is })
const stands = (n: number, { obu }: TrafficCar) =>
  piles[n - 1]?.admin('POST', '/cars', { ...obu, stayMs: 600_000 })
const goes = (n: number, { obu }: TrafficCar) =>
  piles[n - 1]?.admin('DELETE', `/cars/${obu?.obuId ?? ''}`)
const books = () =>
  platform.admin<{ readonly rows: readonly unknown[] }>('GET', '/books?kind=exit-charges')

beforeAll(async () => {
  piles = [await pile(1), await pile(2)]
  const certs = join(folder, 'certs')
  const books = join(folder, 'platform.jsonl')
  platform = await sim(
    'platform-sim',
    '--listen',
    'https://127.0.0.1:0',
    '--certs',
    certs,
    '--books',
    books,
    '--tac',
    'test',
    '--polite',
  )
  const table = join(folder, 'spaces.csv')
  const lines = piles.map(
    ({ endpoints }, i) =>
      `民族大道,A0${i + 1},首尾相邻,mag/test-000${i + 1},${endpoints.link ?? ''}?variant=generic-bcc`,
  )
  writeFileSync(table, ['路段,泊位号,排列,检测器,识别桩', ...lines, ''].join('\n'))
  const tariff = join(folder, 'tariff.json')
  writeFileSync(tariff, nothingFree)
  const { endpoints } = platform
  const made = await runToEnd([
    ...['lot', 'init', '--data', dir, '--layout', '7.2.2', '--mode', 'demo', '--charge', 'online'],
    ...['--offline', 'settle-later', '--spaces', table, '--space-sensors', 'mag=push:nb-iot'],
    ...['--platform', endpoints.baseUrl ?? '', '--ca', endpoints.caFile ?? '', '--tariff', tariff],
    ...['--certs', endpoints.certDir ?? '', '--app-id', endpoints.appId ?? ''],
  ])
  expect(made).toMatchObject({ code: 0, json: { ok: true, lanes: [] } })
  lot = new Program(['run', '--data', dir, '--timing', 'instant'])
  const { intake } = await lot.ready()
  sensors = await sim('detector-sim', '--variant', 'nb-iot', '--target', intake['mag'] ?? '')
  for (const n of [1, 2]) await sensors.admin('POST', '/sensors', { deviceId: `test-000${n}` })
})
afterAll(async () => {
  await cleanUp()
  await Promise.all(sims.map((one) => one.kill()))
})

test('its piles are places of the lot, and heard', async () => {
  await eventually(
    () => lot.call<BoardView>('board.get'),
    ({ lanes }) => lanes.length === 2 && lanes.every(({ devices }) => devices.rsu.state === 'up'),
    { of: lot },
  )
  const { places } = await lot.call<PlacesView>('place.state', {})
  expect(places.map(({ laneId, space }) => [laneId, space])).toEqual([
    ['pile-a01', 'A01'],
    ['pile-a02', 'A02'],
  ])
})

test('a car is read at its space, and charged once when it has left', async () => {
  await stands(1, first)
  await occupied(1, true)
  const records = await eventually(
    () => rows('zeroRecord'),
    (all) => all.length > 0,
    { of: lot },
  )
  expect(records.map(({ spaceId }) => spaceId)).toEqual(['A01'])
  expect(rows('intent')).toEqual([])
  await goes(1, first)
  await occupied(1, false)
  const paid = await eventually(
    () => rows('payment'),
    (all) => all.length > 0,
    { of: lot },
  )
  expect(paid.map(({ stayId }) => stayId)).toEqual(records.map(({ stayId }) => stayId))
  expect((await books()).rows).toHaveLength(1)
})

test('the OBU of the neighbour is not taken for that of the car at the pile', async () => {
  await stands(1, second)
  await stands(2, second)
  await occupied(2, true)
  await eventually(
    () => rows('zeroRecord'),
    (all) => all.length > 1,
    { of: lot },
  )
  await occupied(1, true)
  await eventually(
    () => rows('stayOpened'),
    (all) => all.length > 2,
    { of: lot },
  )
  // The pile of the first space looks for an OBU, hears that of the other space, and takes none.
  const stateOf = async () =>
    (await lot.call<PlacesView>('place.state', { laneId: 'pile-a01' })).places[0]?.state
  const tookOne = (): boolean => rows('zeroRecord').length > 2
  await eventually(stateOf, (state) => state === 'searching' || tookOne(), { of: lot })
  await eventually(stateOf, (state) => state === 'idle', { of: lot })
  const records = rows('zeroRecord')
  expect(records.map(({ spaceId }) => spaceId).toSorted()).toEqual(['A01', 'A02'])
})
