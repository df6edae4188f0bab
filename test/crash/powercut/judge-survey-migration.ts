// Checks a survey that was cut during its migration to the newest format: the old or the new one, intact, with
// every reading and the photo. Read first with plain SQL, then opened and written as after the cut.
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { rmSync, copyFileSync, existsSync } from 'node:fs'
import { surveySchemaSteps } from '#survey/pure/file/file-format.ts'
import { judgeSurvey } from './judge-survey.ts'
import type { Verdict } from './states.ts'

const triggers = (surveySchemaSteps[1] ?? []).length

/** Works on a copy, so that the product itself rolls back SQLite's journal. */
function lookAt(file: string): { version: number; parts: number } {
  const copy = `${file}.look`
  copyFileSync(file, copy)
  if (existsSync(`${file}-journal`)) copyFileSync(`${file}-journal`, `${copy}-journal`)
  const db = new DatabaseSync(copy)
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
    const sql = `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'trigger'`
    return { version, parts: Number(db.prepare(sql).get()?.['n']) }
  } finally {
    db.close()
    for (const end of ['', '-journal']) rmSync(`${copy}${end}`, { force: true })
  }
}

export function judgeSurveyMigration(dir: string, acknowledged: number): Verdict {
  const { version, parts } = lookAt(join(dir, 'a.etcsurvey'))
  const letter = `format ${version}`
  if (parts !== (version === 1 ? 0 : triggers))
    return { end: 'broken', letter, detail: `${parts} of ${triggers} triggers` }
  const { end, detail } = judgeSurvey(dir, acknowledged)
  const after = lookAt(join(dir, 'a.etcsurvey'))
  if (after.version !== surveySchemaSteps.length)
    return { end: 'broken', letter, detail: `format ${after.version} after it was written` }
  return { end, letter, detail }
}
