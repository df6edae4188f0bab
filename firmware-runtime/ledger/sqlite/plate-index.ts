// The search index beside the ledger, index.db: every plate once, time, means, person and amount of each payment, and
// the sums of the drawer. Made from the ledger only: a missing, damaged or foreign one is made again.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { dayMs, dayStartMs } from '#base/pure/values/instant.ts'
import type { SumOf } from '../ports/ledger-reader.ts'
import type { SinceCount } from '../ports/ledger-service.ts'
import { busyTimeoutMs, pragma } from '#base/sqlite/connection.ts'
import {
  addPulses,
  cashEntry,
  drawerAdder,
  drawerBehind,
  drawerSchema,
  type BehindCount,
} from './drawer-index.ts'
import { countsSql } from './test-orders.ts'
import { databasePath, inMemory } from '#base/sqlite/database-path.ts'
import { removePath } from '#base/files/held-path.ts'

/** `user_version` of index.db; a file with another version is made again. */
const version = 5
/** With more matching plates it is faster to walk the rows in order of time. */
const platesMax = 500
/** For more rows than this the ledger's covering indexes are used instead of its last rows. */
const tailMax = 100_000

const schema = `
CREATE TABLE plate (plate TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE payment (
  seq INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, fen INTEGER NOT NULL, means TEXT, person TEXT, lane TEXT,
  counts INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_at ON payment (atMs, seq, fen, means, person, lane, counts);
CREATE INDEX payment_fen ON payment (fen, atMs, seq);
CREATE INDEX payment_means ON payment (means, atMs, seq);
CREATE INDEX payment_lane ON payment (lane, atMs, seq);
CREATE INDEX payment_person ON payment (person, atMs, seq) WHERE person IS NOT NULL;
CREATE TABLE person (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE day_sum (
  dayMs INTEGER, means TEXT, lane TEXT, count INTEGER NOT NULL, fen INTEGER NOT NULL,
  PRIMARY KEY (dayMs, means, lane)
) STRICT, WITHOUT ROWID;
CREATE TABLE reached (one INTEGER PRIMARY KEY CHECK (one = 1), nodeId TEXT, seq INTEGER, hash BLOB) STRICT;
${drawerSchema}
PRAGMA user_version = ${version};`

const headSql = `SELECT seq, hash FROM ledger_row WHERE nodeId = ? ORDER BY seq DESC LIMIT 1`
const rowSql = `SELECT hash FROM ledger_row WHERE nodeId = ? AND seq = ?`
const tailSql = `
  SELECT DISTINCT plate FROM ledger_row
  WHERE nodeId = :node AND seq > :seq AND kind IN ('stayOpened', 'intent') AND plate IS NOT NULL`
const wholeSql = ['stayOpened', 'intent'].map(
  (kind) => `SELECT DISTINCT plate FROM ledger_row WHERE kind = '${kind}' AND plate IS NOT NULL`,
)

const paymentColumns = `seq, atMs, amountFen, json_extract(body, '$.means') AS means,
  json_extract(body, '$.by') AS person, laneId, ${countsSql()} AS counts`
const paymentTailSql = `SELECT ${paymentColumns} FROM ledger_row
  WHERE nodeId = :node AND seq > :seq AND +kind = 'payment'`
const paymentWholeSql = `SELECT ${paymentColumns} FROM ledger_row
  WHERE kind = 'payment' AND +nodeId = :node ORDER BY atMs, seq`

/** Payments by values that are only in the row's body. */
interface PaymentSearch {
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** Part of a name. */
  readonly by?: string | undefined
  readonly amountFen?: number | undefined
  readonly means?: string | undefined
  readonly laneId?: string | undefined
  readonly newestFirst?: boolean | undefined
  /** Last row of the former page; 0 or absent: from the first row on. */
  readonly after?: number | undefined
  readonly limit: number
}

export interface PlateIndex {
  /** Row numbers in order; null when the index is not used and the ledger is as fast. */
  payments(search: PaymentSearch): readonly number[] | null
  /** Sums of payments in the span by means; null as above. */
  sums(search: Omit<PaymentSearch, 'limit'>): readonly SumOf[] | null
  /** Cash and pulses of the drawer after a count; null as above. */
  drawer(behind: BehindCount): Pick<SinceCount, 'takenFen' | 'pulses'> | null
  /** Plates with this part, or null when there are more than `platesMax`. */
  search(part: string): readonly string[] | null
  close(): void
}

function fresh(file: string): DatabaseSync {
  if (file !== inMemory)
    for (const end of ['', '-wal', '-shm']) removePath(`${file}${end}`, { force: true })
  const db = new DatabaseSync(databasePath(file), { timeout: busyTimeoutMs })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec(schema)
  return db
}

function opened(file: string): DatabaseSync {
  if (file === inMemory) return fresh(file)
  try {
    const db = new DatabaseSync(databasePath(file), { timeout: busyTimeoutMs })
    if (pragma(db, 'user_version') === version && pragma(db, 'quick_check') === 'ok') return db
    db.close()
  } catch {
    // Not a database: the file is replaced.
  }
  try {
    return fresh(file)
  } catch {
    // Without write access the index is made in memory.
    return fresh(inMemory)
  }
}

const sameBytes = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0

function addPayments(
  db: DatabaseSync,
  ledger: DatabaseSync,
  since: { readonly node: string; readonly seq?: number },
): void {
  const add = db.prepare('INSERT OR IGNORE INTO payment VALUES (?, ?, ?, ?, ?, ?, ?)')
  const addPerson = db.prepare('INSERT OR IGNORE INTO person VALUES (?)')
  const addSum = db.prepare(`INSERT INTO day_sum VALUES (?, ?, ?, 1, ?)
    ON CONFLICT DO UPDATE SET count = count + 1, fen = fen + excluded.fen`)
  const addDrawer = drawerAdder(db)
  addPulses(ledger, since, addDrawer)
  const sql = since.seq === undefined ? paymentWholeSql : paymentTailSql
  for (const row of ledger.prepare(sql).iterate({ ...since })) {
    const { seq = null, atMs = null, amountFen = null, means = null } = row
    const { person = null, laneId = null, counts = null } = row
    // A row that is in the index already is not added to a sum again.
    if (add.run(seq, atMs, amountFen, means, person, laneId, counts).changes === 0) continue
    if (person !== null) addPerson.run(person)
    if (counts !== 1) continue
    addSum.run(dayStartMs(Number(atMs)), means, laneId ?? '', amountFen)
    if (means === 'cash') addDrawer(cashEntry(Number(seq), Number(atMs), Number(amountFen)))
  }
}

/** Conditions of a payment query, without its page. */
function paymentWhere(search: Omit<PaymentSearch, 'limit'>): {
  readonly where: string
  readonly values: Record<string, SQLInputValue>
} {
  const { fromMs, toMs, by, amountFen, means, laneId } = search
  const terms = [
    ['from', fromMs, 'atMs >= :from'],
    ['to', toMs, 'atMs < :to'],
    ['by', by, 'person IN (SELECT name FROM person WHERE instr(name, :by) > 0)'],
    ['fen', amountFen, 'fen = :fen'],
    ['means', means, 'means = :means'],
    ['lane', laneId, 'lane = :lane'],
  ] as const
  const used = terms.filter(([, value]) => value !== undefined)
  const values = Object.fromEntries(used.map(([name, value]) => [name, value ?? null]))
  return { where: ['1', ...used.map(([, , sql]) => sql)].join(' AND '), values }
}

/** The narrowest index that the query has a value for. */
function paymentIndexOf({ amountFen, by, means }: PaymentSearch): string {
  if (amountFen !== undefined) return 'payment_fen'
  if (by !== undefined) return 'payment_person'
  return means === undefined ? 'payment_lane' : 'payment_means'
}

/** Updates the index up to the ledger's last row. */
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
    if (!isOurs)
      for (const table of ['plate', 'payment', 'person', 'day_sum', 'drawer', 'drawer_sum'])
        db.exec(`DELETE FROM ${table}`)
    const found = isTail
      ? ledger.prepare(tailSql).iterate({ node: nodeId, seq })
      : wholeSql.flatMap((sql) => ledger.prepare(sql).all())
    for (const { plate } of found) if (typeof plate === 'string') add.run(plate)
    addPayments(db, ledger, isTail ? { node: nodeId, seq } : { node: nodeId })
    db.prepare('INSERT OR REPLACE INTO reached VALUES (1, ?, ?, ?)').run(
      ...[nodeId, Number(head['seq']), head['hash'] ?? null],
    )
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** `file`: `index.db` of the folder, or `:memory:` for a reader without write access. */
export function openPlateIndex(ledger: DatabaseSync, nodeId: string, file: string): PlateIndex {
  let db = opened(file)
  const caughtUp = (): DatabaseSync => {
    try {
      catchUp(db, ledger, nodeId)
    } catch {
      // A full disk or damaged file: the query is answered from memory.
      db.close()
      db = fresh(inMemory)
      catchUp(db, ledger, nodeId)
    }
    return db
  }
  const isKept = file !== inMemory
  return {
    payments(search) {
      if (!isKept) return null
      const { where, values } = paymentWhere(search)
      const { newestFirst = false, after = 0, limit } = search
      const index = paymentIndexOf(search)
      const [beyond, order] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC']
      const page =
        after === 0
          ? ''
          : `AND (atMs, seq) ${beyond} (SELECT a.atMs, a.seq FROM payment a WHERE a.seq = :after)`
      return caughtUp()
        .prepare(
          `SELECT seq FROM payment INDEXED BY ${index} WHERE ${where} ${page}
           ORDER BY atMs ${order}, seq ${order} LIMIT :limit`,
        )
        .all({ ...values, ...(after === 0 ? {} : { after }), limit })
        .map(({ seq }) => Number(seq))
    },
    sums(search) {
      if (!isKept) return null
      const { where, values } = paymentWhere(search)
      const { fromMs = 0, toMs = 253_402_300_799_999, laneId } = search
      // Whole days have stored sums; rows at both ends are read.
      const firstDay = dayStartMs(fromMs + dayMs - 1)
      const endDay = Math.max(firstDay, dayStartMs(toMs))
      const lane = laneId === undefined ? '' : 'AND lane = :lane'
      return caughtUp()
        .prepare(
          `SELECT word, sum(count) AS count, sum(fen) AS amountFen FROM (
             SELECT means AS word, count, fen FROM day_sum
             WHERE dayMs >= :firstDay AND dayMs < :endDay ${lane}
             UNION ALL
             SELECT means, 1, fen FROM payment INDEXED BY payment_at
             WHERE ${where} AND counts AND (atMs < :firstDay OR atMs >= :endDay)
           ) GROUP BY 1 ORDER BY 3 DESC`,
        )
        .all({ ...values, firstDay, endDay })
        .map((row) => ({
          word: String(row['word']),
          count: Number(row['count']),
          amountFen: Number(row['amountFen'] ?? 0),
        }))
    },
    drawer: (behind) => (isKept ? drawerBehind(caughtUp(), behind) : null),
    search(part) {
      const found = caughtUp()
        .prepare('SELECT plate FROM plate WHERE instr(plate, ?) > 0 LIMIT ?')
        .all(part, platesMax + 1)
        .map(({ plate }) => String(plate))
      return found.length > platesMax ? null : found
    },
    close: () => db.close(),
  }
}
