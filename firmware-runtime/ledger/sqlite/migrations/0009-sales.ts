// Schema 9: indexes by number of payments for sold passes and their refunds, which belong to no stay.
// Two small indexes: no row and no view changes.
import type { Migration } from './migration.ts'

export const salesMigration: Migration = {
  version: 9,
  name: 'sales',
  up: [
    `CREATE INDEX sale_of ON ledger_row (json_extract(body, '$.sold'), seq)
     WHERE kind = 'payment' AND stayId IS NULL`,
    `CREATE INDEX back_of_sale ON ledger_row (json_extract(body, '$.paymentId'), seq)
     WHERE kind = 'refund' AND stayId IS NULL`,
  ],
}
