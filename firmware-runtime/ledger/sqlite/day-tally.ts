// The rows that the books of a day are made from: every step of payments by code, all rows of the books, and all rows
// that opened the drawer or took cash from it.
// Read in the worker through the indexes of their times, each row once.
import type { DatabaseSync } from 'node:sqlite'
import type { GivenBack } from '#money/pure/pay/refund-by-hand.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import { dayMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { DayTally, SinceCount } from '../ports/ledger-service.ts'
import type { SqlRow } from '#base/sqlite/connection.ts'
import { codeBack, codeBacks } from './migrations/0012-rare-rows.ts'
import type { PlateIndex } from './plate-index.ts'
import { countsSql } from './test-orders.ts'
import { factsOf, factColumns } from './row-text.ts'

const sql = (where: string, order = 'atMs, seq', from = 'ledger_row'): string =>
  `SELECT ${factColumns} FROM ${from} WHERE ${where} ORDER BY ${order}`

const paysSql = sql(`kind = 'pay' AND atMs >= :from AND atMs < :to`)
/** Refunds by code that ended in the span and were requested before it. */
const earlierBackSql = sql(
  `kind = 'pay' AND json_extract(body, '$.row') = 'refund' AND atMs < :from AND stayId IN (
    SELECT stayId FROM ${codeBacks} WHERE ${codeBack} AND atMs >= :from AND atMs < :to
      AND json_extract(body, '$.row') = 'refundDone' AND stayId IS NOT NULL)`,
)
/** Refunds by code after the span for payments in it: a bill that is read later includes them. */
const laterBackSql = sql(
  `${codeBack} AND atMs >= :to AND EXISTS (
    SELECT 1 FROM ledger_row p INDEXED BY row_of_stay WHERE p.stayId = ledger_row.stayId
      AND p.kind = 'pay' AND p.atMs >= :from AND p.atMs < :to
      AND json_extract(p.body, '$.paidFen') > 0)`,
  'atMs, seq',
  codeBacks,
)
const givenSql = (where: string): string => `
  SELECT s.atMs, json_extract(s.body, '$.means') AS means, r.amountFen
  FROM ledger_row s CROSS JOIN ledger_row r ON r.kind = 'refund' AND r.subjectId = s.subjectId
  WHERE s.kind = 'refundState' AND ${where} AND json_extract(s.body, '$.state') = 'success'
    AND ${countsSql('r.orderId')}
  ORDER BY s.atMs, s.seq`
const givenInSql = givenSql('s.atMs >= :from AND s.atMs < :to')
/** Rows after a count: past its last counted row, or with a time at or after the count. */
const behindSql = (row: string): string =>
  `${row}nodeId = :node AND ${row}seq > :from AND ${row}seq <= :upto
   AND (${row}seq > :seq OR ${row}atMs >= :atMs)`
/**
 * `+` keeps SQLite from the row number index: without a count it would read all rows, while the kinds have an index.
 */
const behindOf = (plus: '' | '+') => ({
  /** Refunds in cash only: other refunds do not touch the drawer. */
  given: givenSql(`${behindSql(`${plus}s.`)} AND json_extract(s.body, '$.means') = 'cash'`),
  cash: `SELECT sum(amountFen) AS fen FROM ledger_row
    WHERE ${behindSql(plus)} AND kind = 'payment' AND json_extract(body, '$.means') = 'cash'
      AND ${countsSql()}`,
  pulses: `SELECT json_extract(json_extract(body, '$.detail'), '$.state') AS state, count(*) AS n FROM ledger_row
    WHERE ${behindSql(plus)} AND kind IN ('event', 'exception', 'audit', 'boot', 'signIn')
      AND kind = 'event' AND json_extract(body, '$.type') = 'drawer' GROUP BY 1`,
})
const behindCount = behindOf('')
const behindNone = behindOf('+')
const nodeSql = 'SELECT nodeId FROM ledger_row LIMIT 1'
const headSql = 'SELECT max(seq) AS seq FROM ledger_row WHERE nodeId = :node'
/** Between a look at the drawer and the row of its count, fewer rows than this are written. */
const besideRows = 200
const beganSql = `SELECT atMs FROM ledger_row INDEXED BY boot_at WHERE kind = 'boot' ORDER BY atMs, seq LIMIT 1`
const tallySql = sql(`kind = 'book'`, 'seq')

const rowsOf = (found: readonly SqlRow[]): LedgerRow[] => found.map(factsOf)

const givenOf = (row: SqlRow): GivenBack => ({
  atMs: Number(row['atMs']),
  means: row['means'] as RefundMeans | null,
  amountFen: Number(row['amountFen']),
})

type CountedRow = Extract<LedgerRow, { kind: 'book' }>

/** Sums of the drawer kept beside the ledger, or null: a lot may count its drawer once a year. */
type KeptDrawer = PlateIndex['drawer']

/** Without a count: sums of all rows. */
function sinceCount(
  db: DatabaseSync,
  counted: CountedRow | undefined,
  kept: KeptDrawer,
): SinceCount {
  const node = counted?.nodeId ?? String(db.prepare(nodeSql).get()?.['nodeId'] ?? '')
  // Read first: rows written meanwhile belong to the next count.
  const upto = Number(db.prepare(headSql).get({ node })?.['seq'] ?? 0)
  const uptoSeq = counted?.body.row === 'counted' ? counted.body.uptoSeq : 0
  const { seq, atMs } = counted ?? { seq: 0, atMs: 0 }
  const from = uptoSeq ?? seq - besideRows
  const behind = { node, upto, seq: uptoSeq ?? seq, atMs, from }
  const { cash, given, pulses } = counted === undefined ? behindNone : behindCount
  const drawer = kept(behind) ?? {
    takenFen: Number(db.prepare(cash).get(behind)?.['fen'] ?? 0),
    pulses: Object.fromEntries(
      db
        .prepare(pulses)
        .all(behind)
        .map(({ state, n }) => [String(state), Number(n)]),
    ),
  }
  return { uptoSeq: upto, given: db.prepare(given).all(behind).map(givenOf), ...drawer }
}

/** Includes payments of the day before: one made before midnight may have been seen after it. */
export function dayTally(db: DatabaseSync, sinceMs: InstantMs, kept: KeptDrawer): DayTally {
  const span = { from: sinceMs - dayMs, to: sinceMs + 3 * dayMs }
  const books = rowsOf(db.prepare(tallySql).all())
  const counted = books.findLast(
    (row): row is CountedRow => row.kind === 'book' && row.body.row === 'counted',
  )
  const began = db.prepare(beganSql).get()?.['atMs']
  const beganMs = typeof began === 'number' ? began : null
  return {
    beganMs,
    pays: [earlierBackSql, paysSql, laterBackSql].flatMap((text) =>
      rowsOf(db.prepare(text).all(span)),
    ),
    books,
    given: db
      .prepare(givenInSql)
      .all({ ...span, from: sinceMs })
      .map(givenOf),
    sinceCount: sinceCount(db, counted, kept),
  }
}
