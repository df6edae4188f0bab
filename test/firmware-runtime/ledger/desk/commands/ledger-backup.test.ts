// `ledger backup`: the copy is complete by itself and verified, and a broken ledger is never copied as a good one.
// The ledger is that of a real data folder, made by a short simulation.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { ledgerCommand } from '#ledger/desk/commands/ledger.ts'
import { writeLot } from '#lane/folder/lot-file.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'
import { runCommand } from '../../../../kit/run-command.ts'
import { bareLot } from '../../../../kit/bare-lot.ts'

const dir = folderOfFile('etc-lane-backup-')

beforeAll(() => {
  writeLot(dir, bareLot({ capacity: 10 }), null)
  const { ledger } = openLedger({
    dir,
    nodeId: 'n1',
    chainKey: chainKeyOf(dir, systemRandom()),
    crypto: openGmCrypto(),
    durability: 'full',
    version: 'test',
  })
  for (let i = 0; i < 20; i++)
    ledger.append([{ kind: 'event', atMs: i, body: { type: 'photosBack', detail: String(i) } }])
  ledger.close()
})

async function backup(...args: string[]): Promise<Record<string, unknown>> {
  const { json } = await runCommand(ledgerCommand, ['backup', '--data', dir, ...args])
  return json
}

describe('ledger backup', () => {
  it('makes one file that holds every row', async () => {
    const file = join(dir, 'copy.db')
    expect(await backup('--to', file)).toMatchObject({ ok: true, file, rows: 20, headSeq: 20 })
    const db = new DatabaseSync(file, { readOnly: true })
    expect(db.prepare('SELECT count(*) AS n FROM ledger_row').get()?.['n']).toBe(20)
    db.close()
  })

  it('names its own file in the backup folder', async () => {
    const made = await backup()
    expect(String(made['file'])).toMatch(/ledger-\d{17}\.db$/)
    expect(existsSync(String(made['file']))).toBe(true)
  })

  it('refuses a place that is not there and leaves nothing behind', async () => {
    await expect(backup('--to', join(dir, 'none', 'x.db'))).rejects.toThrow('FILE-01')
    // A file in place of the target folder: not even root can write there. The ledger itself is intact.
    await expect(backup('--to', join(dir, 'lot.json', 'x.db'))).rejects.toThrow('FILE-01')
    expect(readdirSync(dir).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('does not copy a ledger whose chain is broken', async () => {
    const db = new DatabaseSync(join(dir, 'ledger.db'))
    for (const { name } of db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all() as { name: string }[])
      db.exec(`DROP TRIGGER "${name}"`)
    db.exec(`UPDATE ledger_row SET atMs = 999 WHERE seq = 7`)
    db.close()
    const file = join(dir, 'bad.db')
    await expect(backup('--to', file)).rejects.toThrow('LEDGER-04')
    expect(existsSync(file)).toBe(false)
  })
})
