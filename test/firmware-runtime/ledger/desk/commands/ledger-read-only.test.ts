// `ledger verify` and `query` on a folder that may be read but not written: a mounted backup, another user.
// Rows that are still in the WAL must be found too, and the temporary copy is removed afterwards.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemRandom } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainKeyOf } from '#lane/folder/data-folder.ts'
import { lotOf, writeLot } from '#lane/folder/lot-file.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const child = fileURLToPath(
  new URL('../../../runtime/commands/read-only-child.ts', import.meta.url),
)
const home = folderOfFile('etc-lane-read-only-')
/** Writable by everybody, like /tmp: a temporary copy is made here, and would be left here. */
const temp = join(home, 'temp')
const rows = 20

beforeAll(() => {
  mkdirSync(temp)
  chmodSync(home, 0o755)
  chmodSync(temp, 0o1777)
})
afterAll(() => {
  for (const name of readdirSync(home, { recursive: true, encoding: 'utf8' }))
    if (existsSync(join(home, name, '.'))) chmodSync(join(home, name), 0o700)
})

/** A lot of 20 rows: all in the database, or in the WAL, as a killed process leaves them. */
function lot(name: string, left: 'closed' | 'log' | 'index'): string {
  const dir = join(home, name)
  const none = new Map<string, string>()
  const [mode, charge, offline] = ['demo', 'card', 'other-payment'] as const
  const devices = { rsu: none, camera: none, barrier: none }
  const config = { mode, charge, offline, layout: '7.1.1', ...devices, platform: null } as const
  writeLot(dir, lotOf({ ...config, capacity: 10 }), null)
  const chainKey = chainKeyOf(dir, systemRandom())
  const options = { dir, nodeId: 'n1', chainKey, crypto: openGmCrypto(), version: 'test' }
  const { ledger } = openLedger({ ...options, durability: 'full' })
  for (let i = 0; i < rows; i++)
    ledger.append([{ kind: 'event', atMs: i, body: { type: 'photosBack', detail: String(i) } }])
  const log = left === 'closed' ? [] : ['ledger.db', 'ledger.db-wal']
  const files = left === 'index' ? [...log, 'ledger.db-shm'] : log
  for (const file of files) copyFileSync(join(dir, file), join(home, file))
  ledger.close()
  for (const file of files) copyFileSync(join(home, file), join(dir, file))
  return dir
}

function asNobody(dir: string, ...args: readonly string[]): Record<string, unknown> {
  const made = spawnSync(process.execPath, [child, dir, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: temp, HOME: home },
  })
  expect(made.stderr).not.toContain('Error')
  return JSON.parse(made.stdout) as Record<string, unknown>
}

const verified = { code: 0, out: { ok: true, rows, headSeq: rows, chain: 'ok', faults: [] } }

it.skipIf(process.platform === 'win32').each(['closed', 'log', 'index'] as const)(
  'verifies and asks a ledger left %s',
  (left) => {
    process.env['HOME'] = home
    const dir = lot(left, left)
    const before = readdirSync(dir)
    const verdict = asNobody(dir, 'verify')
    expect(verdict).toMatchObject(verified)
    expect(verdict['uid']).not.toBe(0)
    const ledgerQuery = asNobody(dir, 'query', '--kind', 'event')
    expect(ledgerQuery).toMatchObject({ code: 0, out: { next: null } })
    expect((ledgerQuery['out'] as { rows: unknown[] }).rows).toHaveLength(rows)
    expect(readdirSync(dir)).toEqual(before)
    expect(readdirSync(temp)).toEqual([])
  },
)

it.skipIf(process.platform === 'win32').each(['damaged', 'foreign'] as const)(
  'leaves no copy of a ledger that is %s',
  (how) => {
    process.env['HOME'] = home
    const dir = lot(how, 'log')
    const file = join(dir, 'ledger.db')
    if (how === 'damaged') {
      writeFileSync(file, 'no ledger'.repeat(1_000))
      truncateSync(`${file}-wal`, 40)
    } else {
      const db = new DatabaseSync(file)
      db.exec('PRAGMA application_id = 7')
      for (const name of ['ledger.db', 'ledger.db-wal'])
        copyFileSync(join(dir, name), join(home, name))
      db.close()
      for (const name of ['ledger.db', 'ledger.db-wal'])
        copyFileSync(join(home, name), join(dir, name))
    }
    const faults = [{ code: 'LEDGER-05' }]
    expect(asNobody(dir, 'verify')).toMatchObject({ code: 1, out: { ok: false, faults } })
    expect(readdirSync(temp)).toEqual([])
  },
)
