// A program that throws while the answer of an online charge is booked: it ends at once and by itself, the next start asks for
// the result, and the car is charged once. On trial such a version is taken back.
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPlan } from '#runtime/slots/plan-file.ts'
import { keptSlots } from '#runtime/slots/slots-file.ts'
import { present } from '#base/pure/values/must.ts'
import { nextProgram, placeSlot, slotOf, triedPlan } from '../kit/slot-program.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { ledgerRows, verdictOn } from './kit/ledger-rows.ts'
import { Program, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const { dir, harness } = lot
const folder = folderOfFile('etc-thrown-')
const next = slotOf('99.0.1')

/** No outcome can be written: the row throws while it is made. */
const plants = (text: string): string =>
  text.replaceAll('kind:`outcome`,atMs:', 'kind:(()=>{throw TypeError(`planted`)})(),atMs:')
let throwing = ''

beforeAll(async () => {
  throwing = nextProgram(join(folder, 'next'), next, plants)
  placeSlot(dir, next, throwing)
  keepPlan(dir, triedPlan(next))
  await lot.startSims()
})
afterAll(() => lot.close())

const rowsOf = (kind: 'intent' | 'outcome' | 'payment') =>
  ledgerRows(dir).filter((row) => row.kind === kind)
const charged = async (): Promise<number> => {
  const platform = present(harness.platform, 'the lot has a platform')
  const { rows } = await platform.admin<{ rows: readonly unknown[] }>(
    'GET',
    '/books?kind=exit-charges',
  )
  return rows.length
}
const cars = [1, 2].map((n) => ({
  ...obu,
  obuId: `1A2B3C4${n}`,
  cardNo: `4501229900000001234${n}`,
  plate: `测A1234${n}`,
}))

/** The car comes in, stands at the exit and is charged; the program ends by what it throws then. */
async function endsAtTheAnswer(car: (typeof cars)[number]): Promise<void> {
  await lot.goesIn('entry', car)
  await harness.sims('exit').rsu?.admin('POST', '/cars', car)
  await lot.comes('exit', car)
  const end = await eventually(
    () => lot.run.died(),
    (how) => how !== null,
  )
  expect(end).toBe('code 1')
  expect(lot.run.stderr).toContain('planted')
}

/** After a start of the installed program: unknown, then the outcome by the query; the boom opens or a person is asked. */
async function leavesPaid(car: (typeof cars)[number], count: number): Promise<void> {
  const outcomes = await eventually(
    () => rowsOf('outcome').filter((row) => row.kind === 'outcome' && row.body.state === 'paid'),
    (rows) => rows.length === count,
    { of: lot.of },
  )
  expect(outcomes.at(-1)).toMatchObject({ body: { state: 'paid', source: 'platform' } })
  await lot.sees('exit', car)
  await lot.until('exit', ({ state, barrier }) => state === 'manual' || barrier.position === 'open')
  await lot.loops('exit', false, false)
  await lot.until('exit', ({ state }) => state === 'idle')
  await harness.sims('exit').rsu?.admin('DELETE', `/cars/${car.obuId}`)
  expect([rowsOf('intent').length, rowsOf('payment').length]).toEqual([count, count])
  expect(await charged()).toBe(count)
}

test('the program ends, a start asks for the result, and the car is charged once', async () => {
  const file = join(throwing, 'dist', 'runtime', 'main.mjs')
  const run = ['run', '--data', dir, '--timing', 'instant']
  await lot.start('exit', new Program(run, [], 'ignore', file))
  const [car] = cars
  await endsAtTheAnswer(present(car, 'a first car'))
  expect([rowsOf('intent').length, rowsOf('outcome').length]).toEqual([1, 0])
  expect(await charged()).toBe(1)
  await lot.start('exit')
  await leavesPaid(present(car, 'a first car'), 1)
})

test('a version on trial that does so is taken back, and its car is charged once', async () => {
  const installed = String(lot.run.lines[0]?.['version'])
  await runToEnd(['update', 'use', '--data', dir, '--slot', next.name, '--by', '店主'])
  expect(await lot.begunAgain('exit', 2)).toBe(next.version)
  const car = present(cars[1], 'a second car')
  await endsAtTheAnswer(car)
  expect(keptSlots(dir)).toMatchObject({
    active: null,
    trial: null,
    last: { is: 'takenBack', why: 'crashed', from: next.version, note: 'TypeError planted' },
  })
  await lot.start('exit')
  expect(lot.run.lines[0]).toMatchObject({ version: installed })
  await leavesPaid(car, 2)
  await lot.run.stop()
  expect(verdictOn(dir, 'n1')).toMatchObject({ ok: true, chain: 'ok' })
})
