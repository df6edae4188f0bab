// The boom of a running lane that a device test left up, with the real program, kill -9 of it in the middle of the test: the
// next start tells one matter at once, calls no person for cars that leave unpaid, and the close test lowers it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BoardView } from '#lane/calls/views.ts'
import type { InboxView } from '#lane/calls/inbox.ts'
import type { RaisedBoomsView } from '#devices/calls/raised-views.ts'
import { eventually } from '../kit/eventually.ts'
import { Program, runToEnd } from './kit/live-program.ts'
import { RunLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const lot = new RunLot({ charge: 'card' })
const { dir, harness } = lot
const said = ['--by', '装机员', '--reason', '试道闸', '--json']
const tested = (laneId: string, what: string): Program =>
  new Program(
    ['device', 'test', '--data', dir, '--lane', laneId, '--what', what, ...said],
    [],
    'pipe',
  )
const position = async (laneId: string): Promise<unknown> =>
  (await harness.sims(laneId).barrier.admin<{ position: string }>('GET', '/state')).position
const booms = async () => (await lot.run.call<RaisedBoomsView>('booms.raised')).rows
const matters = async () =>
  (await lot.run.call<InboxView>('inbox.get')).rows
    .filter(({ kind }) => kind === 'raised' || kind === 'boom')
    .map(({ kind, to }) => `${kind} ${to}`)

runsForFile(lot)

test('an open test asks at its end whether to lower the boom, and names its safety loop', async () => {
  const open = tested('exit', 'open')
  expect(await open.ended).toBe(0)
  expect(open.stderr).toContain('safety loop: 无车 / free')
  expect(open.stderr).toContain('device test --what close --lane exit')
  expect(await booms()).toMatchObject([{ laneId: 'exit', of: 'lane', under: 'off', by: '装机员' }])
  expect(await matters()).toEqual(['raised /inbox/raised/exit'])
  expect(await tested('exit', 'close').ended).toBe(0)
  await eventually(matters, (all) => all.length === 0, { of: lot.of })
  expect(existsSync(join(dir, 'raised-booms.json'))).toBe(false)
})

test('killed in the middle of it: one matter at once, no false alarm, lowered by a press', async () => {
  const open = tested('exit', 'open')
  await eventually(booms, (rows) => rows.length === 1, { of: lot.of })
  await eventually(
    () => position('exit'),
    (at) => at === 'open',
    { of: lot.of },
  )
  await lot.run.stop('SIGKILL')
  await open.ended
  lot.begin()
  await lot.run.ready()
  expect(await booms()).toMatchObject([{ laneId: 'exit', of: 'lane', by: '装机员' }])
  expect(await matters()).toEqual(['raised /inbox/raised/exit'])
  // Its inputs are known: there is nothing else to call a person for.
  await lot.until('exit', ({ barrier }) => barrier.position === 'open')
  const { lanes } = await lot.run.call<BoardView>('board.get')
  for (const lane of lanes) {
    expect(lane.leftUpAtIso).toBeUndefined()
    expect(lane.openedAloneAtIso).toBeUndefined()
  }
  expect(await position('exit')).toBe('open')
  const refused = await lot.loops('exit', false, true).then(() => runToEnd(closing))
  expect(JSON.stringify(refused.json)).toContain('TEST-01')
  expect(await position('exit')).toBe('open')
  await lot.loops('exit', false, false)
  await lot.until('exit', ({ barrier }) => barrier.under === 'off')
  expect(await tested('exit', 'close').ended).toBe(0)
  expect(await position('exit')).toBe('closed')
  await eventually(matters, (all) => all.length === 0, { of: lot.of })
})

const closing = ['device', 'test', '--data', dir, '--lane', 'exit', '--what', 'close', ...said]
