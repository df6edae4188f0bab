// A boom that a test raised, with the program as Studio hosts it, its real barrier driver and a simulated board: kill -9 in the
// middle of the test, the next start tells one matter, the lot is not put to use, and a person's press lowers the boom.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import type { RaisedBoomView } from '#devices/calls/raised-views.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'
import { HostedProgram, killHosted } from './kit/hosted-program.ts'
import { cleanUp, newFolder } from './kit/live-program.ts'
import { program } from './kit/program.ts'

const sims: SimProcess[] = []
let dir: string
let studio: HostedProgram
beforeEach(() => {
  dir = join(newFolder(), 'lot')
  mkdirSync(dir)
})
afterEach(async () => {
  await killHosted()
  await Promise.all(sims.splice(0).map((sim) => sim.kill()))
  await cleanUp()
})

let last = 0
const who = () => ({ by: '甲', reason: '测试', commandId: `raised-boom-${++last}` })
const kept = (): boolean => existsSync(join(dir, 'raised-booms.json'))

async function board(timing = 'instant'): Promise<SimProcess> {
  const flags = ['--admin', 'http://127.0.0.1:0', '--timing', timing, '--seed', '7']
  const listen = ['--listen', 'tcp://127.0.0.1:0']
  const sim = await startSimProcess('barrier-sim', [...flags, ...listen], spawnLauncher(program))
  sims.push(sim)
  return sim
}
const linkOf = (sim: SimProcess): string => present(sim.endpoints.link, 'a link')
const positionOf = async (sim: SimProcess): Promise<string> =>
  (await sim.admin<{ position: string }>('GET', '/state')).position
const loop = (sim: SimProcess, on: boolean) => sim.admin('POST', '/inputs', { loopUnder: on })

function open(): void {
  studio = new HostedProgram(dir, 'setup')
}
async function raise(laneId: string, link: string): Promise<void> {
  await studio.data('setup.try', { laneId, device: 'barrier', what: 'open', link, ...who() })
  await eventually(kept).toBe(true)
}
const booms = async (): Promise<readonly RaisedBoomView[]> =>
  (await studio.data('booms.raised', {})).rows
const matters = async (): Promise<readonly string[]> =>
  (await studio.data('inbox.get', {})).rows.map(({ kind, to }) => `${kind} ${to}`)
const begins = async (): Promise<string> => {
  const reply = await studio.call('setup.begin', { digest: '0'.repeat(64), ...who() })
  return reply.ok ? '' : reply.error.code
}
/** The boom of the lane, once its inputs are seen. */
const seen = (laneId: string) =>
  eventually(
    async () =>
      present(
        (await booms()).find((one) => one.laneId === laneId),
        laneId,
      ),
    ({ isReached, under }) => isReached && under !== 'unknown',
  )
const lower = async (laneId: string): Promise<string> => {
  const reply = await studio.call('booms.lower', { laneId, ...who() })
  return reply.ok ? '' : reply.error.code
}

it('killed while the boom goes up: told at the start, the lot stays closed, a press lowers it', async () => {
  const sim = await board('standard')
  open()
  await raise('exit', linkOf(sim))
  // What a test will do is kept before the board is told.
  await eventually(
    () => positionOf(sim),
    (at) => at !== 'closed',
  )
  await studio.kill()
  await eventually(() => positionOf(sim)).toBe('open')
  open()
  // The first answer has it: nothing has to be found out first.
  expect(await booms()).toMatchObject([{ laneId: 'exit', by: '甲', of: 'setup' }])
  expect(await matters()).toEqual(['raised /inbox/raised/exit'])
  expect(await begins()).toBe('SETUP-10')
  expect(await seen('exit')).toMatchObject({ position: 'open', under: 'off' })
  // Looking lowers nothing.
  expect(await positionOf(sim)).toBe('open')
  expect(await lower('exit')).toBe('')
  await eventually(() => positionOf(sim)).toBe('closed')
  await eventually(matters).toEqual([])
  expect(kept()).toBe(false)
  // What else the forms lack is said now.
  expect(await begins()).not.toBe('SETUP-10')
})

it('a car under the boom: nothing lowers it, before and after a kill', async () => {
  const sim = await board()
  open()
  await raise('exit', linkOf(sim))
  await eventually(() => positionOf(sim)).toBe('open')
  await eventually(async () => (await studio.data('setup.tried', {})).tried[0]?.end).toBe('open')
  await loop(sim, true)
  await eventually(async () => (await booms())[0]?.under).toBe('on')
  expect(await lower('exit')).toBe('TEST-01')
  await studio.kill()
  open()
  expect(await seen('exit')).toMatchObject({ under: 'on' })
  expect(await lower('exit')).toBe('TEST-01')
  expect(await positionOf(sim)).toBe('open')
  await loop(sim, false)
  await eventually(async () => (await booms())[0]?.under).toBe('off')
  // It was asked before the car left: it waits for another press.
  expect(await positionOf(sim)).toBe('open')
  expect(await lower('exit')).toBe('')
  await eventually(() => positionOf(sim)).toBe('closed')
})

it('a board that is gone: it cannot be seen, and a person says that it is down', async () => {
  const sim = await board()
  open()
  await raise('entry', linkOf(sim))
  await eventually(async () => (await studio.data('setup.tried', {})).tried[0]?.end).toBe('open')
  expect(await seen('entry')).toMatchObject({ position: 'open' })
  // An input that shows it up counts more than the word of a person.
  const said = await studio.call('booms.seenDown', { laneId: 'entry', ...who() })
  expect(said).toMatchObject({ ok: false, error: { code: 'TEST-02' } })
  await sim.kill()
  await eventually(async () => (await booms())[0]?.isReached).toBe(false)
  expect(await lower('entry')).toBe('TEST-01')
  await studio.data('booms.seenDown', { laneId: 'entry', ...who() })
  expect([await booms(), await matters(), kept()]).toEqual([[], [], false])
})

it('two lanes are two matters, and each press moves its own boom', async () => {
  const [entry, exit] = [await board(), await board()]
  open()
  for (const [laneId, sim] of [
    ['entry', entry],
    ['exit', exit],
  ] as const) {
    await raise(laneId, linkOf(sim))
    await eventually(async () =>
      (await studio.data('setup.tried', {})).tried.map(({ end }) => end),
    ).not.toContain(null)
  }
  await studio.kill()
  open()
  expect(await matters()).toEqual(['raised /inbox/raised/entry', 'raised /inbox/raised/exit'])
  await seen('exit')
  expect(await lower('exit')).toBe('')
  await eventually(() => positionOf(exit)).toBe('closed')
  expect(await positionOf(entry)).toBe('open')
  await eventually(matters).toEqual(['raised /inbox/raised/entry'])
  expect(await begins()).toBe('SETUP-10')
})

it('a file of booms that is damaged stops nothing', async () => {
  writeFileSync(join(dir, 'raised-booms.json'), '{"version":1,"booms":[{"laneId":')
  open()
  expect([await booms(), await matters()]).toEqual([[], []])
})
