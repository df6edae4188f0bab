// The migrations of the ledger, in order, and the runner: one transaction each, never backwards.
// A power cut inside one leaves the old or the new schema, whole (CP15 of reliability-security.md).
import { type Migration } from './migration.ts'
import type { DatabaseSync } from 'node:sqlite'
import { must } from '#base/pure/values/must.ts'
import { rowsMigration } from './0001-rows.ts'
import { takenAmountMigration } from './0002-taken-amount.ts'
import { bootRowsMigration } from './0003-boot-rows.ts'
import { cashMigration } from './0004-cash.ts'
import { tallyMigration } from './0005-tally.ts'
import { closesMigration } from './0006-closes.ts'
import { searchMigration } from './0007-search.ts'
import { refundsMigration } from './0008-refunds.ts'
import { salesMigration } from './0009-sales.ts'
import { latePlatesMigration } from './0010-late-plates.ts'
import { mendedRecordsMigration } from './0011-mended-records.ts'
import { rareRowsMigration } from './0012-rare-rows.ts'
import { invoicesMigration } from './0013-invoices.ts'
import { zeroPlatesMigration } from './0014-zero-plates.ts'

export const migrations: readonly Migration[] = [
  rowsMigration,
  takenAmountMigration,
  bootRowsMigration,
  cashMigration,
  tallyMigration,
  closesMigration,
  searchMigration,
  refundsMigration,
  salesMigration,
  latePlatesMigration,
  mendedRecordsMigration,
  rareRowsMigration,
  invoicesMigration,
  zeroPlatesMigration,
]

export const newestVersion = (list: readonly Migration[]): number => list.at(-1)?.version ?? 0

/** Brings the database from `from` to the newest version; `from` is never newer (letter J). */
export function migrate(db: DatabaseSync, from: number, list: readonly Migration[]): void {
  let version = from
  for (const step of list.filter((m) => m.version > from)) {
    must(step.version === version + 1, `migration ${step.version} follows ${version}`)
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const sql of step.up) db.exec(sql)
      db.exec(`PRAGMA user_version = ${step.version}`)
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
    version = step.version
  }
}
