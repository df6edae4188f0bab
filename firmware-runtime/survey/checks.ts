// The questions that a person answers on site for a row of table D.1, and what the answers say.
// Every question is answered, or the row stays incomplete; one "no" fails it.
import { t } from '../core/values/fault-text.ts'
import { finding, notMeasured, type CheckPart, type ItemExample } from './item.ts'
import { checkKey, type SurveyProject } from './project.ts'
import type { CheckBody, Finding, ItemId } from './record.ts'

/** `question` and `look` are [Chinese, English]. */
export const part = (
  name: string,
  question: readonly [string, string],
  look: readonly [string, string],
  source: string,
  photo = false,
): CheckPart => ({ part: name, text: t(...question), look: t(...look), source, photo })

export const photosFor = (
  survey: SurveyProject,
  item: ItemId,
  of: string,
): SurveyProject['photos'] =>
  survey.photos.filter((photo) => photo.item === item && photo.part === of)

export function judgeChecks(
  item: ItemId,
  parts: readonly CheckPart[],
  survey: SurveyProject,
): Finding {
  const answers = parts.map((one) => ({ one, got: survey.checks.get(checkKey(item, one.part)) }))
  const given = answers.filter(({ got }) => got !== undefined).length
  if (given === 0) return notMeasured()
  const failed = answers.filter(({ got }) => got?.answer === 'no')
  const list = (of: typeof answers, as: 'zh' | 'en'): string =>
    of.map(({ one }) => one.text[as]).join(as === 'zh' ? '、' : ', ')
  if (failed.length > 0) {
    const words = t(`不符合:${list(failed, 'zh')}`, `Not in order: ${list(failed, 'en')}`)
    return finding('fail', words, given)
  }
  const lacks = (one: CheckPart, got: CheckBody): boolean =>
    got.answer === 'notApplicable'
      ? got.remark.trim() === ''
      : one.photo && got.photos.length + photosFor(survey, item, one.part).length === 0
  const open = answers.filter(({ one, got }) => got === undefined || lacks(one, got))
  if (open.length > 0) {
    const words = t(
      `尚缺答案、照片或不适用的备注:${list(open, 'zh')}`,
      `Still without an answer, a photo or why it does not apply: ${list(open, 'en')}`,
    )
    return finding('incomplete', words, given)
  }
  if (!someYes(item, parts, survey))
    return finding(
      'incomplete',
      t('全部填为不适用,没有一项检查过', 'all are said not to apply: nothing was checked'),
      given,
    )
  return finding('pass', t(`${given} 项检查全部符合`, `All ${given} checks in order`), given)
}

/** True when at least one part of a row is present. */
const someYes = (item: ItemId, parts: readonly CheckPart[], survey: SurveyProject): boolean =>
  parts.some(({ part: name }) => survey.checks.get(checkKey(item, name))?.answer === 'yes')

export const answered = (
  item: ItemId,
  parts: readonly CheckPart[],
  answer: CheckBody['answer'],
): readonly CheckBody[] =>
  parts.map(({ part: name }) => ({
    kind: 'check',
    item,
    part: name,
    answer,
    remark: answer === 'notApplicable' ? 'example' : '',
    photos: ['00'.repeat(32)],
  }))

/** Examples of any row of questions: all yes, one no, one missing; `more` is what else is measured. */
export const checkExamples = (
  item: ItemId,
  parts: readonly CheckPart[],
  more: ItemExample['bodies'] = [],
): readonly ItemExample[] => [
  { verdict: 'pass', bodies: [...answered(item, parts, 'yes'), ...more] },
  // `notApplicable` needs a reason, and at least one part must apply.
  { verdict: 'incomplete', bodies: [...answered(item, parts, 'notApplicable'), ...more] },
  {
    verdict: 'pass',
    bodies: [
      ...answered(item, parts, 'yes'),
      ...answered(item, parts.slice(-1), 'notApplicable'),
      ...more,
    ],
  },
  {
    verdict: 'incomplete',
    bodies: [
      ...answered(item, parts, 'yes'),
      ...answered(item, parts.slice(-1), 'notApplicable').map((body) => ({ ...body, remark: ' ' })),
      ...more,
    ],
  },
  {
    verdict: 'fail',
    bodies: [...answered(item, parts, 'yes'), ...answered(item, parts.slice(0, 1), 'no'), ...more],
  },
  { verdict: 'incomplete', bodies: [...answered(item, parts.slice(1), 'yes'), ...more] },
  {
    verdict: 'incomplete',
    bodies: [...answered(item, parts, 'yes').map((body) => ({ ...body, photos: [] })), ...more],
  },
]
