// A lane whose links name profiles, as a process on real links: the vendor's table is used on the
// link, an imported profile is used from the next start on, and an incomplete one prevents the start.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import type { BoardView } from '#lane/calls/views.ts'
import { cleanUp, newFolder, Program, programFile, runToEnd } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

const folder = newFolder()
const dir = join(folder, 'lot')
const lotFile = join(dir, 'lot.json')
let harness: LotHarness

beforeAll(async () => {
  harness = new LotHarness({
    dir,
    charge: 'card',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'instant',
    seed: 1,
    capacity: 10,
    rsuLink: 'tcp',
    program: programFile,
  })
  await harness.startDevices()
})
afterAll(async () => {
  await cleanUp()
  await harness.stop()
})

/** Writes the lot with other profile names in its links. */
function name(variant: string, profile: string): void {
  const lot = readFileSync(lotFile, 'utf8')
    .replace(/variant=[\w/-]+/, `variant=${variant}`)
    .replaceAll(/("barrier": "tcp:[^"?]+)(\?[^"]*)?"/g, `$1?profile=${profile}"`)
  writeFileSync(lotFile, lot)
}

/** Starts the lane, waits until antenna and barrier answer, and returns the frames sent to the antenna. */
async function sentToAntenna(): Promise<string[]> {
  const run = new Program(['run', '--data', dir, '--timing', 'instant'])
  await run.ready()
  const board = (): Promise<BoardView> => run.call<BoardView>('board.get')
  const seen = await eventually(board, ({ lanes }) => {
    const exit = lanes.find((l) => l.laneId === 'exit')
    return exit?.devices.rsu.state === 'up' && exit.devices.barrier.state === 'up'
  })
  expect(seen.lanes).toHaveLength(2)
  const log = await harness.sims('exit').rsu?.admin<Log>('GET', '/log')
  expect(await run.stop()).toBe(0)
  return (log?.entries ?? []).flatMap(({ dir: way, text }) => (way === 'in' ? [text] : []))
}

interface Log {
  readonly entries: readonly { readonly dir: string; readonly text: string }[]
}

const switched = (frames: readonly string[], code: string): boolean =>
  frames.some((hex) => new RegExp(`^FFFF..${code}0[01]`).test(hex))

test('generic-bcc switches the antenna by 4C, the profile of a vendor by C4', async () => {
  const generic = await sentToAntenna()
  expect([switched(generic, '4C'), switched(generic, 'C4')]).toEqual([true, false])
  name('soulin/parking', 'generic/modbus-relay')
  const vendor = (await sentToAntenna()).slice(generic.length)
  expect([switched(vendor, '4C'), switched(vendor, 'C4')]).toEqual([false, true])
})

test('a name that the library does not have, or not whole, stops the start with its place', async () => {
  name('acme/one', 'generic/modbus-relay')
  const none = await runToEnd(['run', '--data', dir])
  expect(none.code).toBe(78)
  expect(none.json).toMatchObject({
    error: { code: 'LOT-03', file: lotFile, field: '/lanes/1/rsu' },
  })
  const made = join(folder, 'acme', 'one.json')
  const from = ['--kind', 'rsu', '--from', 'soulin/parking']
  expect((await runToEnd(['profile', 'new', ...from, made])).code).toBe(0)
  expect((await runToEnd(['profile', 'import', made, '--data', dir])).code).toBe(0)
  expect(switched(await sentToAntenna(), 'C4')).toBe(true)
  const installed = join(dir, 'profiles', 'gen-1', 'rsu', 'acme', 'one.json')
  writeFileSync(
    installed,
    readFileSync(installed, 'utf8').replace('"default": 1', '"default": 999'),
  )
  const broken = await runToEnd(['run', '--data', dir])
  expect(broken.code).toBe(78)
  expect(JSON.stringify(broken.json)).toContain('PROFILE-11')
})

test('imported beside a running lot, the runtime does it and has it in its ledger', async () => {
  name('soulin/parking', 'generic/modbus-relay')
  const made = join(folder, 'acme', 'two.json')
  const from = ['--kind', 'rsu', '--from', 'soulin/parking']
  expect((await runToEnd(['profile', 'new', ...from, made])).code).toBe(0)
  const run = new Program(['run', '--data', dir, '--timing', 'instant'])
  await run.ready()
  const who = ['--by', '装机员', '--reason', 'new antenna']
  const done = await runToEnd(['profile', 'import', made, '--data', dir, ...who])
  expect([done.code, done.json]).toMatchObject([0, { audited: true, running: true }])
  expect(await run.stop()).toBe(0)
  const audit = await runToEnd(['audit', 'verify', '--data', dir])
  expect(audit.json).toMatchObject({ ok: true, byAct: { 'profiles.accept': 2 } })
})
