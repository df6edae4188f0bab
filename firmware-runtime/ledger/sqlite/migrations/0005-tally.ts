// Schema 5: an index by time of payments by code and rows of the books.
// An index only: no row and no view changes.
import type { Migration } from './migration.ts'

export const tallyMigration: Migration = {
  version: 5,
  name: 'books',
  up: [
    `CREATE INDEX pay_at ON ledger_row (atMs, seq) WHERE kind = 'pay'`,
    `CREATE INDEX book_at ON ledger_row (atMs, seq) WHERE kind = 'book'`,
  ],
}
