// `survey check`, `survey photo`, `survey nameplate`: the rows of table D.1 that a person answers, one question at a
// time. Without an answer `survey check` prints the next question and what to look at.
import { t } from '#base/pure/words/fault-text.ts'
import { readUpTo } from '#base/files/read-up-to.ts'
import { addNameplate, addPhoto, type BroughtPicture } from '../../runs/survey-entries.ts'
import { checksOf, nextQuestion } from '../../pure/file/survey-page.ts'
import { itemViews } from '../../pure/file/survey-view.ts'
import { questionOf } from '../../pure/field/pictures.ts'
import { geometryOf } from '../../pure/items/d02-layout.ts'
import { plateFindings, plateWords } from '../../pure/nameplate.ts'
import { projectOf, type SurveyProject } from '../../pure/file/project.ts'
import type { SetupBody } from '../../pure/file/record.ts'
import { orDiskFault } from '#base/pure/faults/disk-fault.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { act, printed } from '#base/desk/commands/acts.ts'
import { needed, wrongFlag } from '#base/commands/command.ts'
import { antennaProfile } from '#devices/desk/profile/antenna-profiles.ts'
import { readSurvey, surveyDigests } from '../../files/open-survey.ts'
import { recordJson } from './record-acts.ts'
import { withSurvey } from './record-into.ts'
import { pointOf } from './zone-flags.ts'
import type { Given } from '#base/commands/usage-types.ts'

/** A picture named by a person; FILE-01 when it cannot be read. */
export const broughtPicture = (file: string, field: string): BroughtPicture =>
  orDiskFault({ file, otherwise: 'FILE-01' }, () => {
    const bytes = readUpTo(file, readBytesMax)
    return { bytes, from: { field, value: file }, digestOf: surveyDigests().ofBytes }
  })

export const photoAct = act(
  [
    'survey photo FILE --picture FILE --item D1 --part NAME [--where TEXT] [--at X,Y] [--remark TEXT] --by NAME',
  ],
  ({ words: [file], item, part, where = '', at, remark = '', by, ...values }) => {
    const photo = { item, part, where, at: pointOf(at, '--at'), remark, by }
    const picture = broughtPicture(values.picture, '--picture')
    const record = withSurvey(file, ({ ledger }) => addPhoto(ledger, photo, picture))
    return printed({ ok: true, file, record: recordJson(record) })
  },
)

/** A photo that is too large is refused by its own code; a file beyond this is no photo. */
const readBytesMax = 16 * photoUploadBytesMax

const number = (text: string | undefined, name: string): number | null => {
  if (text === undefined) return null
  if (/^-?\d{1,5}(?:\.\d{1,2})?$/.test(text)) return Number(text)
  throw wrongFlag(`--${name}`, t('不是数字', 'not a number'), text)
}

/** New measurements over those on record: tape and inclinometer are entered one after the other. */
function measuredSetup(
  { setup, nameplate }: SurveyProject,
  given: Pick<SetupBody, 'heightMm' | 'downDeg' | 'yawDeg'>,
): SetupBody {
  const antenna = nameplate?.library?.profile ?? nameplate?.model ?? '?'
  const before = setup ?? { profile: antenna, firmware: null, settings: {} }
  const { profile, firmware, settings } = before
  return {
    kind: 'setup',
    profile,
    firmware,
    settings,
    heightMm: given.heightMm ?? setup?.heightMm ?? null,
    downDeg: given.downDeg ?? setup?.downDeg ?? null,
    yawDeg: given.yawDeg ?? setup?.yawDeg ?? null,
    ...(setup?.at === undefined ? {} : { at: setup.at }),
  }
}

/** Records the answer with its photos, or the measurements; all or nothing. */
function record(file: string, values: Omit<Given<typeof usage>, 'words'>): void {
  const by = needed(values.by, 'by')
  const { item, part, answer, remark = '', where = '' } = values
  const measured = {
    heightMm: number(values.height, 'height'),
    downDeg: number(values.down, 'down'),
    yawDeg: number(values.yaw, 'yaw'),
  }
  const isMeasured = Object.values(measured).some((value) => value !== null)
  withSurvey(file, ({ ledger }) => {
    const bodies: object[] = []
    if (isMeasured) bodies.push(measuredSetup(ledger.project, measured))
    if (values.deviation !== undefined)
      bodies.push({ kind: 'deviation', item: 'D2', text: values.deviation, area: null })
    if (item !== undefined || answer !== undefined) {
      const found = questionOf(needed(item, 'item'), needed(part, 'part'))
      const given = needed(answer, 'answer')
      const { item: id } = found
      bodies.push({ kind: 'check', item: id, part, answer: given, remark, where, photos: [] })
    }
    ledger.addTyped(bodies, by, values.reason)
  })
}

const checkFlags = ['item', 'answer', 'height', 'down', 'yaw', 'deviation'] as const

const usage = [
  'survey check FILE [--item D1 --part NAME --answer yes|no|notApplicable [--remark TEXT] [--where TEXT]] [--height MM.M] [--down DEG] [--yaw DEG] [--deviation TEXT] [--by NAME] [--reason TEXT]',
] as const

export const checkAct = act(usage, ({ words: [file], ...values }) => {
  if (checkFlags.some((name) => values[name] !== undefined)) record(file, values)
  const survey = projectOf(readSurvey(file).records)
  const questions = checksOf(survey)
  const rows = itemViews(survey).filter(({ id }) => questions.some(({ item }) => item === id))
  const view = {
    ok: rows.every(({ verdict }) => verdict === 'pass'),
    file,
    next: nextQuestion(questions),
    geometry: geometryOf(survey),
    rows: rows.map(({ id, verdict, words: said, next }) => ({
      item: id,
      verdict,
      words: said,
      next,
    })),
    questions,
  }
  return printed(view, !rows.some(({ verdict }) => verdict === 'fail'))
})

export const nameplateAct = act(
  [
    'survey nameplate FILE --model M [--serial S] [--approval NO] [--hardware V] [--profile VENDOR/MODEL [--data DIR]] --by NAME [--reason TEXT]',
  ],
  ({ words: [file], ...values }) => {
    const profile =
      values.profile === undefined
        ? null
        : antennaProfile(values.data ?? null, values.profile, '--profile')
    const plate = {
      model: values.model,
      serialNo: values.serial ?? null,
      approvalNo: values.approval ?? null,
      hardwareVersion: values.hardware ?? null,
      by: values.by,
      ...(values.reason === undefined ? {} : { reason: values.reason }),
    }
    const kept = withSurvey(file, ({ ledger }) => addNameplate(ledger, plate, profile))
    const { body } = kept
    if (body.kind !== 'nameplate') return 1
    const found = plateFindings(body)
    const differs = Object.values(found).includes('differs')
    const view = {
      ok: !differs,
      file,
      ...found,
      words: plateWords(found),
      record: recordJson(kept),
    }
    return printed(view, !differs)
  },
)
