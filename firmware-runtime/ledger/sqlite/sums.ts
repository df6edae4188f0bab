// Takings of a time span by means, with its stays and refunds.
// First cars do not count: their fen is a test charge that is refunded.
import type { DatabaseSync } from 'node:sqlite'
import type { LedgerSums, SumOf } from '../ports/ledger-reader.ts'
import { whereOf, type Condition } from './queries.ts'
import { countsSql } from './test-orders.ts'

const sumsOf = (db: DatabaseSync, sql: string, { values }: Condition): readonly SumOf[] =>
  db
    .prepare(sql)
    .all(values)
    .map((row) => ({
      word: String(row['word']),
      count: Number(row['count']),
      amountFen: Number(row['amountFen'] ?? 0),
    }))

export function ledgerSums(
  db: DatabaseSync,
  conditionOf: (kind: 'stay' | 'payment' | 'refund') => Condition,
  /** Already known sums; null: the rows are read. */
  payments: readonly SumOf[] | null,
): LedgerSums {
  const [stay, payment, refund] = [
    conditionOf('stay'),
    conditionOf('payment'),
    conditionOf('refund'),
  ]
  const stays = db
    .prepare(`SELECT count(*) AS n FROM ledger_row WHERE ${whereOf(stay)}`)
    .get(stay.values)
  const counted = `count(*) AS count, sum(amountFen) AS amountFen`
  return {
    stays: Number(stays?.['n'] ?? 0),
    payments:
      payments ??
      sumsOf(
        db,
        `SELECT json_extract(body, '$.means') AS word, ${counted} FROM ledger_row
       WHERE ${whereOf(payment)} AND ${countsSql()} GROUP BY 1 ORDER BY 3 DESC`,
        payment,
      ),
    refunds: sumsOf(
      db,
      `WITH page AS MATERIALIZED (SELECT seq AS pageKey FROM ledger_row WHERE ${whereOf(refund)})
       SELECT v.state AS word, count(*) AS count, sum(v.amountFen) AS amountFen
       FROM page CROSS JOIN v_refund v ON v.rowSeq = page.pageKey AND v.nodeId = :node
       WHERE ${countsSql('v.orderId')} GROUP BY 1 ORDER BY 1`,
      refund,
    ),
  }
}
