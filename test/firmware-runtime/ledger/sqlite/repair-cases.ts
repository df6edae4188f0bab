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
import { pageBytes } from '#base/sqlite/connection.ts'
import { encodeSlot, slotOffsets } from '#ledger/sqlite/head-file.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import type { LedgerOptions } from '#ledger/sqlite/ledger.ts'
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

const opens = (
  letter: string,
  what: string,
  make: () => string,
  options?: Partial<LedgerOptions>,
): Case => ({ letter, what, make, ...(options === undefined ? {} : { options }) })
type Stop = Case & { readonly code: string }
type Rest = readonly [what: string, make: () => string, options?: Partial<LedgerOptions>]
const stop = (letter: string, code: string, ...rest: Rest): Stop => ({
  ...opens(letter, ...rest),
  code,
})

const afterCrash = (): string => crashed(ledgerFolder(), 3)
/** Makes a folder and changes it. */
const changed =
  (change: (dir: string) => unknown, make = ledgerFolder) =>
  (): string => {
    const dir = make()
    change(dir)
    return dir
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
  opens('A', 'a fresh folder', newFolder),
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
  opens('B', 'closed in order', ledgerFolder),
  opens('B', 'closed in order, beside a backup of as many rows', () =>
    beside(ledgerFolder(), 'backup', 'nightly-00003-20261120T030000-40.db'),
  ),
  {
    letter: 'N',
    what: 'a first start that was cut off after the key',
    make: () => {
      const dir = newFolder()
      writeFileSync(file(dir), '')
      return beside(dir, 'keys', 'chain.key')
    },
  },
  opens(
    'C',
    'an older head put beside it',
    changed((dir) => {
      const head = readFileSync(file(dir, 'ledger.head'))
      const { ledger } = openLedger(optionsFor(dir))
      ledger.append([event(41)])
      ledger.close()
      writeFileSync(file(dir, 'ledger.head'), head)
    }),
  ),
  opens(
    'G',
    'both slots damaged',
    changed((dir) => {
      for (const at of slotOffsets) flip(file(dir, 'ledger.head'), at + 20)
    }),
  ),
  opens(
    'G',
    'a head file of no bytes',
    changed((dir) => writeFileSync(file(dir, 'ledger.head'), '')),
  ),
  ...slotOffsets.map((at) => ({
    letter: 'H',
    what: `the slot at ${at} damaged`,
    make: () => {
      const dir = ledgerFolder()
      flip(file(dir, 'ledger.head'), at + 63)
      return dir
    },
  })),
  opens('I', 'a crash left the log', () => crashed(ledgerFolder(), 3)),
  opens(
    'N',
    'a database of no bytes',
    changed((dir) => writeFileSync(file(dir), ''), newFolder),
  ),
  opens(
    'N',
    'a database without a table',
    changed((dir) => sql(dir, 'PRAGMA journal_mode = WAL'), newFolder),
  ),
  opens(
    'O',
    'the head file removed',
    changed((dir) => rmSync(file(dir, 'ledger.head'))),
  ),
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

export const stops: readonly Stop[] = [
  stop(
    'D',
    'LEDGER-03',
    'an old copy of the database put back',
    changed((dir) => {
      const old = readFileSync(file(dir))
      const { ledger } = openLedger(optionsFor(dir))
      ledger.append([event(41)])
      ledger.close()
      writeFileSync(file(dir), old)
    }),
  ),
  stop(
    'D',
    'LEDGER-03',
    'the log of a crash removed',
    changed((dir) => rmSync(file(dir, 'ledger.db-wal')), afterCrash),
  ),
  stop(
    'D',
    'LEDGER-03',
    'one bit flipped in the log of a crash',
    changed((dir) => flip(file(dir, 'ledger.db-wal'), 32 + 24 + 100), afterCrash),
  ),
  stop(
    'D',
    'LEDGER-03',
    'the database emptied',
    changed((dir) => truncateSync(file(dir), 0)),
  ),
  stop(
    'E',
    'LEDGER-02',
    'the database removed',
    changed((dir) => rmSync(file(dir))),
  ),
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
  stop('D', 'LEDGER-03', 'a folder of yesterday beside a newer backup', () =>
    beside(ledgerFolder(), 'backup', 'nightly-00002-20261121T030000-41.db'),
  ),
  stop('K', 'LEDGER-05', 'a byte flipped in an index, which no row tells of', () =>
    indexFlipped('event_at'),
  ),
  stop(
    'E',
    'LEDGER-02',
    'the database removed, its log left',
    changed((dir) => {
      rmSync(file(dir))
      rmSync(file(dir, 'ledger.head'))
    }, afterCrash),
  ),
  stop(
    'E',
    'LEDGER-02',
    'the database emptied beside a log that holds rows, which SQLite would delete',
    changed((dir) => {
      truncateSync(file(dir), 0)
      rmSync(file(dir, 'ledger.head'))
    }, afterCrash),
  ),
  stop(
    'E',
    'LEDGER-02',
    'the database removed and the head damaged',
    changed((dir) => {
      rmSync(file(dir))
      writeFileSync(file(dir, 'ledger.head'), 'x')
    }),
  ),
  stop(
    'F',
    'LEDGER-04',
    'an amount changed',
    changed((dir) => {
      forge(dir, 'UPDATE ledger_row SET amountFen = 1 WHERE seq = 12')
    }),
  ),
  stop(
    'F',
    'LEDGER-04',
    'a row taken out of the middle',
    changed((dir) => {
      forge(dir, 'DELETE FROM ledger_row WHERE seq = 12')
    }),
  ),
  stop('F', 'LEDGER-04', 'opened with another chain key', ledgerFolder, {
    chainKey: new Uint8Array(32).fill(1),
  }),
  stop(
    'J',
    'LEDGER-01',
    'a newer schema',
    changed((dir) => sql(dir, 'PRAGMA user_version = 99')),
  ),
  stop(
    'K',
    'LEDGER-05',
    'text in its place',
    changed((dir) =>
      writeFileSync(file(dir), 'not a database, though long enough to be read as one\n'.repeat(99)),
    ),
  ),
  stop(
    'K',
    'LEDGER-05',
    'a folder in its place',
    changed((dir) => mkdirSync(file(dir)), newFolder),
  ),
  stop(
    'K',
    'LEDGER-05',
    'a database of somebody else',
    changed((dir) => sql(dir, 'CREATE TABLE other (a)'), newFolder),
  ),
  stop(
    'K',
    'LEDGER-05',
    'half of the file cut off',
    changed((dir) =>
      truncateSync(file(dir), Math.floor(statSync(file(dir)).size / 2 / 4096) * 4096),
    ),
  ),
  stop('L', 'LEDGER-04', 'another history put in', replacedHistory),
  stop(
    'L',
    'LEDGER-04',
    'a head that never was',
    changed((dir) => {
      const bytes = new Uint8Array(slotOffsets[1] + 64)
      bytes.set(encodeSlot({ seq: 20, hash: 'ab'.repeat(32) }))
      writeFileSync(file(dir, 'ledger.head'), bytes)
    }),
  ),
  stop('P', 'LEDGER-04', 'the ledger of another node', ledgerFolder, { nodeId: 'lot-2' }),
]
