// `etc-lane replay` and the folder it writes into: never one that contains a lot or a ledger.
// Folders are compared before and after, which proves that nothing was changed.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { replayCommand } from '#harness/replay.ts'
import { folderOfFile } from '../../kit/own-folder.ts'
import { runCommand } from '../../kit/run-command.ts'

const dir = folderOfFile('etc-lane-replay-')
const trace = join(dir, 'trace.csv')
const done = join(dir, 'done')

interface Answer {
  readonly code: number
  readonly json: Record<string, unknown>
}

const run = (command: typeof replayCommand, ...args: string[]): Promise<Answer> =>
  runCommand(command, args)

const replay = (data: string, ...more: string[]): Promise<Answer> =>
  run(replayCommand, '--trace', trace, '--data', data, ...more)

function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'hex')]))
}

beforeAll(async () => {
  const rows = ['08:00:00+08:00,20', '08:05:00+08:00,17', '08:40:00+08:00,19']
  writeFileSync(trace, `timestamp,free\n${rows.map((row) => `2026-03-02T${row}\n`).join('')}`)
  expect(await replay(done)).toMatchObject({ code: 0, json: { ok: true, entries: 3, exits: 2 } })
})

describe('the folder of a replay', () => {
  it.each(['lot.json', 'ledger.db', 'ledger.head', 'keys/chain.key'])(
    'is refused when it has %s, and stays as it was',
    async (name) => {
      const lot = join(dir, `with-${name.replace('/', '-')}`)
      await run(lotCommand, 'init', '--data', lot, '--charge', 'card')
      if (name !== 'lot.json') {
        cpSync(trace, join(lot, name))
        rmSync(join(lot, 'lot.json'))
      }
      const before = filesOf(lot)
      for (const more of [[], ['--wire']])
        await expect(replay(lot, ...more)).rejects.toMatchObject({ code: 'LOT-07' })
      expect(filesOf(lot)).toEqual(before)
    },
  )

  it('is refused when another replay wrote into it: its totals would be added', async () => {
    const before = filesOf(done)
    await expect(replay(done)).rejects.toMatchObject({ code: 'LOT-07' })
    expect(filesOf(done)).toEqual(before)
  })

  it('that cannot be made is a fault of the data folder', async () => {
    await expect(replay(join(trace, 'below'))).rejects.toMatchObject({ code: 'DATA-01' })
  })
})

describe('the window of a replay', () => {
  it('is refused when it ends before it begins', async () => {
    const from = ['--from', '2026-03-02T08:30:00+08:00', '--to', '2026-03-02T08:10:00+08:00']
    const wanted = { code: 'ARG-01', detail: { field: '--to' } }
    await expect(replay(join(dir, 'window'), ...from)).rejects.toMatchObject(wanted)
  })
})

describe('the ledger of a simulated replay', () => {
  it('can be checked and asked like any other', async () => {
    const verdict = await run(ledgerCommand, 'verify', '--data', done)
    expect(verdict).toMatchObject({ code: 0, json: { ok: true, chain: 'ok', faults: [] } })
    const stays = await run(ledgerCommand, 'query', '--data', done, '--kind', 'stay')
    expect(stays.json['rows']).toHaveLength(3)
  })

  it('is never that of a lot: no lot is made beside it', async () => {
    const made = run(lotCommand, 'init', '--data', done, '--charge', 'card')
    await expect(made).rejects.toMatchObject({ code: 'LOT-02' })
  })
})
