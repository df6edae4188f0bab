// Every plate of the ledger once, in index.db: a search by a part of a plate looks here, not at a year of rows.
// Made from the ledger and nothing else: one that is missing, damaged or of another ledger is made again.
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { busyTimeoutMs, pragma } from './connection.ts'

/** `user_version` of index.db; another one is made again. */
const version = 1
/** A part that more plates have is found faster by walking the rows in order of time. */
const platesMax = 500
/** Beyond this, the covering indexes of the ledger are walked instead of its last rows. */
const tailMax = 100_000

const schema = `
CREATE TABLE plate (plate TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE reached (one INTEGER PRIMARY KEY CHECK (one = 1), nodeId TEXT, seq INTEGER, hash BLOB) STRICT;
PRAGMA user_version = ${version};`

const headSql = `SELECT seq, hash FROM ledger_row WHERE nodeId = ? ORDER BY seq DESC LIMIT 1`
const rowSql = `SELECT hash FROM ledger_row WHERE nodeId = ? AND seq = ?`
const tailSql = `
  SELECT DISTINCT plate FROM ledger_row
  WHERE nodeId = :node AND seq > :seq AND kind IN ('stayOpened', 'intent') AND plate IS NOT NULL`
const wholeSql = ['stayOpened', 'intent'].map(
  (kind) => `SELECT DISTINCT plate FROM ledger_row WHERE kind = '${kind}' AND plate IS NOT NULL`,
)

export interface PlateIndex {
  /** Plates with this part, or null when there are more than `platesMax`. */
  search(part: string): readonly string[] | null
  close(): void
}

function fresh(file: string): DatabaseSync {
  if (file !== ':memory:')
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec(schema)
  return db
}

function opened(file: string): DatabaseSync {
  if (file === ':memory:') return fresh(file)
  try {
    const db = new DatabaseSync(file, { timeout: busyTimeoutMs })
    if (pragma(db, 'user_version') === version && pragma(db, 'quick_check') === 'ok') return db
    db.close()
  } catch {
    // No database at all: what lies there is replaced.
  }
  try {
    return fresh(file)
  } catch {
    // A folder that cannot be written still is searched, from memory.
    return fresh(':memory:')
  }
}

const sameBytes = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0

/** Brings the plates up to the ledger's last row. */
function catchUp(db: DatabaseSync, ledger: DatabaseSync, nodeId: string): void {
  const head = ledger.prepare(headSql).get(nodeId)
  if (head === undefined) return
  const before = db.prepare('SELECT nodeId, seq, hash FROM reached').get()
  const seq = Number(before?.['seq'] ?? 0)
  if (sameBytes(before?.['hash'], head['hash'])) return
  const isOurs =
    before?.['nodeId'] === nodeId &&
    sameBytes(ledger.prepare(rowSql).get(nodeId, seq)?.['hash'], before['hash'])
  const isTail = isOurs && Number(head['seq']) - seq <= tailMax
  const add = db.prepare('INSERT OR IGNORE INTO plate (plate) VALUES (?)')
  db.exec('BEGIN IMMEDIATE')
  try {
    if (!isOurs) db.exec('DELETE FROM plate')
    const found = isTail
      ? ledger.prepare(tailSql).iterate({ node: nodeId, seq })
      : wholeSql.flatMap((sql) => ledger.prepare(sql).all())
    for (const { plate } of found) if (typeof plate === 'string') add.run(plate)
    db.prepare('INSERT OR REPLACE INTO reached VALUES (1, ?, ?, ?)').run(
      ...[nodeId, Number(head['seq']), head['hash'] ?? null],
    )
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** `file` is `index.db` of the folder, or `:memory:` for who may only read it. */
export function openPlateIndex(ledger: DatabaseSync, nodeId: string, file: string): PlateIndex {
  let db = opened(file)
  return {
    search(part) {
      try {
        catchUp(db, ledger, nodeId)
      } catch {
        // A full disk or a damaged file: the same question, answered from memory.
        db.close()
        db = fresh(':memory:')
        catchUp(db, ledger, nodeId)
      }
      const found = db
        .prepare('SELECT plate FROM plate WHERE instr(plate, ?) > 0 LIMIT ?')
        .all(part, platesMax + 1)
        .map(({ plate }) => String(plate))
      return found.length > platesMax ? null : found
    },
    close: () => db.close(),
  }
}
