// The newest survey of each lane of a data folder, with the rows of its table.
// Read beside the lanes; nothing is changed.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SurveyedLane } from '../service/rule-lines.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { isSimulated, projectOf } from '#survey/pure/file/project.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { readSurvey } from '#survey/files/open-survey.ts'

/** The newest survey of each lane; an unreadable one is left out. */
export function surveyedLanes(dir: string): readonly SurveyedLane[] {
  const folder = join(dir, 'surveys')
  const files = existsSync(folder) ? readdirSync(folder) : []
  const read = files
    .filter((file) => file.endsWith('.etcsurvey'))
    .flatMap((file) =>
      orIfFault(() => {
        const { content, records } = readSurvey(join(folder, file))
        const survey = projectOf(records)
        const simulated = isSimulated(survey)
        const lane = survey.opened?.lane ?? ''
        const { createdAtMs } = content
        return [{ lane, simulated, createdAtMs, items: itemViews(survey) }]
      }, []),
    )
    .toSorted((a, b) => a.createdAtMs - b.createdAtMs)
  return [...new Map(read.map((one) => [one.lane, one])).values()]
}
