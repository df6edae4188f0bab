// Antennas that a survey uses, on a real socket: another program that wants the link is told who holds it, and an
// antenna is switched off again at every end of a run, also when the program was killed during it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { MeasureJob } from '#survey/calls/measure.ts'
import { benchFolder } from '#devices/desk/bench/bench-rsu.ts'
import { drivenNotes } from '#devices/desk/bench/driven-notes.ts'
import { findService } from '#devices/desk/bench/find-ports.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'
import { SurveyWorkerClient } from '#survey/desk/worker/worker-client.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { cleanUp, newFolder } from './kit/live-program.ts'
import { program, runProgram } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'

const state = newFolder()
const stateBefore = process.env['XDG_STATE_HOME']
const notes = () => drivenNotes(benchFolder()).all()
let sim: SimProcess
let link: string
let service: SurveyWorkerClient
let name: string

const newClient = (): SurveyWorkerClient =>
  new SurveyWorkerClient(program, state, { demo: false, ownLinks: () => [] })
const antennaOn = async (): Promise<boolean> =>
  (await sim.admin<{ antennaOn: boolean }>('GET', '/state')).antennaOn
const isOn = (is: boolean) => eventually(antennaOn, (on) => on === is)

beforeAll(() => {
  process.env['XDG_STATE_HOME'] = state
})
beforeEach(async () => {
  sim = await startSimProcess(
    'rsu-sim',
    [
      ...['--listen', 'tcp://127.0.0.1:0', '--admin', 'http://127.0.0.1:0'],
      ...['--variant', 'generic-bcc', '--timing', 'instant', '--seed', '3'],
    ],
    spawnLauncher(program),
  )
  link = `${sim.endpoints.link ?? ''}?variant=generic-bcc&power=8`
  service = newClient()
  const trigger = { xMm: 1_600, yMm: 2_250 }
  const lane = {
    title: '演示',
    site: '演示',
    lane: '出口',
    grid: 'd5-parking',
    access: 'wire',
  } as const
  name = (await service.make({ ...lane, trigger, by: '甲' })).name
})
afterEach(async () => {
  await service.close()
  await sim.kill()
})
afterAll(async () => {
  if (stateBefore === undefined) delete process.env['XDG_STATE_HOME']
  else process.env['XDG_STATE_HOME'] = stateBefore
  await cleanUp()
})

const job = (): MeasureJob => ({
  kind: 'neighbour',
  inNeighbour: [],
  rounds: 500,
  // Longer than any test: between two rounds the antenna is off.
  listenSec: 60,
  antennas: [{ link, obuIds: ['0200A001'] }],
})

it('is off, and its note gone, when Studio is closed in the middle of a run', async () => {
  await service.start({ name, by: '甲', job: job() })
  await isOn(true)
  expect(notes()).toMatchObject([{ link, program: 'etc-lane survey' }])
  await service.close()
  expect(await antennaOn()).toBe(false)
  expect(notes()).toEqual([])
})

it('is protected in the same process: the find page says who holds it, and the other way round', async () => {
  await service.start({ name, by: '甲', job: job() })
  await isOn(true)
  const find = findService({ place: 'workbench', memory: { load: nobody, save: () => undefined } })
  await find.probe([link], [])
  const looked = await eventually(
    () => find.state(),
    ({ job: looking, reports }) => looking === null && reports.length > 0,
  )
  expect(looked.reports[0]?.findings).toMatchObject([{ code: 'FIND-03' }])
  expect(JSON.stringify(looked.reports[0]?.findings)).toContain('Studio, survey since 20')
  expect(() => leaseLink(link)).toThrow(/LINK-03.*Studio, survey/)
  expect(await antennaOn()).toBe(true)
  await service.stop('neighbour')
  await isOn(false)
  const giveBack = await eventually(
    () => tryClaim(),
    (taken) => taken !== null,
  )
  await expect(service.start({ name, by: '甲', job: job() })).rejects.toMatchObject({
    code: 'LINK-03',
    message: expect.stringContaining('the find page') as string,
  })
  giveBack?.()
  expect((await service.start({ name, by: '甲', job: job() })).jobs).toMatchObject([
    { state: 'running' },
  ])
  find.close()
})

it('is switched off at once when the worker that drove it ends by itself', async () => {
  await service.start({ name, by: '甲', job: job() })
  await isOn(true)
  const { worker } = service as unknown as { worker: { worker: Worker } }
  await worker.worker.terminate()
  const { putBack, jobs } = await eventually(
    () => service.measuring,
    (view) => view.putBack !== undefined,
  )
  expect(jobs).toEqual([])
  expect(putBack).toMatchObject([{ link, fault: null }])
  expect(await antennaOn()).toBe(false)
  expect(notes()).toEqual([])
  // The link is free again.
  leaseLink(link)()
})

it('is switched off by the next contact where the program was killed, which says so', async () => {
  const args = ['survey', 'neighbour', '--antenna', link, '--own', '0200A001', '--rounds', '500']
  const long = ['--listen-ms', '60000']
  const child = spawn(process.execPath, [program, ...args, ...long, '--json'], { stdio: 'ignore' })
  await isOn(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(notes()).toMatchObject([{ link }])
  expect(await antennaOn()).toBe(true)
  await service.list()
  const view = await eventually(
    () => service.measuring,
    ({ putBack }) => putBack !== undefined,
  )
  expect(view.putBack).toMatchObject([{ link, program: 'etc-lane survey', fault: null }])
  expect(await antennaOn()).toBe(false)
  expect(notes()).toEqual([])
})

it('is told at the command line, too', async () => {
  drivenNotes(join(state, 'own')).put({
    link,
    program: 'etc-lane survey',
    sinceIso: '2026-03-02T09:00:00+08:00',
  })
  const args = ['--own', '0200A001', '--rounds', '1', '--listen-ms', '50', '--state']
  const { stderr } = await runProgram(
    ...['survey', 'neighbour', '--antenna', link, ...args, join(state, 'own'), '--json'],
  )
  expect(stderr).toContain('SET-10')
  expect(stderr).toContain('2026-03-02T09:00:00+08:00')
  expect(drivenNotes(join(state, 'own')).all()).toEqual([])
  expect(await antennaOn()).toBe(false)
})

const nobody = () => ({ autoConnect: false, last: null })
function tryClaim(): (() => void) | null {
  try {
    return leaseLink(link, 'the find page')
  } catch {
    return null
  }
}
