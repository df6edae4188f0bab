// Schema 6: cars that left are found by the time of their leaving, for reports of a day or a month.
// An index alone: no row and no view changes.
import type { Migration } from './migration.ts'

export const closesMigration: Migration = {
  version: 6,
  name: 'closes',
  up: [`CREATE INDEX closed_at ON ledger_row (atMs, seq) WHERE kind = 'stayClosed'`],
}
