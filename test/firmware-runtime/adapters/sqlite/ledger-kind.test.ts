// What kind of lot a ledger belongs to: one real start is enough, and a demo has to show every start.
// Reading it changes nothing and leaves no file open.
import { DatabaseSync } from 'node:sqlite'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readLedgerKind } from '../../../../firmware-runtime/adapters/sqlite/ledger-kind.ts'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import type { RowDraft } from '../../../../firmware-runtime/core/values/ledger-row.ts'
import { event, newFolder, optionsFor, removeFolders, startMs } from './ledger-kit.ts'

afterEach(removeFolders)

const boot = (n: number, more: Readonly<Record<string, unknown>>): RowDraft =>
  ({ kind: 'boot', atMs: startMs + n * 1000, body: { version: '1', ...more } }) as never
const real = (n: number, lotId?: string): RowDraft => boot(n, { mode: 'production', lotId })
const demo = (n: number, lotId?: string): RowDraft => boot(n, { mode: 'demo', lotId })

function ledgerOf(rows: readonly RowDraft[]): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  ledger.append(rows)
  ledger.close()
  return join(dir, 'ledger.db')
}

describe('the kind of a ledger', () => {
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
    const file = ledgerOf(rows)
    const before = readFileSync(file)
    expect(readLedgerKind(file)).toEqual(expected)
    expect(readFileSync(file).equals(before)).toBe(true)
    // Nobody holds it any more.
    const db = new DatabaseSync(file)
    db.exec('PRAGMA journal_mode = DELETE')
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' })
    db.close()
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
