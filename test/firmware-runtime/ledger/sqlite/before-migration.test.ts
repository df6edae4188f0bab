// A ledger is copied before its schema is migrated, and a newer one names its writer, this program and the copy.
// Each older schema is tried; the copy has to open with the migrations of the program that wrote it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, it } from 'vitest'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { openLedger, openLedgerWith } from '#ledger/sqlite/ledger.ts'
import { openLedgerFile } from '#ledger/sqlite/ledger-reader.ts'
import { migrations, newestVersion } from '#ledger/sqlite/migrations/index.ts'
import { carRows, newFolder, optionsFor, removeFolders } from './ledger-kit.ts'
import { faultOf } from '../../../kit/refusals.ts'

afterEach(removeFolders)

const newest = newestVersion(migrations)
const way = { synchronous: 'FULL', checkRows: 100 } as const
const copiesIn = (dir: string): string[] =>
  existsSync(join(dir, 'backup')) ? readdirSync(join(dir, 'backup')).toSorted() : []

/** A ledger with the rows of `cars` cars, by the program that knew `schema`. */
function ledgerOf(schema: number, cars: number): { dir: string; rows: number; hash: string } {
  const dir = newFolder()
  const options = optionsFor(dir)
  const { ledger } = openLedgerWith(options, { ...way, migrations: migrations.slice(0, schema) })
  const boot = {
    kind: 'boot',
    atMs: 1_800_000_000_000,
    body: { repair: 'A', version: '9.9.1234', mode: 'demo', lotId: 'GX00012', chargeMode: 'card' },
  } as const
  for (let car = 1; car <= cars; car++)
    ledger.append(car === 1 ? [boot, ...carRows(1)] : carRows(car))
  const { seq, hash } = ledger.head
  ledger.close()
  return { dir, rows: seq, hash }
}

it.each(migrations.slice(0, -1).map((_, i) => i + 1))(
  'schema %i is copied before it is migrated',
  (schema) => {
    const { dir, rows, hash } = ledgerOf(schema, 3)
    const { ledger, repair } = openLedger(optionsFor(dir))
    ledger.close()
    const name = `ledger-schema-${schema}-row-${rows}.db`
    expect(copiesIn(dir)).toEqual([name])
    expect(repair.note.en).toContain(join(dir, 'backup', name))
    // The program of before opens the copy in a folder of its own.
    const former = newFolder()
    cpSync(join(dir, 'backup', name), ledgerFiles(former).db)
    const opened = openLedgerWith(optionsFor(former), {
      ...way,
      migrations: migrations.slice(0, schema),
    })
    expect(opened.ledger.head).toMatchObject({ seq: rows, hash })
    opened.ledger.close()
  },
)

it('copies nothing for a ledger without rows, and nothing where nothing is migrated', () => {
  const empty = ledgerOf(newest - 1, 0)
  openLedger(optionsFor(empty.dir)).ledger.close()
  const current = ledgerOf(newest, 2)
  openLedger(optionsFor(current.dir)).ledger.close()
  expect([copiesIn(empty.dir), copiesIn(current.dir)]).toEqual([[], []])
})

it('replaces what an interrupted start left, and keeps a copy that is whole', () => {
  const { dir, rows } = ledgerOf(newest - 1, 2)
  const name = `ledger-schema-${newest - 1}-row-${rows}.db`
  const file = join(dir, 'backup', name)
  mkdirSync(join(dir, 'backup'))
  writeFileSync(`${file}.part`, 'half a copy')
  writeFileSync(file, '')
  openLedger(optionsFor(dir)).ledger.close()
  expect(copiesIn(dir)).toEqual([name])
  const { ino } = statSync(file)
  cpSync(file, ledgerFiles(dir).db)
  openLedger(optionsFor(dir)).ledger.close()
  expect(copiesIn(dir)).toEqual([name])
  expect(statSync(file).ino).toBe(ino)
})

it.each([
  ['of fewer rows', 'ledger-schema-SCHEMA-row-3.db.part'],
  ['of an older schema', 'ledger-schema-1-row-2.db.part'],
  ['with its journal', 'ledger-schema-SCHEMA-row-3.db.part-journal'],
])('removes a half copy that a kill left: %s', (_, shape) => {
  const { dir, rows } = ledgerOf(newest - 1, 2)
  mkdirSync(join(dir, 'backup'))
  writeFileSync(join(dir, 'backup', shape.replace('SCHEMA', String(newest - 1))), 'half a copy')
  writeFileSync(join(dir, 'backup', 'a-copy-of-mine.db.part'), 'another program writes it')
  openLedger(optionsFor(dir)).ledger.close()
  const name = `ledger-schema-${newest - 1}-row-${rows}.db`
  expect(copiesIn(dir)).toEqual(['a-copy-of-mine.db.part', name])
})

it('migrates nothing where the copy cannot be written', () => {
  const { dir } = ledgerOf(newest - 1, 2)
  writeFileSync(join(dir, 'backup'), 'a file where the folder of copies belongs')
  expect(() => openLedger(optionsFor(dir))).toThrow()
  const db = new DatabaseSync(ledgerFiles(dir).db, { readOnly: true })
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: newest - 1 })
  db.close()
})

/** Makes the file one of a program that knows one schema more. */
function madeNewer(dir: string, schema: number): void {
  const db = new DatabaseSync(ledgerFiles(dir).db)
  db.exec(`PRAGMA user_version = ${schema}`)
  db.close()
}

it.each([1, 2, 87])('names writer, both schemas and the copy for a schema %i above', (above) => {
  const { dir, rows } = ledgerOf(newest - 1, 2)
  openLedger(optionsFor(dir)).ledger.close()
  madeNewer(dir, newest + above)
  const copy = join(dir, 'backup', `ledger-schema-${newest - 1}-row-${rows}.db`)
  const refused = [
    faultOf(() => openLedger({ ...optionsFor(dir), version: '0.1.77' })),
    faultOf(() => openLedgerFile(ledgerFiles(dir).db)),
  ]
  for (const { code, detail } of refused) {
    expect(code).toBe('LEDGER-01')
    const { en } = detail.note as { en: string }
    expect(en).toContain(`schema ${newest + above}`)
    expect(en).toContain('9.9.1234')
    expect(en).toContain(`up to ${newest}`)
    expect(en).toContain(copy)
  }
  expect((refused[0]?.detail.note as { en: string }).en).toContain('0.1.77')
})

it('says so where there is no copy, and names none that is too new itself', () => {
  const { dir } = ledgerOf(newest, 2)
  madeNewer(dir, newest + 1)
  const text = (): string =>
    (faultOf(() => openLedgerFile(ledgerFiles(dir).db)).detail.note as { en: string }).en
  expect(text()).toContain('no copy')
  mkdirSync(join(dir, 'backup'))
  renameSync(ledgerFiles(dir).db, join(dir, 'backup', `ledger-schema-${newest + 1}-row-9.db`))
  cpSync(join(dir, 'backup', `ledger-schema-${newest + 1}-row-9.db`), ledgerFiles(dir).db)
  expect(text()).toContain('no copy')
})
