// The process whose disk is recorded during a survey: one acknowledgement per reading.
// Arguments: folder, acknowledgement file, synchronous mode, number of readings, how to end.
import { existsSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createSurveyFile, openSurveyFile } from '#survey/sqlite/survey-file.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'

const [dir = '', ack = '', mode = 'EXTRA', count = '0', end = 'close'] = process.argv.slice(2)
const file = join(dir, 'a.etcsurvey')
const ackFd = openSync(ack, 'a')
if (!existsSync(file)) createSurveyFile(file, 'survey', 1)
const { ofText, ofBytes } = surveyDigests()
const writer = openSurveyFile(file, ofText, mode === 'OFF' ? 'OFF' : 'EXTRA')
for (let n = 0; n < Number(count); n++) {
  // Readings of many sizes: some fit into a page, some need several; every third one is a photo.
  const bytes = Buffer.alloc(100 + ((n * 7_919) % 60_000), n + process.pid)
  const digest = ofBytes(bytes)
  const isPhoto = n % 3 === 2
  const text = 'x'.repeat((n * 977) % 9_000)
  const body = JSON.stringify(isPhoto ? { kind: 'photo', digest } : { kind: 'note', text })
  const record = { id: `${process.pid}-${n}`, atMs: n, by: 'tester', body }
  const { seq } = writer.append(record, isPhoto ? { digest, mime: 'image/png', bytes } : undefined)
  writeSync(ackFd, `${seq}\n`)
}
if (end === 'close') writer.close()
else process.kill(process.pid, 'SIGKILL')
