// Totals of a ledger, each by one query: no other place counts them.
// Replay, the desk and the shift report read the same figures (contract.md section 4). The one fen of a first car is
// excluded: it is a test charge that is refunded.
import type { DatabaseSync } from 'node:sqlite'
import { paymentMeans, takesOf } from '#base/pure/values/payment-means.ts'
import { countsSql } from './test-orders.ts'
import type { LedgerTotals } from '../ports/ledger-reader.ts'
import { unpairedIn } from './unpaired.ts'

type Counted = Record<string, { readonly count: number; readonly amountFen: number }>

/** Stays that ended at an exit: a stay ended by a person or as an unused pass has no lane. */
const endSql = `
  SELECT json_extract(body, '$.end') AS word, count(*) AS count
  FROM ledger_row WHERE kind = 'stayClosed' AND laneId IS NOT NULL
  GROUP BY json_extract(body, '$.end')`

/**
 * Orders of cars that left the space of an open lot, by the end of the stay; `open`: it has none yet. Who people gave money
 * back owes nothing.
 */
const leftSql = `
  WITH last AS (
    SELECT s.stayId, (
      SELECT max(o.seq) FROM ledger_row o INDEXED BY row_of_stay
      WHERE o.stayId = s.stayId AND o.kind = 'orderMade' AND o.nodeId = s.nodeId
    ) AS seq, s.nodeId
    FROM ledger_row s WHERE s.kind = 'spaceLeft'
  ), owed AS (
    SELECT coalesce((
      SELECT json_extract(c.body, '$.end') FROM ledger_row c INDEXED BY row_of_stay
      WHERE c.stayId = last.stayId AND c.kind = 'stayClosed'
    ), 'open') AS word, o.amountFen AS orderFen, coalesce((
      SELECT sum(iif(p.kind = 'payment', p.amountFen, -p.amountFen))
      FROM ledger_row p INDEXED BY row_of_stay
      WHERE p.stayId = last.stayId AND p.orderId = o.orderId AND (
        p.kind = 'payment'
        OR p.kind = 'refund' AND json_extract(p.body, '$.byPeople') IS NOT 1
      )
    ), 0) AS paidFen
    FROM last JOIN ledger_row o ON o.nodeId = last.nodeId AND o.seq = last.seq
  )
  SELECT word, count(*) AS count, sum(orderFen) AS orderFen, sum(paidFen) AS paidFen
  FROM owed GROUP BY word`

function leftOf(db: DatabaseSync): LedgerTotals['left'] {
  const rows = db.prepare(leftSql).all()
  return rows.map((row) => ({
    end: String(row['word']),
    count: Number(row['count']),
    orderFen: Number(row['orderFen']),
    paidFen: Number(row['paidFen']),
  }))
}

const countedSql = (view: string, word: string): string =>
  `SELECT ${word} AS word, count(*) AS count, sum(amountFen) AS amountFen FROM ${view}
   WHERE ${countsSql()} GROUP BY 1`

const counted = (db: DatabaseSync, view: string, word: string): Counted =>
  Object.fromEntries(
    db
      .prepare(countedSql(view, word))
      .all()
      .map((r) => [
        String(r['word']),
        { count: Number(r['count']), amountFen: Number(r['amountFen'] ?? 0) },
      ]),
  )

const number = (db: DatabaseSync, sql: string): number => Number(db.prepare(sql).get()?.['n'] ?? 0)

const words = (db: DatabaseSync, sql: string): Record<string, number> =>
  Object.fromEntries(
    db
      .prepare(sql)
      .all()
      .map((r) => [String(r['word']), Number(r['count'])]),
  )

/** Fen paid by ETC: all deductions that count and whose last state is `paid`. */
export const paidFenOf = (db: DatabaseSync): number =>
  number(db, `SELECT sum(amountFen) AS n FROM v_deduction WHERE state = 'paid' AND ${countsSql()}`)

const takingMeans = paymentMeans.filter((means) => takesOf(means) === 'amount')

/** Fen of all payments that took money, including those refunded later. */
export const takenFenOf = (db: DatabaseSync): number =>
  number(
    db,
    `SELECT sum(amountFen) AS n FROM v_payment
     WHERE means IN (${takingMeans.map((means) => `'${means}'`).join(', ')}) AND ${countsSql()}`,
  )

export function totalsOf(db: DatabaseSync): LedgerTotals {
  const deductions = counted(db, 'v_deduction', 'state')
  return {
    rows: number(db, 'SELECT count(*) AS n FROM ledger_row'),
    stays: number(db, `SELECT count(*) AS n FROM ledger_row WHERE kind = 'stayOpened'`),
    ordersByEnd: words(db, endSql),
    left: leftOf(db),
    unpaired: unpairedIn(db, 'true'),
    deductions,
    payments: counted(db, 'v_payment', 'means'),
    refunds: counted(db, 'v_refund_row', 'state'),
    outbox: words(db, 'SELECT state AS word, count(*) AS count FROM v_outbox GROUP BY 1'),
    amountFen: deductions['paid']?.amountFen ?? 0,
  }
}
