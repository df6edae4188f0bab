// Settings of a connection are read back, and the version of SQLite is asserted (2.1).
// A build that answers otherwise must not open a ledger.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import {
  isSqliteNewEnough,
  mustHaveSqlite,
  openReader,
  openWriter,
  pragma,
} from '#base/sqlite/connection.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { migrate } from '#ledger/sqlite/migrations/index.ts'
import { event, newFolder, optionsFor, removeFolders } from '../../ledger/sqlite/ledger-kit.ts'

afterEach(removeFolders)

describe('version', () => {
  it.each([
    ['3.51.3', true],
    ['3.53.4', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.50.99', false],
    ['2.99.99', false],
    ['', false],
  ])('%s new enough: %s', (version, expected) => {
    expect(isSqliteNewEnough(version)).toBe(expected)
  })

  it('asserts', () => {
    expect(() => mustHaveSqlite('3.51.2')).toThrow(/older/)
    expect(() => mustHaveSqlite()).not.toThrow()
  })
})

it.each([
  ['FULL', 2],
  ['NORMAL', 1],
  ['OFF', 0],
] as const)('opens a writer with WAL and synchronous %s', (mode, code) => {
  const db = openWriter(join(newFolder(), 'a.db'), mode)
  expect(pragma(db, 'journal_mode')).toBe('wal')
  expect(pragma(db, 'synchronous')).toBe(code)
  expect(pragma(db, 'recursive_triggers')).toBe(1)
  expect(pragma(db, 'trusted_schema')).toBe(0)
  db.close()
})

it('opens a full ledger with FULL and a simulated one with OFF', () => {
  for (const [durability, expected] of [
    ['full', 'FULL'],
    ['simulated', 'OFF'],
  ] as const) {
    const seen: string[] = []
    const exec = DatabaseSync.prototype.exec
    DatabaseSync.prototype.exec = function (this: DatabaseSync, text: string): void {
      seen.push(text)
      exec.call(this, text)
    }
    try {
      openLedger(optionsFor(newFolder(), { durability })).ledger.close()
    } finally {
      DatabaseSync.prototype.exec = exec
    }
    expect(seen.filter((t) => t.includes('synchronous'))).toEqual([
      `PRAGMA synchronous = ${expected}`,
    ])
  }
})

it('opens a reader that cannot write', () => {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append([event(1)])
  ledger.close()
  const db = openReader(join(dir, 'ledger.db'))
  expect(() => db.exec('CREATE TABLE t (a)')).toThrow(/readonly/)
  db.close()
})

describe('migrate', () => {
  const step = (version: number, ...up: readonly string[]) => ({ version, name: 't', up })

  it('undoes a step that fails and keeps the ones before', () => {
    const db = openWriter(join(newFolder(), 'a.db'), 'FULL')
    const list = [
      step(1, 'CREATE TABLE a (x)'),
      step(2, 'CREATE TABLE b (x)', 'INSERT INTO nowhere VALUES (1)'),
    ]
    expect(() => migrate(db, 0, list)).toThrow(/nowhere/)
    expect(pragma(db, 'user_version')).toBe(1)
    const tables = db.prepare('SELECT name FROM sqlite_schema').all()
    expect(tables).toEqual([{ name: 'a' }])
    db.close()
  })

  it('refuses a list with a gap', () => {
    const db = openWriter(join(newFolder(), 'a.db'), 'FULL')
    expect(() => migrate(db, 0, [step(1), step(3)])).toThrow(/follows/)
    db.close()
  })
})
