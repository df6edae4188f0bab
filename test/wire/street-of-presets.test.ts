// High cameras that the program turns from preset to preset (7.2.1 f), over real links: one pushes and takes commands at another
// address, one is subscribed to. The simulators are processes with a sign-in of their own; they turn, and fail to.
// Time goes on eight times as fast, so that a round of a minute takes eight seconds.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { SpacesView } from '#lane/calls/sensors-views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import type { Site } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { bareLot } from '../kit/bare-lot.ts'
import { eventually } from '../kit/eventually.ts'
import { FastClock } from './kit/fast-clock.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { cleanUp, newFolder, programFile } from './kit/live-program.ts'
import { nothingFree } from './kit/run-lot.ts'

const dir = join(newFolder(), 'lot')
const clock = new FastClock(8)
const cars = { one: '测A10001', two: '测A10002' }
let pushing: SimProcess
let served: SimProcess
let site: Site
const faults: string[] = []

const sim = (...args: readonly string[]): Promise<SimProcess> =>
  startSimProcess(
    'camera-sim',
    ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--seed', '1', ...args],
    spawnLauncher(programFile),
  )

/** 250 ms of the camera are two seconds of the lot. */
const presets = (one: string, two: string) => ({
  presets: { 1: { panDeg: 40, spaces: [one] }, 2: { panDeg: 130, spaces: [two] } },
  turnMs: 250,
  everyMs: 1_100,
})
const there = (camera: SimProcess, id: string, plate: string | null, more: object = {}) =>
  camera.admin('POST', '/plates', {
    space: { id, occupied: plate !== null },
    ...(plate === null ? {} : { plate, colour: 'blue' }),
    ...more,
  })

const open = async (): Promise<Site> =>
  openSite({
    dir,
    ...loadLot(dir),
    business: clock.wall(),
    mono: clock,
    timing: 'standard',
    linkDown: (fault) => void faults.push(`${fault.code} ${fault.detail.field ?? ''}`),
    fatal: (fault) => {
      throw fault
    },
  })

const view = (): SpacesView => site.spaces.view()
const space = (id: string) => view().spaces.find(({ spaceId }) => spaceId === id)
const source = (id: string) => view().sources.find((one) => one.id === id)
const until = (what: string, like: () => boolean) => eventually(like, (is) => is, { what })
const becomes = (id: string, state: string) =>
  until(`${id} ${state}`, () => space(id)?.state === state)
const stands = (id: string, preset: number | null) =>
  until(`${id} at ${preset}`, () => source(id)?.presets?.standing === preset)
const notFailing = (id: string) =>
  until(`${id} without failure`, () => {
    const { failed, detail } = source(id)?.presets ?? {}
    return failed?.length === 0 && detail === ''
  })
/** Has the camera stay where it is now, at the second preset of both. */
async function staysAtTwo(id: string, camera: SimProcess): Promise<void> {
  await stands(id, 2)
  await eventually(
    async () => {
      const dome = await camera.admin<DomeState>('POST', '/dome', { fault: 'stays' })
      const is = dome.panDeg === 130 && !dome.moving
      if (!is) await camera.admin('POST', '/dome', { fault: null })
      return is
    },
    (is) => is,
    { what: `${id} stays at 2` },
  )
}
interface DomeState {
  readonly panDeg: number
  readonly moving: boolean
}
/** Waits until the camera has seen the space and then looks away; returns the times between which it did. */
async function looksAway(id: string, spaceId: string): Promise<readonly [number, number]> {
  await stands(id, 2)
  let before = space(spaceId)?.heardIso
  let seenMs = 0
  await until(`${id} looks away from ${spaceId}`, () => {
    const heard = space(spaceId)?.heardIso
    const isInView = source(id)?.presets?.standing === space(spaceId)?.preset
    if (!isInView) before = heard
    else if (heard !== before) seenMs = clock.wall().nowMs()
    return !isInView && seenMs > 0
  })
  return [seenMs, clock.wall().nowMs()]
}
const ofSpace = (kind: 'stayOpened' | 'spaceLeft', id: string) =>
  ledgerRows(dir).filter((row) => row.kind === kind && row.body.spaceId === id)
const rowsOf = (kind: 'stayOpened' | 'spaceLeft', id: string, count: number) =>
  until(`${count} ${kind} of ${id}`, () => ofSpace(kind, id).length === count)

beforeAll(async () => {
  const listen = ['--listen', 'http://127.0.0.1:0']
  pushing = await sim('--variant', 'hikvision', ...listen)
  served = await sim('--variant', 'dahua', '--listen', 'tcp://127.0.0.1:0')
  await pushing.admin('POST', '/dome', presets('1', '2'))
  await served.admin('POST', '/dome', presets('B01', 'B02'))
  const account = '?user=admin&secret=cam'
  const plan = (control: string | undefined, one: string, two: string) => ({
    ...(control === undefined ? {} : { control }),
    dwellSec: 30,
    presets: [
      { number: 1, spaces: [one] },
      { number: 2, spaces: [two] },
    ],
  })
  const commands = String(Reflect.get(pushing.endpoints, 'commands')).replace('http:', 'hikvision:')
  const address = (served.endpoints.link ?? '').replace('tcp:', 'dahua:')
  const lot = {
    ...bareLot({
      layout: '7.2.1',
      offline: 'settle-later',
      capacity: 4,
      rsu: new Map([['gantry', 'tcp://127.0.0.1:9?variant=generic-bcc']]),
      platform: 'later',
    }),
    streets: [
      {
        name: '民族大道',
        stand: 'parallel',
        spaces: [
          ['A01', 'high/1'],
          ['A02', 'high/2'],
          ['B01', 'side/B01'],
          ['B02', 'side/B02'],
        ].map(([id, sensor]) => ({ id, sensor })),
      },
    ],
    spaces: [
      {
        id: 'high',
        link: 'push:hikvision',
        spaces: {},
        plan: plan(`${commands}${account}`, 'A01', 'A02'),
      },
      { id: 'side', link: `${address}${account}`, spaces: {}, plan: plan(undefined, 'B01', 'B02') },
    ],
  }
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'tariff.json'), nothingFree)
  writeLot(dir, lot as never, null)
  secretStore(dir, machineSecret()).write('cam', 'Simulated1')
  site = await open()
  await pushing.admin('POST', '/target', { url: site.intake.url('high') })
})
afterAll(async () => {
  await site?.stop()
  await Promise.all([pushing, served].map((one) => one?.kill()))
  await cleanUp()
})

test.each([
  ['high', () => pushing, ['1', '2'], ['A01', 'A02']],
  ['side', () => served, ['B01', 'B02'], ['B01', 'B02']],
] as const)('%s sees each space from its preset, and a car in it is timed', async (...row) => {
  const [id, camera, [one, two], [spaceOne, spaceTwo]] = row
  await there(camera(), one, cars.one)
  await there(camera(), two, null)
  await becomes(spaceOne, 'occupied')
  await becomes(spaceTwo, 'free')
  expect(space(spaceTwo)?.preset).toBe(2)
  await rowsOf('stayOpened', spaceOne, 1)
  expect(ofSpace('stayOpened', spaceOne)[0]?.body).toMatchObject({ plate: cars.one })
  await until('a round', () => (source(id)?.presets?.roundSec ?? 0) >= 60)
  await notFailing(id)
  expect(source(id)?.doubt).toBeNull()
})

test('a report about a space that is not in view changes nothing and is counted', async () => {
  await staysAtTwo('high', pushing)
  const before = source('high')?.presets?.unseen ?? 0
  await there(pushing, '1', null, { beyond: true })
  await until('counted', () => (source('high')?.presets?.unseen ?? 0) > before)
  // The same as JSON alone, without parts.
  const counted = source('high')?.presets?.unseen ?? 0
  const pushed = await fetch(site.intake.url('high'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      dateTime: isoOf(Date.now()),
      eventType: 'PackingSpaceRecognition',
      eventState: 'active',
      PackingSpaceRecognition: [{ absoulteParkingNum: '1', isParked: 'no' }],
    }),
  })
  expect(pushed.status).toBe(200)
  await until('counted', () => (source('high')?.presets?.unseen ?? 0) > counted)
  expect(space('A01')?.state).not.toBe('free')
  await pushing.admin('POST', '/dome', { fault: null })
  await becomes('A01', 'occupied')
  expect(ofSpace('spaceLeft', 'A01')).toEqual([])
})

test('a car that leaves out of view is charged until its camera looked away', async () => {
  const [fromMs, toMs] = await looksAway('high', 'A01')
  await there(pushing, '1', null)
  await rowsOf('spaceLeft', 'A01', 1)
  const leftAtMs = Number(Reflect.get(ofSpace('spaceLeft', 'A01')[0]?.body ?? {}, 'leftAtMs'))
  expect(leftAtMs).toBeGreaterThanOrEqual(fromMs)
  expect(leftAtMs).toBeLessThanOrEqual(toMs)
})

test('a camera that is turned by hand is brought back, and its reports meanwhile are none', async () => {
  await stands('side', 1)
  await served.admin('POST', '/dome', { hand: 200 })
  await stands('side', null)
  await stands('side', 1)
  await becomes('B01', 'occupied')
  expect(ofSpace('spaceLeft', 'B01')).toEqual([])
})

test('a change of the scene by the turn of the program is no doubt', async () => {
  // It goes on turning until the change is reported.
  await pushing.admin('POST', '/dome', { fault: 'refuses' })
  await stands('high', null)
  const view = { event: 'scenechangedetection', isOver: false }
  const { id } = await pushing.admin<{ id: number }>('POST', '/plates', { view })
  await eventually(
    () => pushing.admin<{ entries: { text: string }[] }>('GET', '/log?limit=2000'),
    ({ entries }) => entries.some(({ text }) => text.endsWith(` of ${id}: 200`)),
  )
  await pushing.admin('POST', '/dome', { fault: null })
  await stands('high', 1)
  expect(source('high')?.doubt).toBeNull()
})

test.each(['stays', 'refuses', 'silent'])(
  'spaces of presets that a camera which %s does not reach grow old and become unknown',
  async (fault) => {
    await notFailing('side')
    faults.splice(0)
    await served.admin('POST', '/dome', { fault })
    await until('failed', () => (source('side')?.presets?.failed ?? []).length > 0)
    expect(faults).toContain('LINK-02 /spaces/side/plan')
    if (fault === 'stays') {
      // It stays at one of its presets, which it still sees.
      const states = () => ['B01', 'B02'].map((one) => space(one)?.state)
      await until('one unknown', () => states().filter((one) => one === 'unknown').length === 1)
      expect(ofSpace('spaceLeft', 'B01')).toEqual([])
    }
    await served.admin('POST', '/dome', { fault: null })
    await becomes('B01', 'occupied')
    await becomes('B02', 'free')
    await notFailing('side')
    expect(ofSpace('stayOpened', 'B01')).toHaveLength(1)
  },
)

test('a camera that was turned stays doubted over a start, until a person has looked', async () => {
  await stands('high', 2)
  // Past the time in which the scene changes by the turn of the program.
  await until('at rest', () => source('high')?.presets?.standing === 2)
  await eventually(
    async () => {
      await pushing.admin('POST', '/plates', {
        view: { event: 'scenechangedetection', isOver: false },
      })
      return source('high')?.doubt
    },
    (doubt) => doubt === 'turned',
    { what: 'turned' },
  )
  await site.stop()
  site = await open()
  await pushing.admin('POST', '/target', { url: site.intake.url('high') })
  expect(source('high')?.doubt).toBe('turned')
  await stands('high', 1)
  expect([space('A02')?.state, source('side')?.doubt]).toEqual(['unknown', null])
  site.spaces.trusted('high')
  await becomes('A02', 'free')
  await becomes('B01', 'occupied')
  expect(ofSpace('spaceLeft', 'B01')).toEqual([])
})
