// `etc-lane tariff replay` over the ledger of a replayed day: who pays more, who pays less, and no row changed.
// As a check, the lot's own tariff must give no difference.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { tariffCommand } from '#money/desk/commands/tariff.ts'
import { replayCommand } from '#harness/replay.ts'
import { versionOne } from '../../pure/billing/version-1.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-tariff-replay-')
const data = join(dir, 'lot')

async function run(command: typeof replayCommand, ...args: string[]): Promise<unknown> {
  const { code, json } = await runCommand(command, args)
  expect(code).toBe(0)
  return json
}

let files = 0
const replay = (tariff: unknown, ...more: string[]): Promise<unknown> => {
  const file = join(dir, `tariff-${files++}.json`)
  writeFileSync(file, JSON.stringify(tariff))
  return run(tariffCommand, 'replay', '--data', data, '--file', file, ...more)
}

beforeAll(async () => {
  const rows = ['08:00:00+08:00,20', '08:05:00+08:00,17', '08:40:00+08:00,18', '11:00:00+08:00,20']
  const trace = join(dir, 'trace.csv')
  writeFileSync(trace, `timestamp,free\n${rows.map((row) => `2026-03-02T${row}\n`).join('')}`)
  await run(replayCommand, '--trace', trace, '--data', data)
})

test('under the tariff of the lot nothing differs, in either version of the file', async () => {
  const same = { stays: 3, changed: 0, up: [], down: [] }
  const answer = await replay(demoTariff)
  expect(answer).toMatchObject(same)
  expect(await replay(versionOne)).toEqual(answer)
})

test('one pays less, two pay more; the sums are those of the single stays', async () => {
  const before = readFileSync(join(data, 'ledger.db'))
  const old = (await replay(versionOne)) as { before: number }
  const found = (await replay({ ...versionOne, freeMin: 60, nextFen: 900 })) as {
    stays: number
    changed: number
    before: number
    after: number
    up: { stayId: string; fen: number }[]
    down: { stayId: string; fen: number }[]
  }
  expect(found).toMatchObject({ stays: 3, changed: 3, before: old.before })
  expect(found.down.map(({ fen }) => fen)).toEqual([-300])
  expect(found.up.every(({ fen }) => fen > 0)).toBe(true)
  const all = [...found.up, ...found.down]
  expect(new Set(all.map(({ stayId }) => stayId)).size).toBe(3)
  expect(all.reduce((sum, { fen }) => sum + fen, 0)).toBe(found.after - found.before)
  expect(readFileSync(join(data, 'ledger.db')).equals(before)).toBe(true)
})

test('a window takes the stays whose last order was made in it, half open', async () => {
  const noon = '2026-03-02T10:00:00+08:00'
  expect(await replay(demoTariff, '--to', noon)).toMatchObject({ stays: 1 })
  expect(await replay(demoTariff, '--from', noon)).toMatchObject({ stays: 2 })
  expect(await replay(demoTariff, '--from', noon, '--to', noon)).toEqual({
    stays: 0,
    changed: 0,
    before: 0,
    after: 0,
    up: [],
    down: [],
  })
})

test('refused: a tariff that is none, a time that is none, a folder without a ledger', async () => {
  await expect(replay({ ...versionOne, firstFen: 0.5 })).rejects.toMatchObject({
    code: 'TARIFF-01',
  })
  await expect(replay(demoTariff, '--from', 'noon')).rejects.toMatchObject({ code: 'ARG-01' })
  const file = join(dir, 'none.json')
  writeFileSync(file, JSON.stringify(demoTariff))
  const nowhere = run(tariffCommand, 'replay', '--data', join(dir, 'none'), '--file', file)
  await expect(nowhere).rejects.toMatchObject({ code: 'LOT-01' })
})
