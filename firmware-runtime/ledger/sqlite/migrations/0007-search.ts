// Schema 7: the time index of charges includes the amount, and acts of people have an index, so that a month is
// searched for either without reading every row. No row and no view changes.
import type { Migration } from './migration.ts'

export const searchMigration: Migration = {
  version: 7,
  name: 'search',
  up: [
    'DROP INDEX intent_at',
    `CREATE INDEX intent_at ON ledger_row (atMs, seq, deductionId, amountFen, laneId)
     WHERE kind = 'intent'`,
    `CREATE INDEX act_at ON ledger_row (atMs, seq) WHERE kind = 'audit'`,
  ],
}
