// A real start after a version was taken back: the lanes come up on the ledger that came back, and people find what it left
// among what waits for them. A trial ends with the lot and notes what it saw.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { rowsSince } from '#ledger/sqlite/rows-since.ts'
import { schemaHere } from '#ledger/sqlite/older-ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { noSlots, type Trial } from '#runtime/pure/update/slots.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { openRun, type Running } from '#runtime/host/run.ts'
import { version } from '#base/process/version.ts'
import type { OwnTrialKeeper } from '#runtime/update/trial-keeper.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import { eventually } from '../../../kit/eventually.ts'
import { noIo } from '../../../kit/run-command.ts'
import { program } from '../../../wire/kit/program.ts'
import { bootOf, newKinds, nextMigrations } from '../../ledger/sqlite/newer-ledger-kit.ts'

const dir = join(folderOfFile('etc-lane-back-'), 'lot')
const ownProgram = process.argv[1]
const said: string[] = []
let onTrial: Trial | null = null

const trialKeeper: OwnTrialKeeper = {
  taken: null,
  trial: () => onTrial,
  trialNoted: ({ passages }) => void said.push(`noted ${passages}`),
  takeBack: (why) => void said.push(`back ${why}`),
  kept: () => void said.push('kept'),
}
const open = (): Promise<Running> =>
  openRun({
    dir,
    timing: 'standard',
    end: (_code, fault) => void said.push(`end ${fault?.code ?? ''}`),
    linkDown: () => undefined,
    trialKeeper,
  })

beforeAll(async () => {
  process.argv[1] = program
  const lot = ['--mode', 'demo', '--charge', 'card', '--camera', 'exit=push:hikvision']
  await lotCommand.run(['init', '--data', dir, ...lot], noIo)
  await (await open()).stop()
})
afterAll(() => {
  if (ownProgram !== undefined) process.argv[1] = ownProgram
})

it('the lanes run on the rows of the newer version, and say what it left', async () => {
  const { nodeId, lotId } = loadLot(dir).config
  const key = { nodeId, chainKey: chainKeyOf(dir, systemRandom()), crypto: openGmCrypto() }
  const internals = { synchronous: 'FULL', checkRows: 100, migrations: nextMigrations } as const
  const options = { ...key, dir, durability: 'full', version: '9.0.1' } as const
  const { ledger } = openLedgerWith(options, internals)
  const boot = bootOf('9.0.1')
  ledger.append([{ ...boot, body: { ...boot.body, lotId } } as never, ...newKinds])
  const { head } = ledger
  ledger.close()
  const atIso = '2026-11-30T03:00:00.000+08:00'
  const last = {
    from: '9.0.1',
    to: version,
    is: 'takenBack',
    why: 'crashed',
    note: '',
    atIso,
    rows: 0,
  }
  mkdirSync(join(dir, 'update'), { recursive: true })
  writeFileSync(join(dir, 'update', 'slots.json'), JSON.stringify({ ...noSlots, last }))

  for (const _start of [1, 2]) {
    const running = await open()
    await eventually(async () => {
      const reply = await running.session().call('inbox.get', {}, null)
      const text = JSON.stringify(reply)
      expect(text).toContain('UPDATE-16')
      // A taking back lasts no longer than its matter.
      expect(text).not.toContain('UPDATE-15')
    }).holds()
    await running.stop()
  }
  expect(schemaHere(dir)).toBe(migrations.length)
  expect(rowsSince(dir, 0)[head.seq - 1]).toMatchObject({ hash: head.hash })
  expect(readFileSync(join(dir, 'ledger.db.newer-9.0.1')).length).toBeGreaterThan(10_000)
})

it('a version on trial is watched while the lot runs, and noted when it ends', async () => {
  onTrial = { sinceIso: '', ranMs: 0, passages: 4, fromSeq: 0 }
  const running = await open()
  await running.stop()
  expect(said).toEqual(['noted 4'])
  onTrial = null
  await (await open()).stop()
  expect(said).toEqual(['noted 4'])
})
