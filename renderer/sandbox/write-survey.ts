// Makes a survey file in the sandbox, with the runtime's tables, as bytes to be saved.
// It never is the only copy: the source files stay unchanged.
import type { StoredRecord, SurveyHead } from '#survey/pure/file/chain.ts'
import {
  recordColumns,
  surveyApplicationId,
  surveyFormatVersion,
  surveySchemaSql,
  type SurveyPhoto,
} from '#survey/pure/file/file-format.ts'
import type { SqlJs } from './sql-types.ts'

export function surveyBytes(
  sql: SqlJs,
  { surveyId, createdAtMs }: SurveyHead,
  records: readonly StoredRecord[],
  photos: readonly SurveyPhoto[],
): Uint8Array {
  const db = new sql.Database()
  try {
    db.run(`PRAGMA application_id = ${surveyApplicationId}`)
    db.run(`PRAGMA user_version = ${surveyFormatVersion}`)
    db.run(`BEGIN; ${surveySchemaSql}`)
    db.run('INSERT INTO survey VALUES (?, ?)', [surveyId, createdAtMs])
    for (const { seq, id, atMs, by, body, hash } of records)
      db.run(`INSERT INTO record (${recordColumns}) VALUES (?, ?, ?, ?, ?, ?)`, [
        ...[seq, id, atMs, by, body, hash],
      ])
    for (const { digest, mime, bytes } of photos)
      db.run('INSERT INTO photo VALUES (?, ?, ?)', [digest, mime, bytes])
    db.run('COMMIT')
    return db.export()
  } finally {
    db.close()
  }
}
