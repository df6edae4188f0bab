// `survey compare BEFORE AFTER`: differences between two surveys, with the settings of each. Exit 1 when a row of table
// D.1 fails now that did not fail before.
import { compareSurveys, pointsBeyond } from '../../pure/file/compare.ts'
import { projectOf } from '../../pure/file/project.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { within } from '#base/commands/command.ts'
import { readSurvey } from '../../files/open-survey.ts'

export const compareAct = act(
  ['survey compare BEFORE AFTER [--beyond N]'],
  ({ words: [before, after], ...values }) => {
    const beyondDb = within(values.beyond, 'beyond', { fallback: 3, min: 1, max: 60 })
    const surveyOf = (file: string) => projectOf(readSurvey(file).records)
    const comparison = compareSurveys(surveyOf(before), surveyOf(after))
    const worse = comparison.verdicts.some((change) => change.after === 'fail')
    const beyond = pointsBeyond(comparison.points, beyondDb)
    const said = { ok: !worse, before, after, ...comparison, beyondDb, beyond }
    return printed(said, !worse)
  },
)
