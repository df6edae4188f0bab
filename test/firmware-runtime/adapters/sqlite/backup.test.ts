// Backups: taken beside a writer at work, opened again and checked, never in place of a good one.
// A copy can be put back: it opens as a ledger whose rows are all there.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, it } from 'vitest'
import { backupLedger, backupPath } from '../../../../firmware-runtime/adapters/sqlite/backup.ts'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { event, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'
import { lot } from './lot-kit.ts'

afterEach(removeFolders)

function backupFolder(dir: string): string {
  mkdirSync(join(dir, 'backup'))
  return backupPath(dir, 'one')
}

it('copies a ledger that is being written to, and the copy opens with every row', async () => {
  const dir = lot()
  const to = backupFolder(dir)
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([event(1)])
  const made = backupLedger({ ...optionsFor(dir), to })
  ledger.append([event(2)])
  const { verdict } = await made
  expect(verdict).toMatchObject({ ok: true, chain: 'ok' })
  expect(verdict.rows).toBeGreaterThanOrEqual(89)
  ledger.close()
  expect(readdirSync(join(dir, 'backup'))).toEqual(['one.db'])
  const restored = newFolder()
  copyFileSync(to, join(restored, 'ledger.db'))
  const again = openLedger(optionsFor(restored))
  expect(again.repair.letter).toBe('O')
  expect([...again.ledger.rows(0)]).toHaveLength(verdict.rows)
  again.ledger.close()
})

it('keeps the last good copy when the ledger is no longer sound', async () => {
  const dir = lot()
  const to = backupFolder(dir)
  await backupLedger({ ...optionsFor(dir), to })
  const good = readFileSync(to)
  const db = new DatabaseSync(join(dir, 'ledger.db'))
  db.exec('DROP TRIGGER ledger_row_no_update; UPDATE ledger_row SET amountFen = 1 WHERE seq = 3')
  db.close()
  await expect(backupLedger({ ...optionsFor(dir), to })).rejects.toThrow(/LEDGER-04/)
  expect(readFileSync(to)).toEqual(good)
  expect(existsSync(`${to}.part`)).toBe(false)
})

it('refuses a copy that lacks rows the head knows', async () => {
  const dir = lot()
  const old = readFileSync(join(dir, 'ledger.db'))
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([event(1)])
  ledger.close()
  writeFileSync(join(dir, 'ledger.db'), old)
  const to = backupFolder(dir)
  await expect(backupLedger({ ...optionsFor(dir), to })).rejects.toThrow(/LEDGER-03/)
  expect(existsSync(to)).toBe(false)
})

it('says so when there is no folder to write to', async () => {
  const dir = lot()
  await expect(backupLedger({ ...optionsFor(dir), to: backupPath(dir, 'x') })).rejects.toThrow()
})
