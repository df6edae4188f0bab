// Which kind of lot a ledger belongs to: one real start makes it real, and a demo must show every start.
// Reading it changes nothing, leaves no file open, and does not scan the events of a long run.
import { DatabaseSync } from 'node:sqlite'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readLedgerKind } from '#ledger/sqlite/ledger-kind.ts'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { migrations } from '#ledger/sqlite/migrations/index.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

const boot = (n: number, more: Readonly<Record<string, unknown>>): RowDraft =>
  ({ kind: 'boot', atMs: startMs + n * 1000, body: { version: '1', ...more } }) as never
const real = (n: number, lotId?: string): RowDraft => boot(n, { mode: 'production', lotId })
const demo = (n: number, lotId?: string): RowDraft => boot(n, { mode: 'demo', lotId })

/** A ledger of this version, or of an earlier schema that was not opened for writing since. */
function ledgerOf(rows: readonly RowDraft[], list = migrations): string {
  const dir = newFolder()
  const inside = { synchronous: 'OFF', migrations: list, checkRows: 10 } as const
  const { ledger } = openLedgerWith(optionsFor(dir), inside)
  ledger.append(rows)
  ledger.close()
  return join(dir, 'ledger.db')
}

/** The query plans of every statement that reads the file. */
function plansOf(file: string): readonly string[] {
  const prepareSpy = vi.spyOn(DatabaseSync.prototype, 'prepare')
  readLedgerKind(file)
  const questions = prepareSpy.mock.calls
    .map(([sql]) => sql)
    .filter((sql) => /FROM ledger_row/.test(sql))
  prepareSpy.mockRestore()
  const db = new DatabaseSync(file, { readOnly: true })
  const planOf = (sql: string): string =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => String(row['detail']))
      .join('; ')
  const plans = questions.filter((sql) => !/LIMIT 1/.test(sql)).map(planOf)
  db.close()
  return plans
}

describe.each([
  ['a ledger', migrations],
  ['a ledger without the index of starts', migrations.slice(0, 2)],
])('the kind of %s', (_of, list) => {
  it.each<[string, readonly RowDraft[], object]>([
    ['without a row', [], { mode: 'none', lotId: null }],
    ['with rows and no start', [event(1)], { mode: 'production', lotId: null }],
    ['of one demo', [demo(1, 'D1'), event(2)], { mode: 'demo', lotId: 'D1' }],
    ['of demos, newest first', [demo(1, 'D1'), demo(2, 'D2')], { mode: 'demo', lotId: 'D2' }],
    ['of a demo that names no lot', [demo(1)], { mode: 'demo', lotId: null }],
    ['where the newest names none', [demo(1, 'D1'), demo(2)], { mode: 'demo', lotId: 'D1' }],
    ['of a real lot', [real(1, 'G1')], { mode: 'production', lotId: 'G1' }],
    [
      'real at first, then demo',
      [real(1, 'G1'), demo(2, 'D2')],
      { mode: 'production', lotId: 'G1' },
    ],
    [
      'real before lots were named, then demo',
      [real(1), demo(2, 'D2')],
      { mode: 'production', lotId: 'D2' },
    ],
    ['whose first row is no start', [event(1), real(2, 'G1')], { mode: 'production', lotId: 'G1' }],
    ['demo once, then real', [demo(1, 'D1'), real(2, 'G1')], { mode: 'production', lotId: 'G1' }],
    ['with a start that says nothing', [boot(1, {})], { mode: 'production', lotId: null }],
  ])('%s', (_name, rows, expected) => {
    const file = ledgerOf(rows, list)
    const before = readFileSync(file)
    expect(readLedgerKind(file)).toEqual(expected)
    expect(readFileSync(file).equals(before)).toBe(true)
    // No connection holds the file: the journal mode can be changed.
    const db = new DatabaseSync(file)
    db.exec('PRAGMA journal_mode = DELETE')
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' })
    db.close()
  })
})

describe('reading the kind of a ledger', () => {
  it.each([
    ['a demo', [demo(1, 'D1'), event(2), demo(3, 'D1'), event(4)]],
    ['a real lot of before lots were named', [real(1), event(2), real(3), event(4)]],
  ])('finds the starts of %s without reading the events between', (_name, rows) => {
    expect(plansOf(ledgerOf(rows))).toEqual(['SCAN ledger_row USING INDEX boot_at'])
  })
  it('finds them so in a ledger of before once it was opened for writing', () => {
    const file = ledgerOf([demo(1, 'D1'), event(2)], migrations.slice(0, 2))
    expect(plansOf(file)).toEqual(['SCAN ledger_row USING INDEX event_at'])
    openLedger(optionsFor(dirname(file))).ledger.close()
    expect(plansOf(file)).toEqual(['SCAN ledger_row USING INDEX boot_at'])
    expect(readLedgerKind(file)).toEqual({ mode: 'demo', lotId: 'D1' })
  })
  it('is none where the table is not there, and unreadable where the file is no database', () => {
    const dir = newFolder()
    const empty = join(dir, 'empty.db')
    writeFileSync(empty, '')
    expect(readLedgerKind(empty)).toEqual({ mode: 'none', lotId: null })
    const noise = join(dir, 'noise.db')
    writeFileSync(noise, 'no database at all '.repeat(400))
    expect(readLedgerKind(noise)).toEqual({ mode: 'unreadable', lotId: null })
  })
  it('calls no ledger unreadable for a mistake of ours', () => {
    expect(() => readLedgerKind('no\0name')).toThrow(/null bytes/)
  })
})
