// Schema 6: an index of departures by time, for reports of a day or a month.
// An index only: no row and no view changes.
import type { Migration } from './migration.ts'

export const closesMigration: Migration = {
  version: 6,
  name: 'closes',
  up: [`CREATE INDEX closed_at ON ledger_row (atMs, seq) WHERE kind = 'stayClosed'`],
}
