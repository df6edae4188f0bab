// The surveys of a folder, one line each, read without a worker.
// An unreadable one is left out: it proves nothing.
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { signatureViews } from '../../pure/file/signatures.ts'
import { surveyLine, type SurveyLine } from '../../pure/file/survey-page.ts'
import { readSurvey } from '../../files/open-survey.ts'

const suffix = '.etcsurvey'

export function surveyLines(dir: string): readonly SurveyLine[] {
  const folder = join(dir, 'surveys')
  const files = existsSync(folder) ? readdirSync(folder).toSorted() : []
  return files
    .filter((file) => file.endsWith(suffix))
    .flatMap((file) =>
      orIfFault(() => {
        const { content, records } = readSurvey(join(folder, file))
        const { createdAtMs, lost, broken } = content
        return [surveyLine({ name: basename(file, suffix), createdAtMs, records, lost, broken })]
      }, []),
    )
}

/** True when a person has signed after the last record. */
export function isSignedSurvey(dir: string, name: string): boolean {
  const { records } = readSurvey(join(dir, 'surveys', `${name}${suffix}`))
  return signatureViews(records).some(({ after }) => after === 0)
}
