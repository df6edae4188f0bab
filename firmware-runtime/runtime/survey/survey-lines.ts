// The surveys of a folder, a line each, read where no worker is asked for them.
// One that cannot be read is left out: it accepts nothing.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LaneFault } from '../../core/faults/faults.ts'
import { signatureViews } from '../../survey/signatures.ts'
import { surveyLine, type SurveyLine } from '../../survey/survey-page.ts'
import { readSurvey } from './open-survey.ts'

const suffix = '.etcsurvey'

export function surveyLines(dir: string): readonly SurveyLine[] {
  const folder = join(dir, 'surveys')
  const files = existsSync(folder) ? readdirSync(folder).toSorted() : []
  return files
    .filter((file) => file.endsWith(suffix))
    .flatMap((file) => {
      try {
        const { content, records } = readSurvey(join(folder, file))
        const { createdAtMs, lost, broken } = content
        return [surveyLine({ name: basename(file, suffix), createdAtMs, records, lost, broken })]
      } catch (error) {
        if (error instanceof LaneFault) return []
        throw error
      }
    })
}

/** Somebody stands for all that was recorded of it. */
export function isSignedSurvey(dir: string, name: string): boolean {
  const { records } = readSurvey(join(dir, 'surveys', `${name}${suffix}`))
  return signatureViews(records).some(({ after }) => after === 0)
}
