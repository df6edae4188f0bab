// The rows that a report is made of, of one stretch of time: each kind through its index, none by reading the others.
// Read by the worker; what they add up to is core/billing/report-part.ts.
import type { DatabaseSync } from 'node:sqlite'
import type { ReportRows, ReportSpan } from '../../core/billing/report-part.ts'
import { dayMs, minuteMs } from '../../core/values/instant.ts'
import type { LedgerRow } from '../../core/values/ledger-row.ts'
import { earlierBackSql } from './day-tally.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

const inSpan = 'atMs >= :from AND atMs < :to'
const paid = `kind = 'payment' AND ${inSpan}`
const closed = `kind = 'stayClosed' AND ${inSpan}`
/** Asked for in the span, or a step further in it. */
const refunded = `kind = 'refund' AND (${inSpan} OR subjectId IN (
  SELECT subjectId FROM ledger_row INDEXED BY refund_state_of WHERE kind = 'refundState' AND ${inSpan}))`
/** The condition of the index event_at, word for word; the events themselves are left out. */
const events = `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`

const sql = (where: string): string =>
  `SELECT ${rowColumns} FROM ledger_row WHERE ${where} ORDER BY atMs, seq`
const ofStays = (where: string): string =>
  `stayId IN (SELECT stayId FROM ledger_row WHERE ${where} AND stayId IS NOT NULL)`

const statements = {
  payments: sql(paid),
  closes: sql(closed),
  paymentsOfClosed: sql(`kind = 'payment' AND ${ofStays(closed)}`),
  ordersOfPaid: sql(`kind = 'orderMade' AND ${ofStays(paid)}`),
  ordersOfClosed: sql(`kind = 'orderMade' AND ${ofStays(closed)}`),
  refunds: sql(refunded),
  refundStates: sql(
    `kind = 'refundState' AND subjectId IN (SELECT subjectId FROM ledger_row WHERE ${refunded})`,
  ),
  refundedPayments: sql(
    `kind = 'payment' AND subjectId IN (
      SELECT json_extract(body, '$.paymentId') FROM ledger_row WHERE ${refunded})`,
  ),
  ends: sql(
    `kind = 'book' AND ${inSpan} AND json_extract(body, '$.row') = 'end'
     AND json_extract(body, '$.refundMeans') IS NOT NULL`,
  ),
  pays: sql(`kind = 'pay' AND ${inSpan}`),
  earlierBack: earlierBackSql,
  acts: sql(`${events} AND ${inSpan} AND +kind IN ('exception', 'audit')`),
  noEntry: sql(`kind = 'stayOpened' AND ${inSpan} AND json_extract(body, '$.noEntry')`),
} as const

const enteredSql = `SELECT count(*) AS n FROM ledger_row WHERE kind = 'stayOpened' AND ${inSpan}`

const byTime = (a: LedgerRow, b: LedgerRow): number => a.atMs - b.atMs || a.seq - b.seq

export function reportRows(db: DatabaseSync, { fromMs, toMs }: ReportSpan): ReportRows {
  const span = { from: fromMs, to: toMs }
  const rows = (name: keyof typeof statements, of = span): LedgerRow[] =>
    db
      .prepare(statements[name])
      .all(of)
      .map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
  // As the books of a day read them.
  const near = { from: fromMs - dayMs, to: toMs + 2 * dayMs }
  return {
    payments: rows('payments'),
    closes: rows('closes'),
    settled: rows('paymentsOfClosed'),
    orders: [...rows('ordersOfPaid'), ...rows('ordersOfClosed')].sort(byTime),
    refunds: [...rows('refunds'), ...rows('refundStates'), ...rows('refundedPayments')],
    ends: rows('ends'),
    pays: [...rows('earlierBack', near), ...rows('pays', near)],
    // The outcome of an act may stand behind midnight.
    acts: [
      ...rows('acts', { from: fromMs - 60 * minuteMs, to: toMs + 60 * minuteMs }),
      ...rows('noEntry'),
    ].sort(byTime),
    entered: Number(db.prepare(enteredSql).get(span)?.['n'] ?? 0),
  }
}
