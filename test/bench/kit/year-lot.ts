// Makes a ledger of up to 2,000,000 passages in minutes: the real writer writes one day, and SQL copies it to every
// other day with other times, numbers, ids and plates, under the real columns, checks, triggers and indexes.
// The hashes of the copied days are random instead of a chain, because no search reads them. The last day has a valid
// chain, so that the real writer can open the ledger and continue it.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { openHeadFile } from '#ledger/sqlite/head-file.ts'
import { ledgerFiles } from '#ledger/sqlite/inspect.ts'
import { openLedger } from '#ledger/sqlite/ledger.ts'
import { chainBytes, lowerHexOf, rowColumns, storedOfValues } from '#ledger/sqlite/row-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import {
  atOf,
  dayRows,
  dayText,
  fenOf,
  headOf,
  laneOf,
  markOf,
  meansOf,
  passageRows,
  perDay,
  personOf,
  plateOf,
} from './year-rows.ts'

export const lotPlace = (dir: string) => ({
  dir,
  nodeId: 'n1',
  chainKey: new Uint8Array(32).fill(7),
})

const crypto = openGmCrypto()
const options = (dir: string, durability: 'full' | 'simulated') => ({
  ...lotPlace(dir),
  crypto,
  durability,
  version: 'bench',
})

/** Opens the ledger like a lane: each commit is synced. */
export const openLane = (dir: string) => openLedger(options(dir, 'full'))

const batch = 500

/** Writes the day that is copied, with that many cars, and returns its number of rows. */
function writeDay(dir: string, cars: number): number {
  mkdirSync(dir, { recursive: true })
  const { ledger } = openLedger(options(dir, 'simulated'))
  for (let n = 0; n < cars; n += batch)
    ledger.append(
      Array.from({ length: Math.min(batch, cars - n) }, (_, i) => passageRows(n + i)).flat(),
    )
  ledger.append(dayRows(0))
  const rows = ledger.head.seq
  ledger.close()
  return rows
}

const shifted = (members: readonly string[]): string =>
  `json_set(body, ${members.map((one) => `'$.${one}', json_extract(body, '$.${one}') + :ms`).join(', ')})`

/** SQL that replaces the times in row bodies, and then what identifies the day. */
const bodySql = `replace(replace(replace(CASE kind
    WHEN 'stayOpened' THEN ${shifted(['enteredAtMs'])}
    WHEN 'orderMade' THEN ${shifted(['fromMs', 'toMs'])}
    WHEN 'stayClosed' THEN ${shifted(['leftAtMs'])}
    ELSE body END,
  '${markOf(0)}', :mark), '${headOf(0)}', :head), '${dayText(0)}', :date)`
const named = (column: string): string => `replace(${column}, '${markOf(0)}', :mark) AS ${column}`
const rowsSql = `
  SELECT nodeId, seq + :rows AS seq, kind, atMs + :ms AS atMs, laneId, ${named('stayId')},
    ${named('orderId')}, ${named('deductionId')}, amountFen, ${bodySql} AS body
  FROM day_row ORDER BY rowid`
const copySql = (hash: string): string =>
  `INSERT INTO ledger_row (${rowColumns}) SELECT *, ${hash} FROM (${rowsSql})`

/** The hash chain over rows, in the order in which they are passed. */
function chained(db: DatabaseSync, first: Uint8Array): () => Uint8Array {
  let last = first
  db.function('chained', { varargs: true }, (...values) => {
    const key = { crypto, chainKey: lotPlace('').chainKey }
    last = chainBytes(key, last, storedOfValues(values))
    return last
  })
  return () => last
}

const hashSql = `chained(${rowColumns.replace(', hash', '')})`

/** A check that the original day has passed; repeating it would be half of the cost of each copied row. */
const heldOnce = 'ledger_row_in_order'

function copyDays(db: DatabaseSync, rows: number, days: number): string {
  const { sql: trigger } = db
    .prepare('SELECT sql FROM sqlite_schema WHERE name = ?')
    .get(heldOnce) as { readonly sql: string }
  db.exec(`DROP TRIGGER ${heldOnce}; PRAGMA ignore_check_constraints = ON`)
  const copy = (sql: string, n: number): void => {
    const names = { mark: markOf(n), head: headOf(n), date: dayText(n) }
    db.prepare(sql).run({ ...names, ms: n * dayMs, rows: n * rows })
  }
  const random = copySql('randomblob(32)')
  for (let n = 0; n < days - 1; n++) copy(random, n)
  const before = db.prepare('SELECT hash FROM ledger_row ORDER BY seq DESC LIMIT 1').get()
  const end = chained(db, (before?.['hash'] as Uint8Array | undefined) ?? new Uint8Array(32))
  copy(copySql(hashSql), days - 1)
  db.exec(trigger)
  return lowerHexOf(end())
}

/** Makes the ledger of a lot in `dir`; returns its number of passages: whole days, or part of one. */
export function writeYear(dir: string, passages: number): number {
  const cars = Math.min(passages, perDay)
  const days = Math.ceil(passages / perDay)
  const day = join(dir, 'day')
  const rows = writeDay(day, cars)
  openLane(dir).ledger.close()
  const { db: file, head } = ledgerFiles(dir)
  const db = new DatabaseSync(file)
  // Leave WAL mode first, because otherwise each page is written twice.
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF')
  db.exec('PRAGMA cache_size = -500000')
  db.prepare('ATTACH ? AS day').run(ledgerFiles(day).db)
  const columns = rowColumns.replace(', hash', '')
  db.exec(`CREATE TEMP TABLE day_row AS SELECT ${columns} FROM day.ledger_row ORDER BY seq`)
  const hash = copyDays(db, rows, days)
  db.exec('PRAGMA journal_mode = WAL')
  db.close()
  const heads = openHeadFile(head, false)
  heads.write({ seq: days * rows, hash })
  heads.close()
  rmSync(day, { recursive: true })
  return days * cars
}

/** The peer: one table with the same facts and an index for each query, without a ledger's other work. */
export function writeBare(dir: string, passages: number): DatabaseSync {
  const db = new DatabaseSync(join(dir, 'bare.db'))
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE passage (id INTEGER PRIMARY KEY, atMs INTEGER, plate TEXT, lane TEXT, means TEXT, person TEXT, fen INTEGER) STRICT;
    BEGIN`)
  const add = db.prepare('INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)')
  for (let n = 0; n < passages; n++)
    add.run(n, atOf(n), plateOf(n), laneOf(n), meansOf(n), personOf(n), fenOf(n))
  db.exec(`COMMIT;
    CREATE INDEX at ON passage (atMs);
    CREATE INDEX plate ON passage (plate, atMs);
    CREATE INDEX sums ON passage (atMs, means, fen);
    CREATE INDEX means ON passage (means, atMs);
    CREATE INDEX person ON passage (person, atMs);
    CREATE INDEX fen ON passage (fen, atMs)`)
  return db
}
