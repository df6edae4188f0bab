// A street with roadside cameras and a gantry over real links (7.2.4, 8.1.2.5): one camera pushes, one is subscribed to, the
// antenna over the road charges the car that has left. A camera that sees nothing begins and ends no stay, and a second
// witness that contradicts makes a space unknown.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { readPhoto } from '#ledger/files/photos.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { SpacesView } from '#lane/calls/sensors-views.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { nothingFree } from './kit/run-lot.ts'

const folder = newFolder()
const dir = join(folder, 'lot')
const cars = carMaker(trafficMixes.clean, 5)
const [first, second, third] = [cars.next(), cars.next(), cars.next()]
const sims: SimProcess[] = []
let gantry: SimProcess
let pushing: SimProcess
let served: SimProcess
let radar: SimProcess
let platform: SimProcess
let lot: Program

async function sim(name: string, ...more: string[]): Promise<SimProcess> {
  const shared = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1']
  const made = await startSimProcess(name, [...shared, ...more], spawnLauncher(programFile))
  sims.push(made)
  return made
}

let looked = 0
/** The clock of a camera, which goes on by a second at each look. */
const nextIso = () => isoOf(Date.now() + ++looked * 1_000)
const sees = (camera: SimProcess, id: string, car: TrafficCar | null, more: object = {}) =>
  camera.admin('POST', '/plates', {
    space: { id, occupied: car !== null },
    atIso: nextIso(),
    ...(car === null ? {} : { plate: car.plate, colour: car.colour }),
    ...more,
  })
const looks = (event: string, isOver: boolean) =>
  pushing.admin('POST', '/plates', { view: { event, isOver } })
const radarSays = (occupied: boolean) =>
  radar.admin('POST', '/inputs', { deviceId: 'r1', occupied })

const rows = () => ledgerRows(dir)
const ofSpace = (kind: 'stayOpened' | 'spaceLeft', spaceId: string) =>
  rows().filter((row) => row.kind === kind && row.body.spaceId === spaceId)
const space = async (spaceId: string) => {
  const { spaces } = await lot.call<SpacesView>('spaces.get', {})
  return spaces.find((one) => one.spaceId === spaceId)
}
const becomes = (spaceId: string, like: object) =>
  eventually(
    () => space(spaceId),
    (one) => Object.entries(like).every(([name, value]) => Reflect.get(one ?? {}, name) === value),
    { of: lot, what: `${spaceId} ${JSON.stringify(like)}` },
  )
const stays = (spaceId: string, count: number) =>
  eventually(
    () => ofSpace('stayOpened', spaceId),
    (all) => all.length === count,
    { of: lot, what: `${count} stays of ${spaceId}` },
  )

beforeAll(async () => {
  gantry = await sim(
    'rsu-sim',
    '--listen',
    'tcp://127.0.0.1:0',
    '--variant',
    'generic-bcc',
    '--books',
    join(folder, 'g.jsonl'),
  )
  served = await sim('camera-sim', '--variant', 'dahua', '--listen', 'tcp://127.0.0.1:0')
  const certs = join(folder, 'certs')
  platform = await sim(
    'platform-sim',
    '--listen',
    'https://127.0.0.1:0',
    '--certs',
    certs,
    '--books',
    join(folder, 'platform.jsonl'),
    '--tac',
    'test',
    '--polite',
  )
  secretStore(dir, machineSecret()).write('cam', 'Simulated1')
  const table = join(folder, 'spaces.csv')
  const lines = ['A01,首尾相邻,road/1,radar/r1', 'A02,首尾相邻,road/2,', 'B01,首尾相邻,high/B01,']
  writeFileSync(
    table,
    ['路段,泊位号,排列,检测器,第二检测器', ...lines.map((one) => `民族大道,${one}`), ''].join('\n'),
  )
  const tariff = join(folder, 'tariff.json')
  writeFileSync(tariff, nothingFree)
  const { endpoints } = platform
  const address = (served.endpoints.link ?? '').replace('tcp://', '')
  const made = await runToEnd([
    ...['lot', 'init', '--data', dir, '--layout', '7.2.4', '--mode', 'demo', '--charge', 'card'],
    ...['--offline', 'settle-later', '--spaces', table, '--space-sensors', 'road=push:hikvision'],
    ...['--space-sensors', `high=dahua://${address}?user=admin&secret=cam`],
    ...['--space-sensors', 'radar=push:nb-iot'],
    ...['--rsu', `gantry=${gantry.endpoints.link ?? ''}?variant=generic-bcc`],
    ...['--platform', endpoints.baseUrl ?? '', '--ca', endpoints.caFile ?? '', '--tariff', tariff],
    ...['--certs', endpoints.certDir ?? '', '--app-id', endpoints.appId ?? ''],
  ])
  expect(made).toMatchObject({ code: 0, json: { ok: true } })
  lot = new Program(['run', '--data', dir, '--timing', 'instant'])
  const { intake } = await lot.ready()
  pushing = await sim('camera-sim', '--variant', 'hikvision', '--target', intake['road'] ?? '')
  radar = await sim('detector-sim', '--variant', 'nb-iot', '--target', intake['radar'] ?? '')
  await radar.admin('POST', '/sensors', { deviceId: 'r1' })
  await eventually(
    () => lot.call<BoardView>('board.get'),
    ({ lanes }) => lanes.some(({ devices }) => devices.rsu.state === 'up'),
    { of: lot },
  )
})
afterAll(async () => {
  await cleanUp()
  await Promise.all(sims.map((one) => one.kill()))
})

test('a car is read in its space, seen leaving, and charged once under the gantry', async () => {
  await sees(pushing, '2', first)
  await becomes('A02', { state: 'occupied', sourceId: 'road' })
  const [opened] = await stays('A02', 1)
  expect(opened?.body).toMatchObject({ plate: first.plate, spaceId: 'A02' })
  await sees(pushing, '2', null)
  const [left] = await eventually(
    () => ofSpace('spaceLeft', 'A02'),
    (all) => all.length === 1,
    { of: lot },
  )
  const photos = [opened, left].map((row) =>
    row !== undefined && 'photo' in row.body ? row.body.photo : null,
  )
  for (const photo of photos) expect(await readPhoto(dir, photo ?? '')).not.toBeNull()
  expect(new Set(photos).size).toBe(2)
  await gantry.admin('POST', '/cars', { ...first.obu, stayMs: 5_000 })
  const paid = await eventually(
    () => rows().filter(({ kind }) => kind === 'payment'),
    (all) => all.length > 0,
    { of: lot },
  )
  expect(paid.map(({ stayId }) => stayId)).toEqual([opened?.stayId])
})

test('a subscribed camera reports by the number of the space, and a stranger is counted', async () => {
  await sees(served, 'B01', second)
  await becomes('B01', { state: 'occupied', sourceId: 'high' })
  const [opened] = await stays('B01', 1)
  expect(opened?.body).toMatchObject({ plate: second.plate })
  await sees(served, 'C99', third)
  await eventually(
    () => lot.call<SpacesView>('spaces.get', {}),
    ({ sources }) => sources.find(({ id }) => id === 'high')?.strangers === 1,
    { of: lot },
  )
})

test('a second witness that says the opposite makes the space unknown, and no stay begins', async () => {
  await radarSays(false)
  await sees(pushing, '1', third)
  await becomes('A01', { state: 'unknown', doubt: 'contradicted' })
  await radarSays(true)
  await becomes('A01', { state: 'occupied', doubt: null })
  const [opened] = await stays('A01', 1)
  expect(opened?.body).toMatchObject({ plate: third.plate })
})

test('a camera that is covered or turned ends no stay, and a person ends the doubt', async () => {
  await looks('shelteralarm', false)
  await becomes('A01', { state: 'unknown', doubt: 'blind' })
  await sees(pushing, '1', null)
  await looks('shelteralarm', true)
  await sees(pushing, '1', third)
  await becomes('A01', { state: 'occupied', doubt: null })
  await looks('scenechangedetection', false)
  await looks('scenechangedetection', true)
  await becomes('A01', { state: 'unknown', doubt: 'turned' })
  const who = { by: '甲', reason: '相机已调正', commandId: 'trust-the-road-camera' }
  await expect(lot.call('spaces.trust', { ...who, sourceId: 'none' })).rejects.toThrow('ARG-01')
  await lot.call('spaces.trust', { ...who, commandId: 'trust-the-road-camera-2', sourceId: 'road' })
  await sees(pushing, '1', third)
  await becomes('A01', { state: 'occupied', doubt: null })
  expect(ofSpace('spaceLeft', 'A01')).toEqual([])
  expect(ofSpace('stayOpened', 'A01')).toHaveLength(1)
})

test('a camera whose pictures stand still is frozen until they move', async () => {
  for (let n = 0; n < 3; n++) await sees(pushing, '1', third, { isFrozen: true })
  await becomes('A01', { state: 'unknown', doubt: 'frozen' })
  await sees(pushing, '1', third)
  await becomes('A01', { state: 'occupied', doubt: null })
})
