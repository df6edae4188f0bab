// Schema 11: a record that a person corrected ended in favour of another one, which now decides about the charge.
// `upload` of v_deduction ignores the former record. No row changes.
import { deductionView } from './0001-rows.ts'
import { takenFen } from './0002-taken-amount.ts'
import type { Migration } from './migration.ts'

export const mendedRecordsMigration: Migration = {
  version: 11,
  name: 'mended-records',
  up: ['DROP VIEW v_deduction', deductionView(takenFen, ` AND u.state <> 'replaced'`)],
}
