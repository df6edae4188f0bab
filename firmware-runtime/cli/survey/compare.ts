// `survey compare BEFORE AFTER`: what changed between two surveys, tied to the settings of each.
// Exit 1 when a row of table D.1 fails now that did not fail before.
import { compareSurveys } from '../../core/survey/compare.ts'
import { projectOf } from '../../core/survey/project.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, type CliIo } from '../command.ts'
import { readSurvey } from './open-survey.ts'

export function compareAct(args: readonly string[], io: CliIo): Promise<number> {
  const { words } = flags(args, {})
  const [before, after, ...more] = words
  if (before === undefined || after === undefined || more.length > 0)
    throw new LaneFault('ARG-01', { note: 'survey compare BEFORE AFTER' })
  const surveyOf = (file: string) => projectOf(readSurvey(file).records)
  const comparison = compareSurveys(surveyOf(before), surveyOf(after))
  const worse = comparison.verdicts.some((change) => change.after === 'fail')
  io.stdout(jsonText({ ok: !worse, before, after, ...comparison }, io.json))
  return Promise.resolve(worse ? 1 : 0)
}
