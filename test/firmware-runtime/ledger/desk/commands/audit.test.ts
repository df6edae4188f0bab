// `audit verify` counts acts by name and person. A ledger that cannot be judged here, because it is newer or
// missing, is reported with its code and never called broken.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { auditCommand } from '#ledger/desk/commands/audit.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'

const home = folderOfFile('etc-lane-audit-')

/** A lot with two acts of one person. */
function lot(name: string): string {
  const dir = join(home, name)
  const none = new Map<string, string>()
  const [mode, charge, offline] = ['demo', 'card', 'other-payment'] as const
  const devices = { rsu: none, camera: none, barrier: none, platform: null }
  const config = { mode, charge, offline, layout: '7.1.1', ...devices } as const
  writeLot(dir, lotOf({ ...config, capacity: 10 }), null)
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto: openGmCrypto(), version: 'test' }
  const { ledger } = openLedger({ ...options, durability: 'full' })
  for (const commandId of ['act-one', 'act-two'])
    ledger.append([
      {
        kind: 'audit',
        atMs: 1,
        body: {
          act: 'lane.open',
          by: '测试员',
          role: 'attendant',
          reason: 'x',
          commandId,
          result: 'ok',
        },
      },
    ])
  ledger.close()
  return dir
}

async function verify(dir: string): Promise<{ code: number; out: unknown }> {
  const { code, json } = await runCommand(auditCommand, ['verify', '--data', dir])
  return { code, out: json }
}

it('counts acts by name and person', async () => {
  const out = {
    ok: true,
    acts: 2,
    byAct: { 'lane.open': 2 },
    byPerson: { 测试员: 2 },
    repeated: [],
  }
  expect(await verify(lot('well'))).toMatchObject({ code: 0, out })
})

it('does not call the ledger of a newer version broken', async () => {
  const dir = lot('newer')
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  db.exec('PRAGMA user_version = 999')
  db.close()
  await expect(verify(dir)).rejects.toThrow('LEDGER-01')
})

it('does not call a ledger that is gone broken', async () => {
  const dir = lot('gone')
  for (const tail of ['', '-wal', '-shm']) rmSync(join(dir, `ledger.db${tail}`), { force: true })
  await expect(verify(dir)).rejects.toThrow('LEDGER-02')
})
