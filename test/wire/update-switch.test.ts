// A lot under `etc-lane run` is switched to another program, whose trial is taken back or goes on: with a car in a lane, by
// wishes of commands, in the same process. Its devices, platform and cars notice a restart at most.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { keepPlan, keptPlan } from '#runtime/slots/plan-file.ts'
import { keptSlots } from '#runtime/slots/slots-file.ts'
import type { StatusView } from '#lane/calls/views.ts'
import { nextProgram, placeSlot, slotOf, triedPlan } from '../kit/slot-program.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { ledgerRows, verdictOn } from './kit/ledger-rows.ts'
import { Program, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { tcpLot } from './kit/run-lot.ts'
import { runsForFile } from './kit/running-lot.ts'

const lot = tcpLot()
const { dir } = lot
runsForFile(lot)

const next = slotOf('99.0.1')
const broken = slotOf('99.0.2')
const folder = folderOfFile('etc-next-')
beforeAll(() => {
  placeSlot(dir, next, nextProgram(join(folder, 'next'), next))
  keepPlan(dir, triedPlan(next))
})

const use = (slot: string): ReturnType<typeof runToEnd> =>
  runToEnd(['update', 'use', '--data', dir, '--slot', slot, '--by', '店主'])
const told = (): readonly string[] =>
  ledgerRows(dir).flatMap((row) =>
    row.kind === 'audit' && row.body.act.startsWith('program.')
      ? [`${row.body.act} ${row.body.by} ${row.body.result}`]
      : [],
  )
const car = (number: number) => ({ plate: `测A1234${number}`, colour: 'blue' })
let installed = ''

test('a version that was not tried is refused, and so is a way back from the installed one', async () => {
  installed = String(lot.run.lines[0]?.['version'])
  expect(await use(broken.name)).toMatchObject({ code: 2, json: { error: { code: 'UPDATE-08' } } })
  const back = await runToEnd(['update', 'back', '--data', dir, '--by', '店主', '--reason', '慢'])
  expect(back).toMatchObject({ code: 2, json: { error: { code: 'UPDATE-09' } } })
})

test('a car in a lane defers the switch; once it has left, the next program runs in the same process', async () => {
  await lot.comes('entry', car(5))
  await lot.until('entry', ({ state }) => state !== 'idle')
  const { json } = await use(next.name)
  expect(json).toMatchObject({ ok: true, begins: 'onceFree', wanted: { by: '店主', when: 'now' } })
  // Longer than an interval in which the lanes look at the wish.
  await new Promise((done) => setTimeout(done, 5_000))
  expect(keptSlots(dir).active).toBeNull()
  await lot.leaves('entry')
  expect(await lot.begunAgain('exit', 2)).toBe(next.version)
  expect(keptSlots(dir)).toMatchObject({ active: next, before: null, trial: { passages: 0 } })
  expect(keptPlan(dir)?.wanted).toBeNull()
  expect(told()).toEqual([`program.switched 店主 ${installed} ${next.version}`])
})

test('the car that the former program let in is charged by the next one', async () => {
  const { stayId } = await lot.paysByEtc('exit', car(5))
  const paid = ledgerRows(dir).filter((row) => row.kind === 'payment')
  expect(paid.map((row) => row.stayId)).toEqual([stayId])
})

test('a version that is killed on trial is taken back at the next start, and the ledger says so once', async () => {
  await lot.run.stop('SIGKILL')
  await lot.start('exit')
  expect(lot.run.lines[0]).toMatchObject({ event: 'ready', version: installed })
  const { last } = keptSlots(dir)
  expect(last).toMatchObject({ is: 'takenBack', why: 'crashed', from: next.version })
  expect(last?.rows).toBeGreaterThan(0)
  await lot.run.stop()
  await lot.start('exit')
  const back = `program.takenBack etc-lane ${next.version} ${installed} crashed ${last?.rows}`
  // The look at versions that writes it comes behind the lanes.
  await eventually(told).toEqual([expect.stringContaining('program.switched'), back])
})

test('a folder at rest follows a wish at its next start; stopped in order it stays on trial', async () => {
  await lot.run.stop()
  expect((await use(next.name)).json).toMatchObject({ ok: true, begins: 'nextStart' })
  lot.begin()
  expect(await lot.begunAgain('exit', 2)).toBe(next.version)
  expect(await lot.run.stop()).toBe(0)
  expect(keptSlots(dir)).toMatchObject({ active: next, openStart: null })
  await lot.start('exit')
  expect(lot.run.lines[0]).toMatchObject({ version: next.version })
})

test('a person takes it back between cars', async () => {
  await lot.goesIn('entry', car(5))
  const who = ['--by', '店主', '--reason', '慢']
  const { json } = await runToEnd(['update', 'back', '--data', dir, ...who])
  expect(json).toMatchObject({ ok: true, from: next.version, to: installed })
  expect(await lot.begunAgain('exit', 2)).toBe(installed)
  expect(keptSlots(dir).last).toMatchObject({ why: 'person', note: '店主: 慢' })
  expect(told().at(-1)).toMatch(/^program.takenBack 店主 /)
})

test('a car that is being charged is charged once, leaves, and then the next program runs', async () => {
  keepPlan(dir, triedPlan(next))
  const { rsu } = lot.harness.sims('exit')
  await rsu?.admin('DELETE', `/cars/${obu.obuId}`)
  const other = { obuId: '1A2B3C4E', cardNo: '45012299000000012346', plate: car(6).plate }
  await rsu?.admin('POST', '/cars', { ...obu, ...other })
  await lot.goesIn('entry', car(6))
  await lot.comes('exit', car(6))
  await lot.until('exit', ({ state }) => state === 'opening')
  await use(next.name)
  await new Promise((done) => setTimeout(done, 3_000))
  expect(keptSlots(dir).active).toBeNull()
  await lot.leaves('exit')
  expect(await lot.begunAgain('exit', 3)).toBe(next.version)
  const paid = ledgerRows(dir).filter((row) => row.kind === 'payment')
  expect([paid.length, new Set(paid.map((row) => row.stayId)).size]).toEqual([2, 2])
  const who = ['--by', '店主', '--reason', '慢']
  await runToEnd(['update', 'back', '--data', dir, ...who])
  expect(await lot.begunAgain('exit', 4)).toBe(installed)
})

test('a version that does not come up is taken back by its own failed start', async () => {
  const fails = (text: string): string =>
    text.replaceAll('`rows-at-centre.json`', '(() => { throw new Error("planted") })()')
  const program = nextProgram(join(folder, 'broken'), broken, fails)
  placeSlot(dir, broken, program)
  keepPlan(dir, triedPlan(broken))
  await use(broken.name)
  expect(await lot.begunAgain('exit', 5)).toBe(installed)
  expect(keptSlots(dir)).toMatchObject({ active: null, trial: null })
  expect(keptSlots(dir).last).toMatchObject({ is: 'takenBack', from: broken.version })
})

test('a start that the machine refuses is no fault of the version', async () => {
  keepPlan(dir, triedPlan(next))
  await use(next.name)
  expect(await lot.begunAgain('exit', 6)).toBe(next.version)
  const second = new Program(['run', '--data', dir])
  expect(await second.ended).toBe(2)
  // The lanes that hold the folder can still crash.
  expect(keptSlots(dir)).toMatchObject({ active: next, trial: {}, openStart: expect.any(String) })
})

test('a damaged file of slots is told, and the next switch writes it anew', async () => {
  await lot.run.stop()
  writeFileSync(join(dir, 'update', 'slots.json'), '{')
  await lot.start('exit')
  expect(lot.run.lines[0]).toMatchObject({ version: installed })
  const faults = async (): Promise<readonly string[]> => {
    const { upkeep } = await lot.run.call<StatusView>('status.get')
    return (upkeep?.faults ?? []).map(({ code }) => code)
  }
  await eventually(faults, (codes) => codes.includes('UPDATE-07'), { of: lot.of })
})

test('the ledger is whole, and every car was charged once', async () => {
  await lot.run.stop()
  expect(verdictOn(dir, 'n1')).toMatchObject({ ok: true, chain: 'ok' })
  const paid = ledgerRows(dir).filter((row) => row.kind === 'payment')
  expect(new Set(paid.map((row) => row.stayId)).size).toBe(paid.length)
  expect(paid).toHaveLength(2)
})
