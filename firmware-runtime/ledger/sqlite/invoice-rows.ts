// Rows about invoices by the number of the invoice, through an index of their own: a mark counts after years, too.
import type { DatabaseSync } from 'node:sqlite'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { invoiceNumber } from './migrations/0013-invoices.ts'
import { ledgerRowOf, rowColumns, storedOfSql, zeroHash } from './row-text.ts'

const sql = `SELECT ${rowColumns} FROM ledger_row INDEXED BY invoice_of
  WHERE kind = 'event' AND ${invoiceNumber} = ? AND nodeId = ? ORDER BY seq`

export const invoiceRows = (
  db: DatabaseSync,
  nodeId: string,
  invoiceNo: string,
): readonly LedgerRow[] =>
  db
    .prepare(sql)
    .all(invoiceNo, nodeId)
    .map((row) => ledgerRowOf(storedOfSql(row), zeroHash))
