// Disk states for the repair table, as they really arise: files cut, removed, flipped, restored from a copy.
// `goes` are states that open, `stops` those that must not; repair.test.ts runs them all.
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pageBytes } from '../../../../firmware-runtime/adapters/sqlite/connection.ts'
import { encodeSlot, slotOffsets } from '../../../../firmware-runtime/adapters/sqlite/head-file.ts'
import { openLedger } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import type { LedgerOptions } from '../../../../firmware-runtime/adapters/sqlite/ledger.ts'
import { event, newFolder, optionsFor } from './ledger-kit.ts'

export const rowsAtFirst = 40

/** A closed ledger of 40 rows: letter B. */
export function ledgerFolder(): string {
  const dir = newFolder()
  const { ledger } = openLedger(optionsFor(dir))
  for (let n = 1; n <= rowsAtFirst; n++) ledger.append([event(n)])
  ledger.close()
  return dir
}

export const file = (dir: string, name = 'ledger.db'): string => join(dir, name)

/** The files of a ledger that is still open, as a crash leaves them. */
export function crashed(dir: string, appends: number): string {
  const after = newFolder()
  const { ledger, headWriter } = openLedger(optionsFor(dir))
  for (let n = 0; n < appends; n++) ledger.append([event(n)])
  headWriter.flush()
  for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.head'])
    copyFileSync(file(dir, name), file(after, name))
  ledger.close()
  return after
}

function sql(dir: string, ...statements: readonly string[]): void {
  const db = new DatabaseSync(file(dir))
  for (const text of statements) db.exec(text)
  db.close()
}

/** Changes a row as an intruder would who knows the triggers but not the key. */
export const forge = (dir: string, change: string): void =>
  sql(dir, 'DROP TRIGGER ledger_row_no_update', 'DROP TRIGGER ledger_row_no_delete', change)

export function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(path, bytes)
}

export interface Case {
  readonly letter: string
  readonly what: string
  readonly make: () => string
  readonly options?: Partial<LedgerOptions>
}

/** Leaves a file of an earlier ledger next to this one. */
function beside(dir: string, folder: string, name: string): string {
  mkdirSync(file(dir, folder), { recursive: true })
  writeFileSync(join(file(dir, folder), name), 'x')
  return dir
}

/** Database and head were removed, as by `rm ledger.db ledger.head`. */
function removed(): string {
  const dir = ledgerFolder()
  for (const name of ['ledger.db', 'ledger.head']) rmSync(file(dir, name))
  return dir
}

/** Flips a byte of a key on the first page of an index: no row and no page header changes. */
export function indexFlipped(name: string, dir = ledgerFolder()): string {
  const db = new DatabaseSync(file(dir))
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name)
  db.exec('PRAGMA journal_mode = DELETE')
  db.close()
  flip(file(dir), (Number(page?.['rootpage']) - 1) * pageBytes + pageBytes - 4)
  return dir
}

export const goes: readonly Case[] = [
  { letter: 'A', what: 'a fresh folder', make: newFolder },
  {
    letter: 'A',
    what: 'a first start that was cut off after the name, before the key',
    make: () => {
      const dir = newFolder()
      writeFileSync(file(dir), '')
      return beside(dir, 'keys', 'chain.key')
    },
    options: { keyIsNew: true },
  },
  { letter: 'B', what: 'closed in order', make: ledgerFolder },
  {
    letter: 'B',
    what: 'closed in order, beside a backup of as many rows',
    make: () => beside(ledgerFolder(), 'backup', 'nightly-00003-20261120T030000-40.db'),
  },
  {
    letter: 'N',
    what: 'a first start that was cut off after the key',
    make: () => {
      const dir = newFolder()
      writeFileSync(file(dir), '')
      return beside(dir, 'keys', 'chain.key')
    },
  },
  {
    letter: 'C',
    what: 'an older head put beside it',
    make: () => {
      const dir = ledgerFolder()
      const head = readFileSync(file(dir, 'ledger.head'))
      const { ledger } = openLedger(optionsFor(dir))
      ledger.append([event(41)])
      ledger.close()
      writeFileSync(file(dir, 'ledger.head'), head)
      return dir
    },
  },
  {
    letter: 'G',
    what: 'both slots damaged',
    make: () => {
      const dir = ledgerFolder()
      for (const at of slotOffsets) flip(file(dir, 'ledger.head'), at + 20)
      return dir
    },
  },
  {
    letter: 'G',
    what: 'a head file of no bytes',
    make: () => {
      const dir = ledgerFolder()
      writeFileSync(file(dir, 'ledger.head'), '')
      return dir
    },
  },
  ...slotOffsets.map((at) => ({
    letter: 'H',
    what: `the slot at ${at} damaged`,
    make: () => {
      const dir = ledgerFolder()
      flip(file(dir, 'ledger.head'), at + 63)
      return dir
    },
  })),
  { letter: 'I', what: 'a crash left the log', make: () => crashed(ledgerFolder(), 3) },
  {
    letter: 'N',
    what: 'a database of no bytes',
    make: () => {
      const dir = newFolder()
      writeFileSync(file(dir), '')
      return dir
    },
  },
  {
    letter: 'N',
    what: 'a database without a table',
    make: () => {
      const dir = newFolder()
      sql(dir, 'PRAGMA journal_mode = WAL')
      return dir
    },
  },
  {
    letter: 'O',
    what: 'the head file removed',
    make: () => {
      const dir = ledgerFolder()
      rmSync(file(dir, 'ledger.head'))
      return dir
    },
  },
]

/** An intact ledger with an entirely different history up to the same seq. */
function replacedHistory(): string {
  const dir = ledgerFolder()
  const other = newFolder()
  const { ledger } = openLedger(optionsFor(other))
  for (let n = 1; n <= rowsAtFirst; n++) ledger.append([event(n, ' otherwise')])
  ledger.close()
  copyFileSync(file(other), file(dir))
  return dir
}

export const stops: readonly (Case & { readonly code: string })[] = [
  {
    letter: 'D',
    code: 'LEDGER-03',
    what: 'an old copy of the database put back',
    make: () => {
      const dir = ledgerFolder()
      const old = readFileSync(file(dir))
      const { ledger } = openLedger(optionsFor(dir))
      ledger.append([event(41)])
      ledger.close()
      writeFileSync(file(dir), old)
      return dir
    },
  },
  {
    letter: 'D',
    code: 'LEDGER-03',
    what: 'the log of a crash removed',
    make: () => {
      const dir = crashed(ledgerFolder(), 3)
      rmSync(file(dir, 'ledger.db-wal'))
      return dir
    },
  },
  {
    letter: 'D',
    code: 'LEDGER-03',
    what: 'one bit flipped in the log of a crash',
    make: () => {
      const dir = crashed(ledgerFolder(), 3)
      flip(file(dir, 'ledger.db-wal'), 32 + 24 + 100)
      return dir
    },
  },
  {
    letter: 'D',
    code: 'LEDGER-03',
    what: 'the database emptied',
    make: () => {
      const dir = ledgerFolder()
      truncateSync(file(dir), 0)
      return dir
    },
  },
  {
    letter: 'E',
    code: 'LEDGER-02',
    what: 'the database removed',
    make: () => {
      const dir = ledgerFolder()
      rmSync(file(dir))
      return dir
    },
  },
  ...[
    ['keys', 'chain.key'],
    ['backup', 'nightly-00001-20261120T030000-40.db'],
    ['backup', 'by-hand.db'],
    ['.', 'fold.cache'],
  ].map(([folder = '', name = '']) => ({
    letter: 'E',
    code: 'LEDGER-02',
    what: `the database and its head removed beside ${folder}/${name}`,
    make: () => beside(removed(), folder, name),
  })),
  {
    letter: 'E',
    code: 'LEDGER-02',
    what: 'the database emptied and its head removed beside a backup',
    make: () => {
      const dir = removed()
      writeFileSync(file(dir), '')
      return beside(dir, 'backup', 'nightly-00001-20261120T030000-40.db')
    },
  },
  {
    letter: 'D',
    code: 'LEDGER-03',
    what: 'a folder of yesterday beside a newer backup',
    make: () => beside(ledgerFolder(), 'backup', 'nightly-00002-20261121T030000-41.db'),
  },
  {
    letter: 'K',
    code: 'LEDGER-05',
    what: 'a byte flipped in an index, which no row tells of',
    make: () => indexFlipped('event_at'),
  },
  {
    letter: 'E',
    code: 'LEDGER-02',
    what: 'the database removed, its log left',
    make: () => {
      const dir = crashed(ledgerFolder(), 3)
      rmSync(file(dir))
      rmSync(file(dir, 'ledger.head'))
      return dir
    },
  },
  {
    letter: 'E',
    code: 'LEDGER-02',
    what: 'the database emptied beside a log that holds rows, which SQLite would delete',
    make: () => {
      const dir = crashed(ledgerFolder(), 3)
      truncateSync(file(dir), 0)
      rmSync(file(dir, 'ledger.head'))
      return dir
    },
  },
  {
    letter: 'E',
    code: 'LEDGER-02',
    what: 'the database removed and the head damaged',
    make: () => {
      const dir = ledgerFolder()
      rmSync(file(dir))
      writeFileSync(file(dir, 'ledger.head'), 'x')
      return dir
    },
  },
  {
    letter: 'F',
    code: 'LEDGER-04',
    what: 'an amount changed',
    make: () => {
      const dir = ledgerFolder()
      forge(dir, 'UPDATE ledger_row SET amountFen = 1 WHERE seq = 12')
      return dir
    },
  },
  {
    letter: 'F',
    code: 'LEDGER-04',
    what: 'a row taken out of the middle',
    make: () => {
      const dir = ledgerFolder()
      forge(dir, 'DELETE FROM ledger_row WHERE seq = 12')
      return dir
    },
  },
  {
    letter: 'F',
    code: 'LEDGER-04',
    what: 'opened with another chain key',
    make: ledgerFolder,
    options: { chainKey: new Uint8Array(32).fill(1) },
  },
  {
    letter: 'J',
    code: 'LEDGER-01',
    what: 'a newer schema',
    make: () => {
      const dir = ledgerFolder()
      sql(dir, 'PRAGMA user_version = 99')
      return dir
    },
  },
  {
    letter: 'K',
    code: 'LEDGER-05',
    what: 'text in its place',
    make: () => {
      const dir = ledgerFolder()
      writeFileSync(file(dir), 'not a database, though long enough to be read as one\n'.repeat(99))
      return dir
    },
  },
  {
    letter: 'K',
    code: 'LEDGER-05',
    what: 'a folder in its place',
    make: () => {
      const dir = newFolder()
      mkdirSync(file(dir))
      return dir
    },
  },
  {
    letter: 'K',
    code: 'LEDGER-05',
    what: 'a database of somebody else',
    make: () => {
      const dir = newFolder()
      sql(dir, 'CREATE TABLE other (a)')
      return dir
    },
  },
  {
    letter: 'K',
    code: 'LEDGER-05',
    what: 'half of the file cut off',
    make: () => {
      const dir = ledgerFolder()
      truncateSync(file(dir), Math.floor(statSync(file(dir)).size / 2 / 4096) * 4096)
      return dir
    },
  },
  { letter: 'L', code: 'LEDGER-04', what: 'another history put in', make: replacedHistory },
  {
    letter: 'L',
    code: 'LEDGER-04',
    what: 'a head that never was',
    make: () => {
      const dir = ledgerFolder()
      const bytes = new Uint8Array(slotOffsets[1] + 64)
      bytes.set(encodeSlot({ seq: 20, hash: 'ab'.repeat(32) }))
      writeFileSync(file(dir, 'ledger.head'), bytes)
      return dir
    },
  },
  {
    letter: 'P',
    code: 'LEDGER-04',
    what: 'the ledger of another node',
    make: ledgerFolder,
    options: { nodeId: 'lot-2' },
  },
]
