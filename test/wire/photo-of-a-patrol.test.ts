// A patrol car records a typed plate with a photo (7.2.5, 8.1.2.6 c): the gantry charges no other car of that plate until another
// person has confirmed it by the photo, also after kill -9. With the OBU at the space nothing is barred; without a photo it is arrears.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPhoto } from '#ledger/files/photos.ts'
import type { ArrearsListView } from '#money/calls/coupon-views.ts'
import type { InboxView } from '#lane/calls/inbox.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { carMaker, trafficMixes, type TrafficCar } from '#simulators/traffic/cars.ts'
import { headOfJpeg } from '../firmware-runtime/base/pure/values/photo-kit.ts'
import { eventually } from '../kit/eventually.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { nothingFree } from './kit/run-lot.ts'

const folder = newFolder()
const dir = join(folder, 'lot')
const photo = headOfJpeg(640, 480, 'c0', 80_000)
const partBytes = 36_000
const cars = carMaker(trafficMixes.clean, 5)
const [first, second, third] = [cars.next(), cars.next(), cars.next()]
const sims: SimProcess[] = []
let gantry: SimProcess
let patrol: SimProcess
let sensors: SimProcess
let lot: Program

async function sim(name: string, ...more: string[]): Promise<SimProcess> {
  const shared = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1']
  const made = await startSimProcess(name, [...shared, ...more], spawnLauncher(programFile))
  sims.push(made)
  return made
}
const antenna = (books: string) =>
  sim(
    ...(['rsu-sim', '--listen', 'tcp://127.0.0.1:0', '--variant', 'generic-bcc'] as const),
    ...['--books', join(folder, books)],
  )

async function start(): Promise<void> {
  lot = new Program(['run', '--data', dir, '--timing', 'instant'])
  const { intake } = await lot.ready()
  sensors = await sim('detector-sim', '--variant', 'nb-iot', '--target', intake['mag'] ?? '')
  for (const n of [1, 2, 3]) await sensors.admin('POST', '/sensors', { deviceId: `test-000${n}` })
  await eventually(
    () => lot.call<BoardView>('board.get'),
    ({ lanes }) => lanes.length === 2 && lanes.every(({ devices }) => devices.rsu.state === 'up'),
    { of: lot },
  )
}
const rowsOf = (kind: string) => ledgerRows(dir).filter((row) => row.kind === kind)
const occupied = (n: number, is: boolean) =>
  sensors.admin('POST', '/inputs', { deviceId: `test-000${n}`, occupied: is })
async function counted(kind: string, count: number) {
  const now = () => rowsOf(kind)
  return eventually(now, (all) => all.length === count, { of: lot, what: `${count} ${kind}` })
}
const fix = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000, accuracyMm: 3_000 }
let acts = 0
const who = (by: string) => ({ by, reason: '巡场', commandId: `of-a-patrol-${++acts}` })
/** The patrol car stands there. */
async function record(n: number, { plate }: TrafficCar, by: string, jpeg?: Uint8Array) {
  const photoDraft = `photo-of-space-${n}`
  for (let at = 0; at < (jpeg?.length ?? 0); at += partBytes) {
    const base64 = Buffer.from(jpeg?.subarray(at, at + partBytes) ?? []).toString('base64')
    await lot.call('photo.hold', { draftId: photoDraft, bytes: jpeg?.length ?? 0, at, base64 })
  }
  await lot.call('place.position', { laneId: 'car', atIso: isoOf(Date.now()), position: fix })
  const args = { laneId: 'car', spaceId: `A0${n}`, plate, ...who(by) }
  await lot.call('place.record', jpeg === undefined ? args : { ...args, photoDraft })
}
const confirm = (stayId: string, { plate, colour }: TrafficCar, by: string) =>
  lot.call('arrears.confirm', { stayId, plate, colour, ...who(by) })
const idle = () =>
  eventually(
    () => lot.call<BoardView>('board.get'),
    ({ lanes }) => lanes.every(({ state }) => state === 'idle'),
    { of: lot },
  )
/** It stands under the gantry until it is gone. */
const passes = async ({ obu }: TrafficCar): Promise<void> => {
  await gantry.admin('POST', '/cars', { ...obu, stayMs: 600_000 })
}
const isGone = ({ obu }: TrafficCar) => gantry.admin('DELETE', `/cars/${obu?.obuId ?? ''}`)
/** The gantry has heard this car, and charged nobody. */
async function passesUncharged(car: TrafficCar, payments: number): Promise<void> {
  await passes(car)
  await eventually(
    () => lot.call<InboxView>('inbox.get'),
    ({ rows }) => JSON.stringify(rows).includes(car.plate),
    { of: lot, what: 'the gantry says whom it did not charge' },
  )
  expect([rowsOf('intent').length, rowsOf('payment').length]).toEqual([payments, payments])
  await isGone(car)
}
const arrears = async () =>
  (await lot.call<ArrearsListView>('arrears.list', {})).rows.map((row) => [
    row.plate,
    row.cardBar,
    row.typedBy,
    row.photoId !== null,
  ])

beforeAll(async () => {
  ;[gantry, patrol] = [await antenna('g.jsonl'), await antenna('p.jsonl')]
  const platform = await sim(
    ...(['platform-sim', '--listen', 'https://127.0.0.1:0', '--tac', 'test', '--polite'] as const),
    ...['--certs', join(folder, 'certs'), '--books', join(folder, 'platform.jsonl')],
  )
  const table = join(folder, 'spaces.csv')
  const lines = [1, 2, 3].map((n) => `民族大道,A0${n},首尾相邻,mag/test-000${n}`)
  writeFileSync(table, ['路段,泊位号,排列,检测器', ...lines, ''].join('\n'))
  const tariff = join(folder, 'tariff.json')
  writeFileSync(tariff, nothingFree)
  const { endpoints } = platform
  const link = ({ endpoints: { link: at } }: SimProcess) => `${at ?? ''}?variant=generic-bcc`
  const made = await runToEnd([
    ...['lot', 'init', '--data', dir, '--layout', '7.2.5', '--mode', 'demo', '--charge', 'card'],
    ...['--offline', 'settle-later', '--spaces', table, '--space-sensors', 'mag=push:nb-iot'],
    ...['--rsu', `gantry=${link(gantry)}`, '--rsu', `car=${link(patrol)}`],
    ...['--reader', 'car=22.817,108.366,500', '--tariff', tariff],
    ...['--platform', endpoints.baseUrl ?? '', '--ca', endpoints.caFile ?? ''],
    ...['--certs', endpoints.certDir ?? '', '--app-id', endpoints.appId ?? ''],
  ])
  expect(made).toMatchObject({ code: 0, json: { ok: true } })
  await start()
})
afterAll(async () => {
  await cleanUp()
  await Promise.all(sims.map((one) => one.kill()))
})

test('a bad photo is refused with its name, and nothing is recorded', async () => {
  await occupied(1, true)
  await counted('stayOpened', 1)
  const bad = join(folder, 'car.txt')
  writeFileSync(bad, 'no picture')
  const at = ['--data', dir, '--lane', 'car', '--space', 'A01', '--plate', first.plate]
  const by = ['--by', '甲', '--reason', '巡场', '--photo', bad]
  const { code, stderr } = await runToEnd(['place', 'record', ...at, ...by])
  expect([code, stderr]).toEqual([2, expect.stringContaining('ARG-01')])
  await expect(record(1, first, '甲', Buffer.from('no picture'))).rejects.toThrow('ARG-01')
  expect(rowsOf('plateRead')).toEqual([])
})

test('of a photographed plate no other car pays, and who took the photo confirms nothing', async () => {
  await record(1, first, '甲', photo)
  const [read] = await counted('plateRead', 1)
  if (read?.kind !== 'plateRead') throw new Error('a plate was recorded')
  expect(read.body.said).toEqual({ by: 'person', who: '甲' })
  expect(await readPhoto(dir, read.body.photo ?? '')).not.toBeNull()
  await idle()
  await occupied(1, false)
  await counted('orderMade', 1)
  await passesUncharged(first, 0)
  expect(await arrears()).toEqual([[first.plate, 'typed', '甲', true]])
  const stayId = read.stayId ?? ''
  await expect(confirm(stayId, first, '甲')).rejects.toThrow('PLACE-09')
  await lot.stop('SIGKILL')
  await start()
  await expect(confirm(stayId, first, ' 甲 ')).rejects.toThrow('PLACE-09')
  await passes(first)
  expect(rowsOf('payment')).toEqual([])
  await isGone(first)
})

test('another person confirms it, and then the gantry charges', async () => {
  const [read] = rowsOf('plateRead')
  const stayId = read?.stayId ?? ''
  await confirm(stayId, first, '乙')
  await passes(first)
  const [paid] = await counted('payment', 1)
  expect(paid?.stayId).toBe(stayId)
  await isGone(first)
})

test('without a photo it stays arrears', async () => {
  await occupied(2, true)
  await counted('stayOpened', 2)
  await record(2, second, '甲')
  const [, read] = await counted('plateRead', 2)
  await idle()
  await occupied(2, false)
  await counted('orderMade', 2)
  await expect(confirm(read?.stayId ?? '', second, '乙')).rejects.toThrow('PLACE-09')
  await passesUncharged(second, 1)
  expect(await arrears()).toEqual([[second.plate, 'typed', '甲', false]])
})

test('with its OBU at the space nothing is barred', async () => {
  await occupied(3, true)
  await counted('stayOpened', 3)
  await patrol.admin('POST', '/cars', { ...third.obu, stayMs: 600_000 })
  await record(3, third, '甲', photo)
  await counted('zeroRecord', 1)
  await patrol.admin('DELETE', `/cars/${third.obu?.obuId ?? ''}`)
  await idle()
  await occupied(3, false)
  await counted('orderMade', 3)
  await passes(third)
  await counted('payment', 2)
})
