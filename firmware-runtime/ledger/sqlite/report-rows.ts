// The rows of a report for a time span or a shift, each kind through its own index.
// Read by the worker; money/pure/billing/report-part.ts adds them up.
import type { DatabaseSync } from 'node:sqlite'
import type { ReportRows } from '#money/pure/billing/report-part.ts'
import type { RowSpan } from '#money/pure/billing/row-span.ts'
import { dayMs, minuteMs } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { codeBack, codeBacks } from './migrations/0012-rare-rows.ts'
import { cameIn } from './hours.ts'
import { factColumns, factsOf } from './row-text.ts'
import { unpairedIn } from './unpaired.ts'

/** The condition of index event_at, word for word; events themselves are excluded. */
const events = `kind IN ('event', 'exception', 'audit', 'boot', 'signIn')`

const sql = (where: string, from = 'ledger_row'): string =>
  `SELECT ${factColumns} FROM ${from} WHERE ${where} ORDER BY atMs, seq`
const ofStays = (where: string, from = 'ledger_row'): string =>
  `stayId IN (SELECT stayId FROM ${from} WHERE ${where} AND stayId IS NOT NULL)`

/** `inSpan`: condition by time or by row numbers; `codes`: the index of refund steps by code for either. */
function statementsOf(inSpan: string, before: string, codes: string) {
  const paid = `kind = 'payment' AND ${inSpan}`
  const closed = `kind = 'stayClosed' AND ${inSpan}`
  /** Refunds requested in the span, or with a step in it. */
  const refunded = `kind = 'refund' AND subjectId IN (
    SELECT subjectId FROM ledger_row WHERE kind = 'refund' AND ${inSpan}
    UNION SELECT subjectId FROM ledger_row WHERE kind = 'refundState' AND ${inSpan})`
  return {
    payments: sql(paid),
    closes: sql(closed),
    /** For the one kind of end that needs its payments, too. */
    paymentsOfClosed: sql(
      `kind = 'payment' AND ${ofStays(`${closed} AND +json_extract(body, '$.end') = 'other'`)}`,
    ),
    orders: sql(
      `kind = 'orderMade' AND stayId IN (
        SELECT stayId FROM ledger_row WHERE ${paid} AND stayId IS NOT NULL
        UNION SELECT stayId FROM ledger_row WHERE ${closed} AND stayId IS NOT NULL)`,
    ),
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
    back: sql(`${codeBack} AND ${inSpan}`, codes),
    /** Requested before the span, and ended in it. */
    earlierBack: sql(
      `kind = 'pay' AND json_extract(body, '$.row') = 'refund' AND ${before} AND ${ofStays(
        `${codeBack} AND ${inSpan} AND json_extract(body, '$.row') = 'refundDone'`,
        codes,
      )}`,
    ),
    acts: sql(`${events} AND ${inSpan} AND +kind IN ('exception', 'audit')`),
    noEntry: sql(`kind = 'stayOpened' AND ${inSpan} AND json_extract(body, '$.noEntry') = 1`),
    entered: `SELECT count(*) AS n FROM ledger_row WHERE ${cameIn} AND ${inSpan}`,
  } as const
}
const timeSpan = 'atMs >= :from AND atMs < :to'
const numberSpan = 'nodeId = :node AND seq > :from AND seq <= :to'
const ofTime = statementsOf(timeSpan, 'atMs < :from', codeBacks)
/** `+`: found by their stays, never by reading all older rows. */
const ofNumbers = statementsOf(numberSpan, '+seq <= :from', 'ledger_row')
/** The outcome of an act is written within this many rows. */
const besideRows = 500

const byTime = (a: LedgerRow, b: LedgerRow): number => a.atMs - b.atMs || a.seq - b.seq

export function reportRows(db: DatabaseSync, node: string, span: RowSpan): ReportRows {
  const { fromMs, toMs, rows: numbers } = span
  const [own, near, beside] =
    numbers === undefined
      ? [
          { from: fromMs, to: toMs },
          // The same span as the books of a day.
          { from: fromMs - dayMs, to: toMs + 2 * dayMs },
          // The outcome of an act may come after midnight.
          { from: fromMs - 60 * minuteMs, to: toMs + 60 * minuteMs },
        ]
      : [0, 0, besideRows].map((more) => ({
          node,
          from: numbers.afterSeq - more,
          to: numbers.uptoSeq + more,
        }))
  const statements = numbers === undefined ? ofTime : ofNumbers
  const rows = (name: keyof typeof statements, of = own): LedgerRow[] =>
    db
      .prepare(statements[name])
      .all(of ?? {})
      .map(factsOf)
  return {
    payments: rows('payments'),
    closes: rows('closes'),
    settled: rows('paymentsOfClosed'),
    orders: rows('orders'),
    refunds: [...rows('refunds'), ...rows('refundStates'), ...rows('refundedPayments')],
    ends: rows('ends'),
    pays: [...rows('earlierBack', near), ...rows('back', near)],
    acts: [...rows('acts', beside), ...rows('noEntry')].sort(byTime),
    entered: Number(db.prepare(statements.entered).get(own ?? {})?.['n'] ?? 0),
    unpaired: unpairedIn(db, numbers === undefined ? timeSpan : numberSpan, own ?? {}),
  }
}
