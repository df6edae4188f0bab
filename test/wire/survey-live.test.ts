// Studio's measuring service beside the hot thread, with an analyser in its own process: points are
// recorded; a fault on the link pauses the walk with words, loses nothing, and the walk goes on.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MeasureJob } from '#survey/calls/measure.ts'
import type { MeasureView } from '#survey/calls/measure-views.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { readSurvey } from '#survey/files/open-survey.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { burstOf } from '#base/pure/figures/burst.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { program } from './kit/program.ts'
import { folderOfFile } from '../kit/own-folder.ts'

const dir = folderOfFile('etc-survey-live-')
const by = '安装员甲'
const service = new SurveyWorkerClient(program, dir, { demo: true, ownLinks: () => [] })
let sim: SimProcess
let link: string
let name: string

const connectTo = (at: string) =>
  service.connect({
    profile: 'siglent/ssa3000x',
    link: at,
    instrumentId: 'sa',
    serialNo: null,
    calibratedOn: '2026-01-15',
    calibratedUntil: null,
    correctionDb: 2.5,
    simulated: true,
  })
const take = (xMm: number) =>
  service.burst({ name, by, xMm, yMm: 0, zMm: 1_000, place: 'lane', antennaId: null })
const post = (path: string, body: object): Promise<unknown> => sim.admin('POST', path, body)
const fields = () => projectOf(readSurvey(join(dir, 'surveys', `${name}.etcsurvey`)).records).fields

function until(good: (view: MeasureView) => boolean): Promise<MeasureView> {
  const { promise, resolve } = Promise.withResolvers<MeasureView>()
  const look = (view: MeasureView): void => {
    if (!good(view)) return
    service.onMeasuring.delete(look)
    resolve(view)
  }
  service.onMeasuring.add(look)
  look(service.measuring)
  return promise
}
const isLive = (view: MeasureView): boolean =>
  view.instrument?.state === 'live' && view.instrument.live?.still === true

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (fault: unknown) => fault,
  )
  return error instanceof LaneFault ? error.code : `taken: ${String(error)}`
}

beforeAll(async () => {
  const flags = ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const own = ['--variant', 'scpi-siglent', '--timing', 'instant', '--seed', '7']
  sim = await startSimProcess('instrument-sim', [...flags, ...own], spawnLauncher(program))
  link = present(sim.endpoints.link, 'a link')
  await post('/knobs', { settleMs: 0 })
  const page = await service.make({
    title: '演示',
    site: '演示',
    lane: '出口',
    grid: 'd5-parking',
    access: 'wire',
    trigger: null,
    by,
  })
  name = page.name
})
afterAll(async () => {
  await service.close()
  await sim.kill()
})

it('takes points as the field is, and the instrument is on record once', async () => {
  expect((await connectTo(link)).instrument).toMatchObject({ state: 'opening' })
  await until(isLive)
  for (const xMm of [0, 250]) {
    await post('/probe', { xMm, yMm: 0, zMm: 1_000 })
    expect((await take(xMm)).taken).toBe(xMm / 250 + 1)
  }
  const truth = await sim.admin<{ levelDbm: number }>('GET', '/truth?xMm=250&yMm=0&zMm=1000')
  const last = present(fields().at(-1), 'a point')
  expect(last.levelsDbm).toHaveLength(5)
  expect(Math.abs(burstOf(last.levelsDbm).levelDbm - truth.levelDbm)).toBeLessThan(0.5)
  const { instruments } = await service.page(name)
  expect(instruments).toMatchObject([
    { instrumentId: 'sa', calibratedOn: '2026-01-15', correctionDb: 2.5, simulated: true },
  ])
  const shown = service.measuring.instrument?.live?.levelDbm ?? 0
  expect(Math.abs(shown - truth.levelDbm - 2.5)).toBeLessThan(0.5)
})

it('pauses in words and goes on: overload, a plug that is pulled, noise, somebody at the panel', async () => {
  const taken = fields().length
  await post('/antenna', { eirpDbm: 60 })
  await until(({ instrument }) => instrument?.live?.overload === true)
  expect(await refusal(take(500))).toBe('METER-10')
  await post('/antenna', { eirpDbm: 22 })
  await until(isLive)

  await post('/act', { do: 'unplug', ms: 300 })
  const away = await until(({ instrument }) => instrument?.state === 'lost')
  expect(away.instrument?.fault?.code).toBe('METER-07')
  await until(isLive)

  const meterFault = until(({ instrument }) => instrument?.fault?.code === 'METER-05')
  await post('/faults', { at: 'sweep', do: 'mode', times: 1 })
  expect((await meterFault).instrument?.fault?.message).not.toBe('')
  await sim.admin('DELETE', '/faults')
  await until(isLive)
  expect(fields()).toHaveLength(taken)
  // Noise on the line is told from answers, and does not affect a point.
  await post('/faults', { at: 'reply', do: 'garbage', times: 0 })
  expect((await take(500)).taken).toBe(taken + 1)
  await sim.admin('DELETE', '/faults')
})

it('takes back a point, lets the instrument go, and refuses what it must', async () => {
  expect((await service.undo({ name, by, point: true, reason: 'misread' })).taken).toBe(2)
  expect((await service.closeInstrument()).instrument).toBeNull()
  expect(await refusal(take(750))).toBe('METER-07')
  // A demo uses no device outside this computer.
  expect(await refusal(connectTo('serial:/dev/ttyUSB0'))).toBe('SURVEY-21')
  expect(await refusal(connectTo('tcp://192.0.2.1:5025'))).toBe('SURVEY-21')
})

it('takes a table of another instrument, or names line and column', async () => {
  const csvRequest = {
    name,
    by,
    place: 'lane' as const,
    file: 'walk.csv',
    placeUnit: 'm' as const,
    columns: { x: 'x', y: 'y', z: null, level: 'dBm', time: null },
    instrumentId: 'sa',
  }
  const before = fields().length
  const bad = service.csv({ ...csvRequest, text: 'x,y,dBm\n0,0,-40\n0.25,0,-400\n' })
  await expect(bad).rejects.toMatchObject({
    code: 'METER-08',
    detail: { file: 'walk.csv', field: 'line 3, dBm', value: '-400' },
  })
  expect(fields()).toHaveLength(before)
  await service.csv({ ...csvRequest, text: 'x,y,dBm\n1,0,-40\n1.25,0,-41.5\n' })
  expect(fields().at(-1)).toMatchObject({ xMm: 1_250, levelsDbm: [-41.5] })
})

it('runs a link test and watches clocks beside it; both are records, and a stamp is never guessed', async () => {
  const clocks = await startSimProcess(
    'clock-sim',
    ['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
    spawnLauncher(program),
  )
  try {
    await clocks.admin('POST', '/knobs', { offsetMs: 240, constellation: 'GB' })
    const gnss = `${present(clocks.endpoints.link, 'a link')}?speaks=nmea`
    const clock = { kind: 'clock', ntp: [], gnss: [gnss], chrony: false, count: 2, everySec: 0 }
    await service.start({ name, by, job: clock as MeasureJob })
    const net = { peer: null, to: link.replace('tcp://', ''), interfaceName: null, method: 'tcp' }
    const often = { count: 100, everyMs: 10, rateSec: 0, clocksWithinMs: null }
    await service.start({ name, by, job: { kind: 'link', ...net, ...often } as MeasureJob })
    const over = await until(
      ({ jobs }) => jobs.length === 2 && jobs.every(({ state }) => state !== 'running'),
    )
    expect(over.jobs).toMatchObject([
      { kind: 'clock', state: 'done', records: 2, faults: [] },
      { kind: 'link', state: 'done', percent: 100, records: 1, faults: [] },
    ])
  } finally {
    await clocks.kill()
  }
  const figures = await service.figures(name)
  expect(figures.links).toMatchObject([{ way: 'ping', method: 'tcp', summary: { sent: 100 } }])
  expect(figures.verdicts).toMatchObject({ D7: 'incomplete', D8: 'pass', D9: 'incomplete' })
  expect(figures.clocks.map(({ constellation }) => constellation)).toEqual(['GB', 'GB'])
  for (const { offsetMs } of figures.clocks) expect(Math.abs(offsetMs + 240)).toBeLessThan(700)
  const outside = { kind: 'clock', gnss: [], chrony: false, count: 1, everySec: 0 }
  const job = { ...outside, ntp: ['192.0.2.1'] } as MeasureJob
  expect(await refusal(service.start({ name, by, job }))).toBe('SURVEY-21')
})
