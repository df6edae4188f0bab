// Opens the survey of one rebuilt disk as the product would: which acknowledged readings are there,
// whether the chain holds, and whether the next reading can be taken.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  openSurveyFile,
  readSurveyFile,
} from '../../../firmware-runtime/adapters/sqlite/survey-file.ts'
import { surveyDigests } from '../../../firmware-runtime/cli/survey/open-survey.ts'
import { LaneFault } from '../../../firmware-runtime/core/values/faults.ts'
import type { Verdict } from './states.ts'

const digest = surveyDigests().ofText

export function judgeSurvey(dir: string, acknowledged: number): Verdict {
  const file = join(dir, 'a.etcsurvey')
  if (!existsSync(file) && acknowledged === 0) return { end: 'ok', letter: 'none', detail: '' }
  try {
    const writer = openSurveyFile(file, digest, 'OFF')
    writer.append({ id: 'next', atMs: 0, by: 'tester', body: '{}' })
    writer.close()
    const { records, lost, broken } = readSurveyFile(file, digest)
    const rows = records.length - 1
    const detail = `${rows} of ${acknowledged}, lost ${lost.join()}, broken ${broken.join()}`
    if (rows < acknowledged) return { end: 'lost', letter: 'read', detail }
    return { end: lost.length + broken.length > 0 ? 'broken' : 'ok', letter: 'read', detail }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    // A file whose making was cut holds nothing yet: it is made again under another name.
    const end = acknowledged === 0 ? 'ok' : 'lost'
    return { end, letter: error.code, detail: error.message }
  }
}
