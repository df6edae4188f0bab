// `survey compare BEFORE AFTER`: what changed between two surveys, tied to the settings of each.
// Exit 1 when a row of table D.1 fails now that did not fail before.
import { compareSurveys, pointsBeyond } from '../../survey/compare.ts'
import { projectOf } from '../../survey/project.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { jsonText } from '../client.ts'
import { flags, wholeWithin, type CliIo } from '../command.ts'
import { readSurvey } from '../../runtime/survey/open-survey.ts'

export function compareAct(args: readonly string[], io: CliIo): Promise<number> {
  const { values, words } = flags(args, { beyond: 'string' })
  const [before, after, ...more] = words
  if (before === undefined || after === undefined || more.length > 0)
    throw new LaneFault('ARG-01', { note: 'survey compare BEFORE AFTER' })
  const beyondDb = wholeWithin(values.beyond, 'beyond', { fallback: 3, min: 1, max: 60 })
  const surveyOf = (file: string) => projectOf(readSurvey(file).records)
  const comparison = compareSurveys(surveyOf(before), surveyOf(after))
  const worse = comparison.verdicts.some((change) => change.after === 'fail')
  const beyond = pointsBeyond(comparison.points, beyondDb)
  const said = { ok: !worse, before, after, ...comparison, beyondDb, beyond }
  io.stdout(jsonText(said, io.json))
  return Promise.resolve(worse ? 1 : 0)
}
