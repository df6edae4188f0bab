// Cash into the drawer and pulses that opened it, in index.db: each by its row number, and sums of blocks of rows.
// A lot that never counts its drawer reads a year of it with each page of a day; with blocks that is a few hundred
// rows.
import type { DatabaseSync } from 'node:sqlite'
import type { SinceCount } from '../ports/ledger-service.ts'

export const drawerSchema = `
CREATE TABLE drawer (
  seq INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, what TEXT NOT NULL, fen INTEGER NOT NULL
) STRICT;
CREATE TABLE drawer_sum (
  block INTEGER, what TEXT, count INTEGER NOT NULL, fen INTEGER NOT NULL,
  PRIMARY KEY (block, what)
) STRICT, WITHOUT ROWID;`

/** Ledger rows per sum. */
const blockRows = 65_536
/** Cash taken; other words are the state of a pulse. */
const cash = 'cash'
const pulseWord = 'pulse '

const pulseColumns = `seq, atMs,
  json_extract(json_extract(body, '$.detail'), '$.state') AS state FROM ledger_row`
const isPulse = `kind = 'event' AND json_extract(body, '$.type') = 'drawer'`
const tailSql = `SELECT ${pulseColumns} WHERE nodeId = :node AND seq > :seq AND +${isPulse}`
/** Through the index of events. */
const wholeSql = `SELECT ${pulseColumns} WHERE +nodeId = :node AND ${isPulse}
  AND kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`

interface DrawerEntry {
  readonly seq: number
  readonly atMs: number
  readonly what: string
  readonly fen: number
}

/** Adds each row once. */
export function drawerAdder(db: DatabaseSync): (entry: DrawerEntry) => void {
  const add = db.prepare('INSERT OR IGNORE INTO drawer VALUES (?, ?, ?, ?)')
  const addSum = db.prepare(`INSERT INTO drawer_sum VALUES (?, ?, 1, ?)
    ON CONFLICT DO UPDATE SET count = count + 1, fen = fen + excluded.fen`)
  return ({ seq, atMs, what, fen }) => {
    if (add.run(seq, atMs, what, fen).changes > 0)
      addSum.run(Math.floor(seq / blockRows), what, fen)
  }
}

export const cashEntry = (seq: number, atMs: number, fen: number): DrawerEntry => ({
  seq,
  atMs,
  what: cash,
  fen,
})

export function addPulses(
  ledger: DatabaseSync,
  since: { readonly node: string; readonly seq?: number },
  add: (entry: DrawerEntry) => void,
): void {
  const sql = since.seq === undefined ? wholeSql : tailSql
  for (const { seq, atMs, state } of ledger.prepare(sql).iterate({ ...since }))
    add({ seq: Number(seq), atMs: Number(atMs), what: `${pulseWord}${String(state)}`, fen: 0 })
}

/** Rows after a count: by number, and before `seq` those with a time at or after the count. */
export interface BehindCount {
  readonly from: number
  readonly upto: number
  readonly seq: number
  readonly atMs: number
}

const behindSql = `
  SELECT what, sum(count) AS count, sum(fen) AS fen FROM (
    SELECT what, count, fen FROM drawer_sum WHERE block >= :firstBlock AND block < :endBlock
    UNION ALL
    SELECT what, 1, fen FROM drawer
    WHERE seq > :from AND seq < :firstSeq AND seq <= :upto AND (seq > :seq OR atMs >= :atMs)
    UNION ALL
    SELECT what, 1, fen FROM drawer WHERE seq >= :endSeq AND seq <= :upto
  ) GROUP BY 1`

export function drawerBehind(
  db: DatabaseSync,
  { from, upto, seq, atMs }: BehindCount,
): Pick<SinceCount, 'takenFen' | 'pulses'> {
  const firstBlock = Math.floor(Math.max(from, seq) / blockRows) + 1
  const endBlock = Math.max(firstBlock, Math.floor((upto + 1) / blockRows))
  const [firstSeq, endSeq] = [firstBlock * blockRows, endBlock * blockRows]
  const rows = db
    .prepare(behindSql)
    .all({ from, upto, seq, atMs, firstBlock, endBlock, firstSeq, endSeq })
    .map(({ what, count, fen }) => ({ what: String(what), count: Number(count), fen: Number(fen) }))
  return {
    takenFen: rows.find(({ what }) => what === cash)?.fen ?? 0,
    pulses: Object.fromEntries(
      rows
        .filter(({ what }) => what.startsWith(pulseWord))
        .map(({ what, count }) => [what.slice(pulseWord.length), count]),
    ),
  }
}
