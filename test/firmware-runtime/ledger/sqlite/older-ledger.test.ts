// The way back of a ledger from a next schema: same rows and hashes in the schema of this program, on real files, killed at
// every step, with copies that are missing or damaged, and with newer files that cannot be carried over.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import {
  isBetween,
  olderSteps,
  rowsBy,
  schemaHere,
  toOlderLedger,
  unknownRows,
} from '#ledger/sqlite/older-ledger.ts'
import { isSchemaWhole } from '#ledger/sqlite/schema-check.ts'
import { readHeadFile } from '#ledger/sqlite/head-file.ts'
import { verifyDb } from '#ledger/sqlite/verify.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { carRows, optionsFor, removeFolders, testCrypto, testKey } from './ledger-kit.ts'
import { newerLedger, newKinds, nextMigrations, type NewerLedger } from './newer-ledger-kit.ts'

afterEach(removeFolders)

const key = { nodeId: 'lot-1', chainKey: testKey, crypto: testCrypto }
const wayBack = (dir: string) => toOlderLedger({ ...key, dir, newer: '0.1.30', migrations })
const asideOf = (dir: string): string => join(dir, 'ledger.db.newer-0.1.30')
const copyOf = ({ dir, before }: Pick<NewerLedger, 'dir' | 'before'>): string =>
  join(dir, 'backup', `ledger-schema-${migrations.length}-row-${before}.db`)

const textOf = (file: string): string => {
  using db = new DatabaseSync(file, { readOnly: true })
  const rows = db
    .prepare('SELECT seq, kind, body, lower(hex(hash)) AS hash FROM ledger_row ORDER BY seq')
    .all()
  return JSON.stringify(rows)
}

/** Whole, of this schema, with all rows of the newer file; opens, and takes a further row. */
function mustBeBack({ dir, rows, hash }: NewerLedger): void {
  const { db: file } = ledgerFiles(dir)
  {
    using db = new DatabaseSync(file)
    const verdict = verifyDb(db, { ...key, headFile: readHeadFile(ledgerFiles(dir).head) })
    expect(verdict).toMatchObject({ ok: true, rows, headSeq: rows, headHash: hash })
    expect(isSchemaWhole(db, migrations.length)).toBe(true)
  }
  expect(schemaHere(dir)).toBe(migrations.length)
  const { ledger } = openLedger(optionsFor(dir))
  expect(ledger.head).toEqual({ seq: rows, hash })
  ledger.append(carRows(99))
  ledger.close()
  const left = readdirSync(dir).filter((name) => name.includes('older'))
  expect(left).toEqual([])
}

describe('a ledger of a next schema', () => {
  it('comes back from the copy with the later rows, and the newer file stays as it was', () => {
    const newer = newerLedger()
    const { dir, rows, hash, before } = newer
    const was = textOf(ledgerFiles(dir).db)
    expect(wayBack(dir)).toEqual({ copied: before, head: { seq: rows, hash }, aside: asideOf(dir) })
    expect([textOf(ledgerFiles(dir).db), textOf(asideOf(dir))]).toEqual([was, was])
    expect(rowsBy(dir, 'lot-1', '0.1.30')).toBe(rows - before)
    mustBeBack(newer)
  })

  it('comes back with the rows that are still in the log of a killed program', () => {
    const newer = newerLedger({ close: false })
    expect(statSync(ledgerFiles(newer.dir).wal).size).toBeGreaterThan(0)
    wayBack(newer.dir)
    mustBeBack(newer)
    expect(textOf(asideOf(newer.dir)).length).toBeGreaterThan(1_000)
  })

  it.each<[string, (newer: NewerLedger) => void]>([
    ['is gone', (newer) => rmSync(copyOf(newer))],
    ['is cut', (newer) => truncateSync(copyOf(newer), 9_000)],
    ['is no ledger', (newer) => writeFileSync(copyOf(newer), 'a letter to somebody')],
    ['is empty', (newer) => writeFileSync(copyOf(newer), '')],
    [
      'has a changed row',
      (newer) => {
        using db = new DatabaseSync(copyOf(newer))
        db.exec('DROP TRIGGER ledger_row_no_update')
        db.exec('UPDATE ledger_row SET atMs = atMs + 1 WHERE seq = 2')
      },
    ],
    [
      'is that of another lot',
      (newer) => {
        const other = newerLedger({ carsBefore: 5, carsAfter: 0 })
        rmSync(copyOf(newer))
        copyFileSync(
          copyOf(other),
          join(newer.dir, 'backup', `ledger-schema-${migrations.length}-row-${other.before}.db`),
        )
      },
    ],
  ])('comes back from row 1 when the copy %s', (_, spoil) => {
    const newer = newerLedger()
    spoil(newer)
    expect(wayBack(newer.dir).copied).toBe(0)
    mustBeBack(newer)
  })

  it('comes back from an older copy when the newest is damaged', () => {
    const newer = newerLedger()
    const older = join(newer.dir, 'backup', `ledger-schema-${migrations.length}-row-1.db`)
    copyFileSync(copyOf(newer), older)
    using db = new DatabaseSync(older)
    db.exec('DROP TRIGGER ledger_row_no_delete; DELETE FROM ledger_row WHERE seq > 1')
    db.exec(`CREATE TRIGGER ledger_row_no_delete BEFORE DELETE ON ledger_row
   BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: DELETE'); END`)
    truncateSync(copyOf(newer), 9_000)
    expect(wayBack(newer.dir).copied).toBe(1)
    mustBeBack(newer)
  })

  it('keeps rows of kinds and types that this program does not know, and names them', () => {
    const newer = newerLedger({ more: newKinds })
    wayBack(newer.dir)
    mustBeBack(newer)
    const known = new Set(['droneLanded', 'drone'])
    const unknown = unknownRows({ ...key, dir: newer.dir, migrations }, ({ kind, bodyText }) =>
      kind === 'event' ? !bodyText.includes('droneLanded') : !known.has(kind),
    )
    expect(unknown).toEqual([
      { seq: newer.rows - 1, kind: 'drone' },
      { seq: newer.rows, kind: 'event' },
    ])
  })

  it('comes back again after a second try of the same version', () => {
    const { dir } = newerLedger()
    wayBack(dir)
    const second = newerLedger({ carsBefore: 0, carsAfter: 0 }, dir)
    expect(schemaHere(dir)).toBe(nextMigrations.length)
    wayBack(dir)
    mustBeBack(second)
  })
})

describe('killed', () => {
  const kit = JSON.stringify(new URL('newer-ledger-kit.ts', import.meta.url).href)
  const run = (dir: string, step: string) => {
    const text = `import { killedAt } from ${kit}; killedAt(...${JSON.stringify([dir, step])})`
    return spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' })
  }

  it.each(olderSteps.flatMap((step) => [[step, true] as const, [step, false] as const]))(
    'after %s it is done again (log closed: %s)',
    (step, close) => {
      const newer = newerLedger({ more: newKinds, close })
      const { dir } = newer
      expect(run(dir, step).signal).toBe('SIGKILL')
      // Nothing that a start opens has fewer rows, at any step.
      const { db } = ledgerFiles(dir)
      if (existsSync(db)) expect(JSON.parse(textOf(db))).toHaveLength(newer.rows)
      else expect(isBetween(dir)).toBe(true)
      if (step !== 'placed') wayBack(dir)
      mustBeBack(newer)
      expect(JSON.parse(textOf(asideOf(dir)))).toHaveLength(newer.rows)
    },
  )

  it('twice at different steps it is done again', () => {
    const newer = newerLedger()
    for (const step of ['carried', 'made', 'aside', 'logAside'])
      expect(run(newer.dir, step).signal).toBe('SIGKILL')
    expect(run(newer.dir, '').status).toBe(0)
    mustBeBack(newer)
  })
})

describe('a newer ledger that cannot be carried over stays as it is', () => {
  const changed = (newer: NewerLedger, sql: string): void => {
    using db = new DatabaseSync(ledgerFiles(newer.dir).db)
    db.exec('DROP TRIGGER ledger_row_no_update; DROP TRIGGER ledger_row_no_delete')
    db.exec(sql)
  }
  it.each<[string, (newer: NewerLedger) => void, string]>([
    [
      'a changed row',
      (newer) =>
        changed(newer, `UPDATE ledger_row SET laneId = 'x' WHERE seq = ${newer.before + 2}`),
      'LEDGER-04',
    ],
    [
      'a row that is gone',
      (newer) => changed(newer, `DELETE FROM ledger_row WHERE seq = ${newer.before + 3}`),
      'LEDGER-04',
    ],
    [
      'a row before the copy that is gone',
      (newer) => changed(newer, `DELETE FROM ledger_row WHERE seq = 2`),
      'LEDGER-03',
    ],
    [
      'half a file',
      ({ dir }) =>
        truncateSync(ledgerFiles(dir).db, Math.floor(statSync(ledgerFiles(dir).db).size / 2)),
      'LEDGER-05',
    ],
  ])('%s', (_, spoil, code) => {
    const newer = newerLedger()
    spoil(newer)
    const was = readFileSync(ledgerFiles(newer.dir).db)
    expect(faultOf(() => wayBack(newer.dir)).code).toBe(code)
    expect(readFileSync(ledgerFiles(newer.dir).db).equals(was)).toBe(true)
    expect(readdirSync(newer.dir).filter((name) => /older|newer/.test(name))).toEqual([])
  })
  it('a row that breaks a rule of this schema', () => {
    const { dir } = newerLedger({ carsAfter: 0 })
    const free = { version: migrations.length + 1, name: 'free', up: ['DROP INDEX payment_once'] }
    rmSync(ledgerFiles(dir).db)
    rmSync(ledgerFiles(dir).head)
    rmSync(join(dir, 'backup'), { recursive: true })
    const internals = {
      synchronous: 'FULL',
      checkRows: 9,
      migrations: [...migrations, free],
    } as const
    const { ledger } = openLedgerWith(optionsFor(dir), internals)
    const paid = carRows(1, false)
    ledger.append(paid)
    ledger.append(paid.filter(({ kind }) => kind === 'payment'))
    const { seq } = ledger.head
    ledger.close()
    expect(faultOf(() => wayBack(dir))).toMatchObject({
      code: 'LEDGER-10',
      detail: { field: `seq ${seq}`, value: 'payment' },
    })
    expect(schemaHere(dir)).toBe(migrations.length + 1)
  })

  it('rows that were lost before the head are found by the start that follows', () => {
    const newer = newerLedger()
    changed(newer, `DELETE FROM ledger_row WHERE seq = ${newer.rows}`)
    wayBack(newer.dir)
    expect(faultOf(() => openLedger(optionsFor(newer.dir))).code).toBe('LEDGER-03')
  })
})
