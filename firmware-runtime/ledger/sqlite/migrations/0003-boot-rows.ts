// Schema 3: an index of boot rows, which show at every start what kind of lot a ledger belongs to.
// For a demo all of them are read; without the index that would read every event between.
import type { Migration } from './migration.ts'

export const bootRowsMigration: Migration = {
  version: 3,
  name: 'boot-rows',
  up: [`CREATE INDEX boot_at ON ledger_row (atMs, seq) WHERE kind = 'boot'`],
}
