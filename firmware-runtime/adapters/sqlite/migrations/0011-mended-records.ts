// Schema 11: a record that a person mended ended for another one, and says nothing of its charge any more: the other one does.
// `upload` of v_deduction leaves it out. No row changes.
import { deductionView } from './0001-rows.ts'
import { takenFen } from './0002-taken-amount.ts'
import type { Migration } from './migration.ts'

export const mendedRecordsMigration: Migration = {
  version: 11,
  name: 'mended-records',
  up: ['DROP VIEW v_deduction', deductionView(takenFen, ` AND u.state <> 'replaced'`)],
}
