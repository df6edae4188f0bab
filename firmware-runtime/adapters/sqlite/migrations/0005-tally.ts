// Schema 5: payments by code and rows of the books are found by their time.
// An index alone: no row and no view changes.
import type { Migration } from './migration.ts'

export const tallyMigration: Migration = {
  version: 5,
  name: 'books',
  up: [
    `CREATE INDEX pay_at ON ledger_row (atMs, seq) WHERE kind = 'pay'`,
    `CREATE INDEX book_at ON ledger_row (atMs, seq) WHERE kind = 'book'`,
  ],
}
