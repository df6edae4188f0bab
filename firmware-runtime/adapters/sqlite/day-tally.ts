// What the books of a day are made of: every step of a payment by code around it, all rows of the books, and
// what opened the drawer and came out of it.
// Read by the worker through the indexes of their times, each row once.
import type { DatabaseSync } from 'node:sqlite'
import type { GivenBack } from '../../core/pay/refund-by-hand.ts'
import type { RefundMeans } from '../../core/values/refund-means.ts'
import { dayMs, type InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/rows/ledger-row.ts'
import type { DayTally, SinceCount } from '../../ports/ledger-service.ts'
import type { SqlRow } from './connection.ts'
import { codeBack, codeBacks } from './migrations/0012-rare-rows.ts'
import type { PlateIndex } from './plate-index.ts'
import { countsSql } from './test-orders.ts'
import { factsOf, factColumns } from './row-text.ts'

const sql = (where: string, order = 'atMs, seq', from = 'ledger_row'): string =>
  `SELECT ${factColumns} FROM ${from} WHERE ${where} ORDER BY ${order}`

const paysSql = sql(`kind = 'pay' AND atMs >= :from AND atMs < :to`)
/** Refunds by code that ended in the span and were asked for before it. */
const earlierBackSql = sql(
  `kind = 'pay' AND json_extract(body, '$.row') = 'refund' AND atMs < :from AND stayId IN (
    SELECT stayId FROM ${codeBacks} WHERE ${codeBack} AND atMs >= :from AND atMs < :to
      AND json_extract(body, '$.row') = 'refundDone' AND stayId IS NOT NULL)`,
)
/** Refunds by code behind the span, of what was paid in it: a bill that is asked for again later knows them. */
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
/** A count knows the last row that it counted, or that what was written beside it has its time. */
const behindSql = (row: string): string =>
  `${row}nodeId = :node AND ${row}seq > :from AND ${row}seq <= :upto
   AND (${row}seq > :seq OR ${row}atMs >= :atMs)`
/** `+`: of a lot that nobody counted all rows would be read, where those of a kind have an index. */
const behindOf = (plus: '' | '+') => ({
  /** Of the drawer: what went back otherwise is none of it. */
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
/** As many rows are never written between a look at the drawer and the row of its count. */
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

/** What came into the drawer and opened it is kept beside the ledger, or null: a lot may count its drawer once a year. */
type KeptDrawer = PlateIndex['drawer']

/** Behind no count: of all rows. */
function sinceCount(
  db: DatabaseSync,
  counted: CountedRow | undefined,
  kept: KeptDrawer,
): SinceCount {
  const node = counted?.nodeId ?? String(db.prepare(nodeSql).get()?.['nodeId'] ?? '')
  // Read first: what is written meanwhile is the next count's.
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

/** Payments from the day before on: what was paid before midnight may have been seen after it. */
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
