// What the books of a day are made of: every step of a payment by code around it, all rows of the books, and
// what opened the drawer and came out of it.
// Read by the worker through the indexes of their times, each row once.
import type { DatabaseSync } from 'node:sqlite'
import type { GivenBack } from '../../core/lot/refund-by-hand.ts'
import type { RefundMeans } from '../../core/values/refund-means.ts'
import { dayMs, type InstantMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/ledger-row.ts'
import type { DayTally } from '../../ports/ledger-service.ts'
import type { SqlRow } from './connection.ts'
import { countsSql } from './test-orders.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

const sql = (where: string): string =>
  `SELECT ${rowColumns} FROM ledger_row WHERE ${where} ORDER BY atMs, seq`

const paysSql = sql(`kind = 'pay' AND atMs >= :from AND atMs < :to`)
/** Refunds by code that ended in the span and were asked for before it. */
export const earlierBackSql = sql(
  `kind = 'pay' AND json_extract(body, '$.row') = 'refund' AND atMs < :from AND stayId IN (
    SELECT stayId FROM ledger_row INDEXED BY pay_at WHERE kind = 'pay' AND atMs >= :from AND atMs < :to
      AND json_extract(body, '$.row') = 'refundDone' AND stayId IS NOT NULL)`,
)
const pulsesSql = sql(
  `kind IN ('event', 'exception', 'audit', 'boot', 'signIn') AND atMs >= :from
   AND kind = 'event' AND json_extract(body, '$.type') = 'drawer'`,
)
const givenSql = `
  SELECT s.atMs, json_extract(s.body, '$.means') AS means, r.amountFen
  FROM ledger_row s JOIN ledger_row r ON r.kind = 'refund' AND r.subjectId = s.subjectId
  WHERE s.kind = 'refundState' AND s.atMs >= :from AND json_extract(s.body, '$.state') = 'success'
    AND ${countsSql('r.orderId')}
  ORDER BY s.atMs, s.seq`
const beganSql = `SELECT atMs FROM ledger_row INDEXED BY boot_at WHERE kind = 'boot' ORDER BY atMs, seq LIMIT 1`
const tallySql = sql(`kind = 'book'`)

const rowsOf = (found: readonly Record<string, unknown>[]): LedgerRow[] =>
  found.map((row) => ledgerRowOf(storedOfSql(row as Parameters<typeof storedOfSql>[0]), zeroHash))

const givenOf = (row: SqlRow): GivenBack => ({
  atMs: Number(row['atMs']),
  means: row['means'] as RefundMeans | null,
  amountFen: Number(row['amountFen']),
})

/** Payments from the day before on: what was paid before midnight may have been seen after it. */
export function dayTally(db: DatabaseSync, sinceMs: InstantMs): DayTally {
  const span = { from: sinceMs - dayMs, to: sinceMs + 3 * dayMs }
  const books = rowsOf(db.prepare(tallySql).all())
  const counted = books.findLast(({ kind, body }) => kind === 'book' && body.row === 'counted')
  const began = db.prepare(beganSql).get()?.['atMs']
  const beganMs = typeof began === 'number' ? began : null
  const from = Math.min(counted?.atMs ?? beganMs ?? sinceMs, sinceMs)
  return {
    beganMs,
    pays: [earlierBackSql, paysSql].flatMap((text) => rowsOf(db.prepare(text).all(span))),
    books,
    pulses: rowsOf(db.prepare(pulsesSql).all({ from })),
    given: db.prepare(givenSql).all({ from }).map(givenOf),
  }
}
