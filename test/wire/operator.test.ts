// Two platforms over real HTTPS, as processes: a car's records reach the expansion platform and the operator's
// platform (table G.1), each with its own state. The operator's is killed while a car waits, and so are the lanes.
// Its hour is sent in batches (P20): what the operator has lost is sent again, and OpenSSL computes the same digest.
// The operator uses the international suite, the expansion platform the national one: each gets its own digests.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AcceptanceView } from '#acceptance/calls/acceptance-views.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { newFolder, Program, runToEnd } from './kit/live-program.ts'
import { obu } from './kit/one-car.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot({ charge: 'card' })
const { dir, harness } = lot
const place = newFolder()
const books = join(place, 'operator.jsonl')

interface Page {
  readonly count: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}
let operator: Program
let endpoints: Record<'baseUrl' | 'caFile' | 'appId' | 'certDir' | 'admin', string>

async function startOperator(port: number): Promise<void> {
  const kept = ['--books', books, '--certs', join(place, 'certs'), '--suite', 'RSA_AES']
  const more = [...kept, '--admin', 'http://127.0.0.1:0']
  operator = new Program(['platform-sim', '--listen', `https://127.0.0.1:${port}`, ...more])
  endpoints = (await operator.line(({ event }) => event === 'ready'))['endpoints'] as never
}
const atOperator = async (kind: string): Promise<Page> => {
  const answer = await fetch(`${endpoints.admin}/books?kind=${kind}&limit=100`)
  return (await answer.json()) as Page
}
const atPlatform = (kind: string): Promise<Page> =>
  present(harness.platform, 'the lot has a platform').admin<Page>(
    'GET',
    `/books?kind=${kind}&limit=100`,
  )

async function stays(plate: string): Promise<void> {
  await lot.until('entry', ({ state }) => state === 'idle')
  await lot.comes('entry', { plate, colour: 'blue' })
  await lot.leaves('entry')
}
async function goesOut(plate: string, n: number): Promise<void> {
  const own = { obuId: `1A2B3C4${n}`, cardNo: `4501229900000001234${n}`, plate }
  await harness.sims('exit').rsu?.admin('POST', '/cars', { ...obu, ...own })
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.comes('exit', { plate, colour: 'blue' })
  await lot.leaves('exit')
}

beforeAll(async () => {
  await lot.startSims()
  await startOperator(0)
  const file = join(dir, 'lot.json')
  const { baseUrl: url, caFile, certDir, appId } = endpoints
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  const operatorOwn = { url, caFile, certDir, appId, suite: 'RSA_AES' }
  writeFileSync(file, JSON.stringify({ ...config, operator: operatorOwn }))
  await lot.start('exit')
})
afterAll(() => lot.close())

const all = (kind: string, count: number) =>
  eventually(
    () => atOperator(kind),
    (page) => page.count === count,
    { of: lot.of },
  )

it('a car is in the books of both, under one number and with the same bytes', async () => {
  const plate = '测A12345'
  await stays(plate)
  await goesOut(plate, 1)
  const [exit] = (await all('exit-records', 1)).rows
  const [charge] = (await atPlatform('exit-charges')).rows
  expect(exit).toMatchObject({ number: charge?.['outTradeNo'], bodySm3: charge?.['bodySm3'] })
  const [entry] = (await all('entry-records', 1)).rows
  expect(exit?.['entryNo']).toBe(entry?.['number'])
  const [cameIn, left] = (await all('plate-records', 2)).rows
  expect([cameIn, left]).toMatchObject([
    { direction: 1, plate, matchedTradeNo: null },
    { direction: 2, plate, matchedTradeNo: charge?.['outTradeNo'] },
  ])
  const [out, ...others] = (
    await eventually(
      () => atPlatform('plate-records'),
      ({ count }) => count === 1,
      { of: lot.of },
    )
  ).rows
  expect([out?.['number'], others]).toEqual([left?.['number'], []])
  expect((await atPlatform('exit-records')).count + (await atPlatform('entry-records')).count).toBe(
    0,
  )
})

const overridden = ['--by', '验收员', '--reason', '勘测在另一台电脑上']

it('heartbeats of both directions reach both: rows 9 and 14 of table G.1 pass', async () => {
  const said = await runToEnd(['acceptance', 'override', '--data', dir, ...overridden])
  expect(said).toMatchObject({ code: 0 })
  for (const id of ['G9', 'G14']) {
    const judged = async () => {
      await lot.run.call('acceptance.run', { item: id })
      const state = () => lot.run.call<AcceptanceView>('acceptance.state')
      const { items } = await eventually(state, ({ isRunning }) => !isRunning, { of: lot.of })
      return items.find((one) => one.id === id)
    }
    await eventually(judged, (item) => item?.verdict === 'pass', { of: lot.of })
  }
})

it('an operator that is gone holds up no car; what waits for it is there after a kill of the lanes, once', async () => {
  const port = Number(new URL(endpoints.baseUrl).port)
  const plate = '测B54321'
  await stays(plate)
  await all('entry-records', 2)
  await operator.stop('SIGKILL')
  await goesOut(plate, 2)
  await eventually(
    () => atPlatform('exit-charges'),
    ({ count }) => count === 2,
    { of: lot.of },
  )
  await lot.run.stop('SIGKILL')
  const { json } = await runToEnd(['queue', 'status', '--data', dir])
  expect(json).toMatchObject({ byDestination: { operator: 2 }, exposureFen: 0 })
  await startOperator(port)
  await lot.start('exit')
  expect((await all('exit-records', 2)).rows.map((row) => row['requests'])).toEqual([1, 1])
  await all('plate-records', 4)
  const end = await eventually(
    () => runToEnd(['queue', 'status', '--data', dir]),
    (one) => one.json['unsent'] === 0,
    { of: lot.of },
  )
  expect(end.json).toMatchObject({ byDestination: {}, poison: 0, exposureFen: 0 })
  const verified = await runToEnd(['ledger', 'verify', '--data', dir])
  expect(verified.json).toMatchObject({ ok: true })
})

const leaping = fileURLToPath(new URL('./kit/leaping-run.ts', import.meta.url))
const minuteMs = 60_000

it('the hour is told by batches to both; what the operator lost of it goes again with the same bytes', async () => {
  await lot.run.stop('SIGKILL')
  const before = (await atOperator('plate-records')).rows
  await operator.stop('SIGKILL')
  const lines = readFileSync(books, 'utf8').split('\n')
  const [lost] = before
  const isLost = (line: string): boolean =>
    line.includes('"plate-records"') && line.includes(`"${String(lost?.['number'])}"`)
  writeFileSync(books, lines.filter((line) => !isLost(line)).join('\n'))
  await startOperator(Number(new URL(endpoints.baseUrl).port))
  expect((await atOperator('plate-records')).count).toBe(3)
  const shift = { shiftMs: 66 * minuteMs }
  await present(harness.platform, 'the lot has a platform').admin('POST', '/time', shift)
  await fetch(`${endpoints.admin}/time`, { method: 'POST', body: JSON.stringify(shift) })
  const next = new Program([dir, String(66 * minuteMs)], [], 'ipc', leaping)
  await next.ready()
  next.child.send(2 * minuteMs)
  const exits = await eventually(
    () => atPlatform('batches'),
    ({ rows }) => rows.some((row) => row['count'] === 2),
    { of: lot.of },
  )
  expect(exits.rows.map((row) => row['missing'])).toEqual(exits.rows.map(() => 0))
  const again = await all('plate-records', 4)
  expect(again.rows.at(-1)).toMatchObject({ ...lost, requests: 1 })
  const told = (await atOperator('batches')).rows
  expect(told.reduce((sum, row) => sum + Number(row['missing']), 0)).toBe(1)
  await next.stop('SIGKILL')
  const batches = ledgerRows(dir).flatMap((row) =>
    row.kind === 'outbox' && row.body.op === 'batch' ? [row.body] : [],
  )
  for (const { body, destination } of batches) {
    const { numbers, digest } = JSON.parse(body) as { numbers: string[]; digest: string }
    const input = numbers.join('\n')
    const by = destination === 'operator' ? '-sha256' : '-sm3'
    const sum = execFileSync('openssl', ['dgst', by, '-r'], { input, encoding: 'utf8' })
    expect(digest).toBe(sum.slice(0, 64).toUpperCase())
  }
  expect(
    new Set(batches.map(({ destination, businessNo }) => `${destination} ${businessNo}`)).size,
  ).toBe(batches.length)
  expect((await runToEnd(['ledger', 'verify', '--data', dir])).json).toMatchObject({ ok: true })
})
