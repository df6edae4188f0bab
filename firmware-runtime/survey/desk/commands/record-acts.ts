// `survey add`, `survey undo`, `survey show`: write and read a survey file by hand. Every record is durable before its
// line is printed.
import { itemViews, fieldView, wholeVerdict } from '../../pure/file/survey-view.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { readSurveyPhotos } from '../../sqlite/survey-file.ts'
import { rulesSaid } from '../../pure/file/opened-pack.ts'
import { picturesNamed } from '../../pure/field/pictures.ts'
import { projectOf } from '../../pure/file/project.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { SurveyRecord } from '../../pure/file/record.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed } from '#base/commands/command.ts'
import { withSurvey } from './record-into.ts'
import { readText } from '#base/process/read-file.ts'
import { readSurvey, surveyDigests } from '../../files/open-survey.ts'

export const recordJson = ({ id, seq, atMs, by, body }: SurveyRecord) => ({
  id,
  seq,
  atIso: isoOf(atMs),
  by,
  body,
})

export const addAct = act(
  ['survey add FILE [--body JSON | --from FILE] --by NAME [--reason TEXT]'],
  ({ words: [file], by, ...values }) => {
    const source = values.from === undefined ? needed(values.body, 'body') : readText(values.from)
    const given = readStrictJson(source, values.from ?? '--body')
    // All records of a list or none: a bad one in the middle must not leave half of the list.
    const bodies = Array.isArray(given) ? given : [given]
    const records = withSurvey(file, ({ ledger }) => ledger.addTyped(bodies, by, values.reason))
    return printed({ ok: true, file, records: records.map(recordJson) })
  },
)

export const undoAct = act(
  ['survey undo FILE [--reason TEXT] --by NAME'],
  ({ words: [file], by, reason }) => {
    const record = withSurvey(file, ({ ledger }) => ledger.undo(by, reason))
    return printed({ ok: true, file, record: recordJson(record) })
  },
)

export const showAct = act(['survey show FILE'], ({ words: [file] }) => {
  const { content, records, issuer } = readSurvey(file)
  const survey = projectOf(records)
  const items = itemViews(survey)
  // A picture is part of the answer: one changed byte in it is as bad as one in a record.
  const pictures = readSurveyPhotos(file, surveyDigests().ofBytes)
  const there = new Set(pictures.photos.map(({ digest }) => digest))
  const picturesDamaged = pictures.damaged
  const picturesLost = picturesNamed(survey).filter(
    (digest) => !there.has(digest) && !picturesDamaged.includes(digest),
  )
  const faulty = [content.lost, content.broken, picturesDamaged, picturesLost]
  const whole = faulty.every((some) => some.length === 0)
  const view = {
    ok: whole,
    file,
    surveyId: content.surveyId,
    createdAtIso: isoOf(content.createdAtMs),
    site: survey.opened?.site ?? null,
    lane: survey.opened?.lane ?? null,
    rules: rulesSaid(survey.opened, issuer),
    verdict: wholeVerdict(items),
    items,
    field: fieldView(survey),
    records: content.records.length,
    repairs: survey.repairs,
    lost: content.lost,
    broken: content.broken,
    picturesDamaged,
    picturesLost,
  }
  return printed(view, whole)
})
