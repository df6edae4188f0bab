// The recorded process of the survey's migration: a file of format 1 with readings and a photo, then the same
// file opened for writing by this program. Arguments: folder, acknowledgement file, format, how to end.
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSurveyFile } from '#survey/sqlite/survey-file.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { firstHash, recordHash } from '#survey/pure/file/chain.ts'
import { surveyApplicationId, surveySchemaSteps } from '#survey/pure/file/file-format.ts'

const oldReadings = 20
const [dir = '', ack = '', format = '1'] = process.argv.slice(2)
const file = join(dir, 'a.etcsurvey')
const ackFd = openSync(ack, 'a')
const { ofText, ofBytes } = surveyDigests()

/** As the program for format 1 made it. */
function makeOld(): void {
  const head = { surveyId: 'survey', createdAtMs: 1 }
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA')
  db.exec('BEGIN')
  for (const sql of surveySchemaSteps[0] ?? []) db.exec(sql)
  db.prepare('INSERT INTO survey VALUES (?, ?)').run(head.surveyId, head.createdAtMs)
  db.exec(`PRAGMA application_id = ${surveyApplicationId}; PRAGMA user_version = 1`)
  const bytes = Buffer.alloc(9_000, 7)
  const digest = ofBytes(bytes)
  db.prepare('INSERT INTO photo VALUES (?, ?, ?)').run(digest, 'image/png', bytes)
  const insert = db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)')
  let hash = firstHash(head, ofText)
  for (let seq = 1; seq <= oldReadings; seq++) {
    const text = 'x'.repeat((seq * 977) % 3_000)
    const body = JSON.stringify(seq === 1 ? { kind: 'photo', digest } : { kind: 'note', text })
    const record = { seq, id: `old-${seq}`, atMs: seq, by: 'tester', body }
    hash = recordHash(hash, record, ofText)
    insert.run(seq, record.id, record.atMs, record.by, body, hash)
  }
  db.exec('COMMIT')
  db.close()
  writeSync(ackFd, `${oldReadings}\n`)
}

if (format === '1') makeOld()
else {
  const writer = openSurveyFile(file, ofText)
  const { seq } = writer.append({ id: 'new', atMs: 99, by: 'tester', body: '{"kind":"note"}' })
  writeSync(ackFd, `${seq}\n`)
  writer.close()
}
