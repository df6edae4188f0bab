// A newly configured barrier, with real processes: no car opens it, a person does, the board says
// why, and `lane arm` enables it again, once, with name and reason.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runToEnd } from './kit/live-program.ts'
import { RunLot } from './kit/run-lot.ts'
import { present } from '#base/pure/values/must.ts'
import { eventually } from '../kit/eventually.ts'

const lot = new RunLot({ variant: 'generic-bcc' })
const { dir, harness } = lot
const entry = () => lot.lane('entry')
const boom = () =>
  harness
    .sims('entry')
    .barrier.admin<{ position: string; openPulses: number; closePulses: number }>('GET', '/state')
const words = async (): Promise<string> => {
  const board = present(harness.sims('entry').display, 'the entry has a display')
  return (await board.admin<{ lines: string[] }>('GET', '/state')).lines.join(' ').trim()
}

const comes = (plate: string) => lot.comes('entry', { plate, colour: 'blue' })
const by = ['--lane', 'entry', '--by', '安装员', '--reason', '接线已核对']

beforeAll(async () => {
  await lot.startSims()
  await lot.start('entry')
})
afterAll(() => lot.close())

test('the first configuration works, and a restart changes nothing', async () => {
  await comes('测A10001')
  await lot.leaves('entry')
  expect(await boom()).toMatchObject({ openPulses: 1 })
  await lot.run.stop()
  await lot.start('entry')
  expect((await entry()).barrierArmed).toBe(true)
})

test('configured anew it moves for no car, and the driver reads it', async () => {
  await lot.run.stop()
  const file = join(dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { lanes: { barrier: string }[] }
  const [lane] = config.lanes
  if (lane !== undefined) lane.barrier += '?unit=1'
  writeFileSync(file, JSON.stringify(config))
  await lot.start('entry')
  expect((await entry()).barrierArmed).toBe(false)
  const before = await boom()
  await comes('测A10002')
  await eventually(words, (said) => said === '道闸待确认 请联系值班员', { of: lot.of })
  await eventually(entry, ({ display }) => display?.state === 'shown', { of: lot.of })
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
  await eventually(words, (said) => said === '请通行 一路顺风', { of: lot.of })
  await lot.leaves('entry', 'open')
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
  await lot.leaves('entry')
  await eventually(boom, ({ position }) => position === 'closed', { of: lot.of })
  expect((await boom()).closePulses).toBe(closePulses + 1)
  await lot.run.stop()
  await lot.start('entry')
  expect((await entry()).barrierArmed).toBe(true)
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit).toMatchObject({ code: 0, json: { byAct: { 'lane.arm': 1 } } })
})
