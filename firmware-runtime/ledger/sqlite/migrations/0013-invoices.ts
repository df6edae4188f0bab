// Schema 13: an index of invoices by their number. A small index: no row and no view changes.
import type { Migration } from './migration.ts'

export const invoiceNumber = `json_extract(body, '$.invoice.invoiceNo')`

export const invoicesMigration: Migration = {
  version: 13,
  name: 'invoices',
  up: [
    `CREATE INDEX invoice_of ON ledger_row (${invoiceNumber}, seq)
     WHERE kind = 'event' AND ${invoiceNumber} IS NOT NULL`,
  ],
}
