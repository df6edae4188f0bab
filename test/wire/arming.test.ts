// A barrier that was configured anew, with real processes: no car opens it, a hand does, the board says
// why, and `lane arm` lets it work again, once, with name and reason.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BoardView, LaneView } from '../../firmware-runtime/api/views.ts'
import { LotWorld } from '../../firmware-runtime/cli/world/lot-world.ts'
import {
  cleanUp,
  eventually,
  newFolder,
  Program,
  programFile,
  runToEnd,
} from './kit/live-program.ts'

const dir = join(newFolder(), 'lot')
const world = new LotWorld({
  dir,
  charge: 'online',
  offline: 'other-payment',
  variant: 'generic-bcc',
  timing: 'instant',
  seed: 1,
  capacity: 10,
  rsuLink: process.platform === 'linux' ? 'pty' : 'tcp',
  program: programFile,
})
let run: Program

async function startRun(): Promise<void> {
  run = new Program(['run', '--data', dir, '--timing', 'instant'])
  const { intake } = await run.ready()
  for (const [laneId, { camera }] of world.lanes)
    await camera?.admin('POST', '/target', { url: intake[laneId] })
  await eventually(entry, ({ barrier }) => barrier.arrive === 'off')
}

async function entry(): Promise<LaneView> {
  const { lanes } = await run.call<BoardView>('board.get')
  const found = lanes.find((one) => one.laneId === 'entry')
  if (found === undefined) throw new Error('the lot has an entry')
  return found
}

const loops = (loopArrive: boolean, loopUnder: boolean) =>
  world.sims('entry').barrier.admin('POST', '/inputs', { loopArrive, loopUnder })
const boom = () =>
  world
    .sims('entry')
    .barrier.admin<{ position: string; openPulses: number; closePulses: number }>('GET', '/state')
const words = async (): Promise<string> =>
  (await world.sims('entry').display.admin<{ lines: string[] }>('GET', '/state')).lines
    .join(' ')
    .trim()

async function comes(plate: string): Promise<void> {
  await loops(true, false)
  await world.sims('entry').camera?.admin('POST', '/plates', {
    plate,
    colour: 'blue',
    confidence: 97,
  })
}

async function leaves(): Promise<void> {
  await eventually(boom, ({ position }) => position === 'open')
  await loops(false, true)
  await eventually(entry, ({ barrier }) => barrier.under === 'on')
  await loops(false, false)
  await eventually(entry, ({ state }) => state === 'idle')
}

const by = ['--lane', 'entry', '--by', '安装员', '--reason', '接线已核对']

beforeAll(async () => {
  await world.startDevices()
  await world.startCameras(() => 'http://127.0.0.1:9/camera')
  await startRun()
})
afterAll(async () => {
  await cleanUp()
  await world.stop()
})

test('the first configuration works, and a restart changes nothing', async () => {
  await comes('测A10001')
  await leaves()
  expect(await boom()).toMatchObject({ openPulses: 1 })
  await run.stop()
  await startRun()
  expect((await entry()).barrierArmed).toBe(true)
})

test('configured anew it moves for no car, and the driver reads it', async () => {
  await run.stop()
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as { lanes: { barrier: string }[] }
  const [lane] = lot.lanes
  if (lane !== undefined) lane.barrier += '?unit=1'
  writeFileSync(file, JSON.stringify(lot))
  await startRun()
  expect((await entry()).barrierArmed).toBe(false)
  const before = await boom()
  await comes('测A10002')
  await eventually(words, (said) => said === '道闸待确认 请联系值班员')
  await eventually(entry, ({ display }) => display?.state === 'shown')
  expect((await entry()).state).toBe('opening')
  expect(await boom()).toMatchObject({
    openPulses: before.openPulses,
    closePulses: before.closePulses,
  })
})

test('a hand opens it, and nothing brings it down by itself', async () => {
  const before = await boom()
  const opened = await runToEnd(['lane', 'open', '--data', dir, ...by])
  expect(opened).toMatchObject({ code: 0, json: { ok: true, repeated: false } })
  await eventually(words, (said) => said === '请通行 一路顺风')
  await leaves()
  expect(await boom()).toEqual(
    expect.objectContaining({
      position: 'open',
      openPulses: before.openPulses + 1,
      closePulses: before.closePulses,
    }),
  )
})

test('`lane arm` lets it work, once, and the next start knows', async () => {
  const armed = await runToEnd(['lane', 'arm', '--data', dir, ...by, '--command-id', 'arm-000001'])
  expect(armed).toMatchObject({ code: 0, json: { ok: true, repeated: false } })
  const again = await runToEnd(['lane', 'arm', '--data', dir, ...by, '--command-id', 'arm-000001'])
  expect(again).toMatchObject({ code: 0, json: { repeated: true } })
  const other = await runToEnd(['lane', 'arm', '--data', dir, ...by])
  expect(other).toMatchObject({ code: 2, json: { error: { code: 'LANE-02' } } })
  expect((await entry()).barrierArmed).toBe(true)
  const { closePulses } = await boom()
  await comes('测A10003')
  await leaves()
  await eventually(boom, ({ position }) => position === 'closed')
  expect((await boom()).closePulses).toBe(closePulses + 1)
  await run.stop()
  await startRun()
  expect((await entry()).barrierArmed).toBe(true)
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit).toMatchObject({ code: 0, json: { byAct: { 'lane.arm': 1 } } })
})
