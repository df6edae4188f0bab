// Daily bills by the clock: the lot's program requests them from platform and gateway, both separate processes, at
// 10:30 of the next day, again every half hour until they arrive, compares them, and catches up for days it was off.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { DayView } from '#money/calls/day.ts'
import { dayMs, dayStartMs, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { Program } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const minuteMs = 60_000
const leaping = fileURLToPath(new URL('./kit/leaping-run.ts', import.meta.url))
const lot = tcpLot()
const { dir, harness } = lot
let gateway = ''

const gatewayAdmin = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${gateway}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}
const platform = () => present(harness.platform, 'the lot has a platform')
const platformAdmin = (body: object) => platform().admin('POST', '/policy', body)

beforeAll(async () => {
  const sim = new Program(['payment-sim', '--listen', 'https://127.0.0.1:0'])
  const { endpoints } = await sim.line(({ event }) => event === 'ready')
  const at = endpoints as Record<'baseUrl' | 'caFile' | 'keyFile' | 'merchantNo' | 'admin', string>
  gateway = at.admin
  await lot.startSims()
  const file = join(dir, 'lot.json')
  const { baseUrl: url, caFile, merchantNo } = at
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  const own = { url, caFile, merchantNo, secret: 'gateway' }
  writeFileSync(file, JSON.stringify({ ...config, gateway: own }))
  secretStore(dir, machineSecret()).write('gateway', readFileSync(at.keyFile, 'utf8').trim())
  await lot.start('exit')
})
afterAll(() => lot.close())

async function standsAtExit(plate: string): Promise<void> {
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', { plate, colour: 'blue' })
  await lot.leaves('entry')
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit', { plate, colour: 'blue' })
}

/** The lot's program with this business time; its ledger shows what it requested. */
async function runsAt(day: string, time: string): Promise<Program> {
  const aheadMs = Date.parse(`${day}T${time}+08:00`) - Date.now()
  const program = new Program([dir, String(aheadMs)], [], 'ipc', leaping)
  await program.ready()
  return program
}
const pass = (program: Program, ms: number): void => void program.child.send(ms)

/** Days that the schedule has compared, by issuer of the bill. */
const held = () =>
  ledgerRows(dir).flatMap(({ kind, body }) =>
    kind === 'book' && body.row === 'reconciled' && body.by === '' ? [body] : [],
  )
const heldDays = (): readonly string[] => held().map((one) => `${one.day} ${one.means ?? 'qr'}`)

let day = ''
const dayAfter = (days: number): string =>
  isoOf(dayStartMs(Date.parse(`${day}T00:00:00+08:00`)) + days * dayMs).slice(0, 10)

it('a day that is over: nothing before its time, asked again until the bills are there, then compared', async () => {
  await standsAtExit('测A12341')
  const { payCode } = await lot.until('exit', (lane) => lane.payCode !== undefined)
  const outTradeNo = /[^/]+$/.exec(present(payCode, 'a code').text)?.[0]
  await gatewayAdmin('/pay', { outTradeNo, do: 'now' })
  await lot.leaves('exit')
  await standsAtExit('测A12342')
  const { rsu } = harness.sims('exit')
  await rsu?.admin('POST', '/cars', { ...obu, plate: '测A12342' })
  await lot.leaves('exit')
  ;({ day } = await lot.run.call<DayView>('day.get'))
  await lot.run.stop('SIGKILL')
  await gatewayAdmin('/policy', { billReady: false })
  const next = await runsAt(dayAfter(1), '10:20:00')
  const books = async () => (await next.call<DayView>('day.get', { day })).books
  const missed = async () =>
    (await books()).flatMap((one) => (one.missed === null ? [] : [one.missed.atIso]))
  pass(next, 2 * minuteMs)
  // The schedule's look is over after these three: a look queries the ledger as often before it records its time.
  for (const _ of ['since when', 'held already', 'noted']) await books()
  pass(next, 9 * minuteMs)
  // A request made before 10:30 would not be repeated now.
  // For ETC, for its split, and for codes.
  const asked = await eventually(missed, (times) => times.length === 3, { of: lot.of })
  for (const atIso of asked) expect(atIso.slice(0, 16)).toMatch(`${dayAfter(1)}T10:3`)
  expect(heldDays()).toEqual([])
  await gatewayAdmin('/policy', { billReady: true })
  await platformAdmin({ bills: 'atOnce' })
  // Until here the platform, at its own day, had no bills; from here on it accepts records of the day after.
  const shiftMs = Date.parse(`${dayAfter(1)}T11:01:00+08:00`) - Date.now()
  await platform().admin('POST', '/time', { shiftMs })
  pass(next, 30 * minuteMs)
  await eventually(
    () => heldDays(),
    (days) => days.length === 3,
    { of: lot.of },
  )
  expect(held()).toMatchObject([
    { day, means: 'etc', expectedFen: 300, foundFen: 300, differences: 0 },
    { day, means: 'split', expectedFen: 300, foundFen: 300, differences: 0 },
    { day, expectedFen: 300, foundFen: 300, differences: 0 },
  ])
  const told = (await books()).map(({ means, state }) => `${means} ${state}`)
  expect(told).toEqual(['etc equal', 'qr equal', 'cash notYet', 'split equal'])
  const parties = (await books()).at(-1)?.parties.map(({ shareFen }) => shareFen) ?? []
  expect(parties.reduce((sum, fen) => sum + fen, 0)).toBe(300)
  // Each lane was reported to the platform meanwhile (9.3.7).
  await eventually(
    () => platform().admin<{ heartbeats: number }>('GET', '/state'),
    ({ heartbeats }) => heartbeats >= 2,
    { of: lot.of },
  )
  await next.stop('SIGKILL')
})

it('a PC that was off at that time on two days makes up for both when it is back, and asks for none twice', async () => {
  const [second, third] = [dayAfter(1), dayAfter(2)]
  await platformAdmin({ fileCipher: 'SM4-CBC' })
  const back = await runsAt(dayAfter(3), '13:07:00')
  pass(back, 2 * minuteMs)
  const days = [second, third].flatMap((one) =>
    ['etc', 'split', 'qr'].map((means) => `${one} ${means}`),
  )
  await eventually(
    () => heldDays().slice(3),
    (found) => found.length === 6,
    { of: lot.of },
  )
  expect(heldDays().slice(3)).toEqual(days)
  pass(back, 60 * minuteMs)
  await eventually(
    async () => (await back.call<DayView>('day.get', { day: third })).books,
    (books) => books.slice(0, 2).every(({ state }) => state === 'equal'),
    { of: lot.of },
  )
  expect(heldDays()).toHaveLength(9)
  await back.stop('SIGTERM')
})
