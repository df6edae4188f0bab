// Makes a survey file, reads its version, and upgrades it (statements in survey/pure/file/file-format.ts).
// One transaction each: an interruption leaves the state before or after.
import { t } from '#base/pure/words/fault-text.ts'
import type { DatabaseSync } from 'node:sqlite'
import {
  surveyApplicationId,
  surveyFormatVersion,
  surveySchemaSteps,
} from '../pure/file/file-format.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { migrate } from '#ledger/sqlite/migrations/index.ts'
import { type Migration } from '#ledger/sqlite/migrations/migration.ts'
import { isSchemaWhole } from '#ledger/sqlite/schema-check.ts'

const surveyMigrations: readonly Migration[] = surveySchemaSteps.map((up, i) => ({
  version: i + 1,
  name: `survey format ${i + 1}`,
  up,
}))

/** An empty database becomes a survey, whole or not at all. */
export function makeSurvey(db: DatabaseSync, surveyId: string, createdAtMs: number): void {
  db.exec('BEGIN')
  for (const sql of surveySchemaSteps.flat()) db.exec(sql)
  db.prepare('INSERT INTO survey VALUES (?, ?)').run(surveyId, createdAtMs)
  db.exec(`PRAGMA application_id = ${surveyApplicationId}`)
  db.exec(`PRAGMA user_version = ${surveyFormatVersion}`)
  db.exec('COMMIT')
}

/** Upgrades a file for writing to the newest version; an unknown table or trigger is refused. */
export function upToDate(db: DatabaseSync, version: number, file: string): void {
  if (!isSchemaWhole(db, version, surveyMigrations))
    throw new LaneFault('SURVEY-01', {
      file,
      note: t('里面的表不是勘测的', 'its tables are not those of a survey'),
    })
  if (version < surveyFormatVersion) migrate(db, version, surveyMigrations)
}
