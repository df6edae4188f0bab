// Opens the survey of one rebuilt disk like the product: which acknowledged readings and photos are
// there, whether the chain is valid, and whether the next reading can be recorded.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openSurveyFile, readSurveyFile, readSurveyPhoto } from '#survey/sqlite/survey-file.ts'
import { surveyDigests } from '#survey/files/open-survey.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Verdict } from './states.ts'

const digests = surveyDigests()

/** Only reads what is there; records nothing. */
export function lookAtSurvey(dir: string, acknowledged: number): Verdict {
  const { records, lost, broken } = readSurveyFile(join(dir, 'a.etcsurvey'), digests.ofText)
  const detail = `${records.length} of ${acknowledged}, ${lost.length} lost, ${broken.length} broken`
  if (records.length < acknowledged) return { end: 'lost', letter: 'read', detail }
  const isWhole = lost.length + broken.length === 0 && records.length <= acknowledged + 1
  return { end: isWhole ? 'ok' : 'broken', letter: `${records.length - acknowledged} more`, detail }
}

export function judgeSurvey(dir: string, acknowledged: number): Verdict {
  const file = join(dir, 'a.etcsurvey')
  if (!existsSync(file) && acknowledged === 0) return { end: 'ok', letter: 'none', detail: '' }
  try {
    const writer = openSurveyFile(file, digests.ofText, 'OFF')
    writer.append({ id: 'next', atMs: 0, by: 'tester', body: '{}' })
    writer.close()
    const { records, lost, broken } = readSurveyFile(file, digests.ofText)
    const rows = records.length - 1
    const detail = `${rows} of ${acknowledged}, lost ${lost.join()}, broken ${broken.join()}`
    // A record that names a photo must have it, byte by byte: both exist or neither.
    for (const { body } of records) {
      const { digest } = JSON.parse(body) as { digest?: string }
      if (digest !== undefined) readSurveyPhoto(file, digest, digests.ofBytes)
    }
    if (rows < acknowledged) return { end: 'lost', letter: 'read', detail }
    return { end: lost.length + broken.length > 0 ? 'broken' : 'ok', letter: 'read', detail }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    // A file whose creation was cut is still empty and is made again under another name.
    const end = acknowledged === 0 && error.code !== 'SURVEY-09' ? 'ok' : 'lost'
    return { end, letter: error.code, detail: error.message }
  }
}
