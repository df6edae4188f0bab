// Backups: made while the ledger is written, opened again and checked, and never in place of a good one.
// A restored copy opens as a ledger with all its rows.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { backupLedger, backupNightly, backupPath } from '#ledger/sqlite/backup.ts'
import { verifyLedger } from '#ledger/sqlite/ledger-reader.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'
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

it('comes to its end beside a lane that never stops writing', async () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  const filler = 'x'.repeat(2_000)
  ledger.append(Array.from({ length: 3_000 }, (_, n) => event(n, filler)))
  let over = false
  let written = 0
  const write = (): void => {
    if (over || written === 3_000) return
    ledger.append([event(written++)])
    setImmediate(write)
  }
  write()
  const { verdict } = await backupLedger({ ...optionsFor(dir), to: backupFolder(dir) })
  over = true
  ledger.close()
  expect(verdict.ok).toBe(true)
  // A backup is one point in time: rows written meanwhile belong to the next one.
  expect(verdict.rows).toBeLessThan(3_000 + 50)
  expect(written).toBeLessThan(3_000)
})

describe('a nightly backup', () => {
  it('can be put back, and is a whole ledger again', async () => {
    const dir = lot()
    const { copy, fault } = await backupNightly(optionsFor(dir), startMs)
    expect(copy).toMatchObject({ number: 1, atMs: startMs, rows: 88 })
    expect(fault).toBeNull()
    expect(readdirSync(join(dir, 'backup'))).toEqual(['nightly-00001-20261120T080000-88.db'])

    // As in operations.md: the files of the lost ledger are moved away, and the copy takes their place.
    for (const name of ['ledger.db', 'ledger.head']) writeFileSync(join(dir, name), 'lost')
    for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'ledger.head'])
      rmSync(join(dir, name), { force: true })
    copyFileSync(join(dir, 'backup', copy.file), join(dir, 'ledger.db'))
    const { ledger, repair } = openLedger(optionsFor(dir))
    expect(repair.letter).toBe('O')
    ledger.append([event(5)])
    ledger.close()
    expect(verifyLedger(optionsFor(dir))).toMatchObject({ ok: true, chain: 'ok', rows: 89 })
    expect((await backupNightly(optionsFor(dir), startMs)).copy).toMatchObject({
      number: 2,
      rows: 89,
    })
  })

  it('starts anew over what an earlier process left half made', async () => {
    const dir = lot()
    mkdirSync(join(dir, 'backup'))
    for (const tail of ['.part', '.part-journal', '.part-wal'])
      writeFileSync(join(dir, 'backup', `nightly.db${tail}`), 'half a copy')
    const { copy } = await backupNightly(optionsFor(dir), startMs)
    expect(readdirSync(join(dir, 'backup'))).toEqual([copy.file])
  })

  it('is kept and told when only a signed checkpoint does not hold', async () => {
    const headHash = 'ab'.repeat(32)
    const body = { headSeq: 1, headHash, signature: '00', certSerial: 'A1' }
    const dir = lot([{ kind: 'checkpoint', atMs: startMs, body }])
    const keys = new Map([['A1', standInVerifyingKey('A1')]])
    const clientKeys = () => ({ state: 'present' as const, keys })
    const { copy, fault } = await backupNightly({ ...optionsFor(dir), clientKeys }, startMs)
    expect(fault).toEqual({ code: 'LEDGER-07', seq: 88 })
    expect(existsSync(join(dir, 'backup', copy.file))).toBe(true)
  })

  it('says which fault it is when its folder cannot be', async () => {
    const dir = lot()
    writeFileSync(join(dir, 'backup'), 'a file where the folder should be')
    await expect(backupNightly(optionsFor(dir), startMs)).rejects.toThrow(/^FILE-01/)
  })
})

const hasLimit = spawnSync('prlimit', ['--version']).status === 0

it.skipIf(!hasLimit).each([4, 5, 9])(
  'a ledger of %i GB for a disk that takes no such file is refused by name, and nothing is left',
  (gb) => {
    const dir = newFolder()
    const to = backupFolder(dir)
    // Sparse: its full length, but no space on disk.
    writeFileSync(join(dir, 'ledger.db'), '')
    truncateSync(join(dir, 'ledger.db'), gb * 2 ** 30)
    const module = new URL('../../../../firmware-runtime/ledger/sqlite/backup.ts', import.meta.url)
    const script = `import { backupLedger } from ${JSON.stringify(module.href)}
      await backupLedger({ dir: ${JSON.stringify(dir)}, to: ${JSON.stringify(to)} })
        .catch(({ code, detail }) => console.log(code, detail.note))`
    const node = [process.execPath, '--input-type=module', '-e', script]
    const ran = spawnSync('prlimit', ['--fsize=1000000', ...node], { encoding: 'utf8' })
    expect(ran.stdout).toMatch(/^FILE-01 Error: EFBIG/)
    expect(readdirSync(join(dir, 'backup'))).toEqual([])
  },
)
