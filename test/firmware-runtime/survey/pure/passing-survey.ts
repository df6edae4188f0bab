// A survey in which every row of table D.1 has passed or does not apply: the passing examples of its rows, one after the
// other. Shared by the tests of the survey.
import { surveyItems } from '#survey/pure/items/index.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import { boxField, wholeField } from './whole-field.ts'

const examples = surveyItems
  .filter(({ id }) => id !== 'D5')
  .flatMap((item) => item.examples().findLast(({ verdict }) => verdict === 'pass')?.bodies ?? [])
const others = examples.filter(({ kind }) => !['opened', 'instrument', 'field'].includes(kind))
/** Read by the instrument of the field, between its two drift readings, as row 5 requires. */
const nextDoor = examples.flatMap((body) =>
  body.kind === 'field' && body.place === 'neighbour' ? [{ ...body, instrumentId: 'a' }] : [],
)
const field = wholeField(boxField(-38, -52))
/** Each example has a network and an antenna of its own; a survey has one of each. */
const asOne = (body: SurveyBody): SurveyBody =>
  body.kind === 'opened'
    ? { ...body, access: 'mobile' }
    : body.kind === 'nameplate' && body.library !== null
      ? { ...body, library: { ...body.library, profile: 'example' } }
      : body

export const passingBodies: readonly SurveyBody[] = [
  ...field.slice(0, 1),
  ...others,
  ...field.slice(1, -1),
  ...nextDoor,
  ...field.slice(-1),
].map(asOne)
