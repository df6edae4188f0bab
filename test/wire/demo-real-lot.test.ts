// A real lot without its lot.json, and everything that could start a demo on it: all refused by their
// code before a simulator starts or a byte changes; with the file back the lot goes on.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { cleanUp, newFolder, Program, runToEnd } from './kit/live-program.ts'

const folder = newFolder()
const dir = join(folder, 'lot')
const lotFile = join(dir, 'lot.json')
const kept = join(folder, 'kept.json')

async function startAndStop(): Promise<void> {
  const run = new Program(['run', '--data', dir])
  await run.ready()
  expect(await run.stop()).toBe(0)
}

beforeAll(async () => {
  const tariff = join(folder, 'tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
  const made = await runToEnd([
    ...['lot', 'init', '--data', dir, '--mode', 'production', '--charge', 'card'],
    ...['--tariff', tariff, '--lot-id', 'GX00077', '--node-id', 'n1', '--name', '停车场'],
  ])
  expect(made.code).toBe(0)
  await startAndStop()
  renameSync(lotFile, kept)
})
afterAll(cleanUp)

const demoLot = ['lot', 'init', '--data', dir, '--mode', 'demo', '--charge', 'card']
test.each([
  ['demo', 2, ['demo', '--headless', '--data', dir]],
  ['run', 78, ['run', '--data', dir]],
  ['lot init of a demo', 2, demoLot],
  ['queue drain', 2, ['queue', 'drain', '--data', dir]],
])('%s without lot.json: LOT-08 and exit %i, the ledger untouched', async (_name, exit, args) => {
  const before = readFileSync(join(dir, 'ledger.db'))
  const { code, json, stderr } = await runToEnd(args)
  expect(code).toBe(exit)
  expect(json).toMatchObject({ error: { code: 'LOT-08', file: lotFile } })
  expect(stderr).toMatch(/lot\.json 从备份放回/)
  expect(readFileSync(join(dir, 'ledger.db')).equals(before)).toBe(true)
  for (const name of ['lot.json', 'sims', 'keys/test-platform', 'run/lock'])
    expect(existsSync(join(dir, name))).toBe(false)
})

test('replay begins in a folder of its own', async () => {
  const trace = join(folder, 'trace.csv')
  writeFileSync(trace, 'timestamp,free\n2026-01-01T00:00:00+08:00,5\n2026-01-01T00:05:00+08:00,4\n')
  const { code, json } = await runToEnd(['replay', '--wire', '--trace', trace, '--data', dir])
  expect(code).toBe(2)
  expect(json).toMatchObject({ error: { code: 'LOT-07' } })
})

test("a demo's lot.json put in its place is LOT-09 for the demo and for run", async () => {
  const other = join(folder, 'demo')
  await runToEnd(['lot', 'init', '--data', other, '--mode', 'demo', '--charge', 'card'])
  writeFileSync(lotFile, readFileSync(join(other, 'lot.json')))
  for (const [exit, ...args] of [
    [2, 'demo', '--headless'],
    [78, 'run'],
  ] as const) {
    const { code, json } = await runToEnd([...args, '--data', dir])
    expect(code).toBe(exit)
    expect(json).toMatchObject({ error: { code: 'LOT-09', field: '/mode', value: 'demo' } })
  }
  expect(existsSync(join(dir, 'sims'))).toBe(false)
})

test('with its own lot.json back the lot goes on', async () => {
  renameSync(kept, lotFile)
  await startAndStop()
})
