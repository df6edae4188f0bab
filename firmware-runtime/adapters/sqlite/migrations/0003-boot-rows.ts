// Schema 3: an index of the starts, which say at every start what kind of lot a ledger belongs to.
// A demo shows all of them; without it their rows are found by reading every event between.
import type { Migration } from './migration.ts'

export const bootRowsMigration: Migration = {
  version: 3,
  name: 'boot-rows',
  up: [`CREATE INDEX boot_at ON ledger_row (atMs, seq) WHERE kind = 'boot'`],
}
