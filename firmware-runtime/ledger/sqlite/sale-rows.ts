// Rows of sold passes: the payments of one pass, or one payment by its number, with its refunds.
// They belong to no stay, so no timeline has them. Read by the worker through indexes of their own.
import type { DatabaseSync } from 'node:sqlite'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { SaleRef } from '../ports/ledger-service.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

const paid = `kind = 'payment' AND stayId IS NULL AND json_extract(body, '$.sold')`
const ofPass = `${paid} = :ref`
const ofPayment = `kind = 'payment' AND subjectId = :ref AND json_extract(body, '$.sold') IS NOT NULL`

const saleSql = (which: string): string => `
  WITH sale AS MATERIALIZED (SELECT seq, subjectId FROM ledger_row WHERE ${which}),
    back AS MATERIALIZED (
      SELECT r.seq, r.subjectId FROM sale CROSS JOIN ledger_row r INDEXED BY back_of_sale
      ON r.kind = 'refund' AND r.stayId IS NULL
        AND json_extract(r.body, '$.paymentId') = sale.subjectId),
    step AS MATERIALIZED (
      SELECT s.seq FROM back CROSS JOIN ledger_row s INDEXED BY refund_state_of
      ON s.kind = 'refundState' AND s.subjectId = back.subjectId)
  SELECT ${rowColumns} FROM ledger_row WHERE nodeId = :node AND seq IN (
    SELECT seq FROM sale UNION SELECT seq FROM back UNION SELECT seq FROM step)
  ORDER BY seq`

export function saleRows(db: DatabaseSync, nodeId: string, ref: SaleRef): readonly LedgerRow[] {
  const [sql, value] = 'passNo' in ref ? [ofPass, ref.passNo] : [ofPayment, ref.paymentId]
  return db
    .prepare(saleSql(sql))
    .all({ node: nodeId, ref: value })
    .map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
}
