// The questions that a person answers on site for rows 1 to 4 of table D.1, and what the answers say.
// Every question is answered, or the row stays incomplete; one "no" fails it.
import { t, type BilingualText } from '../values/fault-text.ts'
import { finding, notMeasured, type ItemExample } from './item.ts'
import { checkKey, type SurveyProject } from './project.ts'
import type { CheckBody, Finding, ItemId } from './record.ts'

export interface CheckPart {
  readonly part: string
  readonly text: BilingualText
  /** Clause or standard behind it. */
  readonly source: string
  /** A picture is part of the answer. */
  readonly photo: boolean
}

export const part = (
  name: string,
  zh: string,
  en: string,
  source: string,
  photo = false,
): CheckPart => ({ part: name, text: t(zh, en), source, photo })

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
  const open = answers.filter(({ one, got }) => got === undefined || (one.photo && needsPhoto(got)))
  if (open.length > 0) {
    const words = t(
      `尚缺答案或照片:${list(open, 'zh')}`,
      `Still without an answer or photo: ${list(open, 'en')}`,
    )
    return finding('incomplete', words, given)
  }
  return finding('pass', t(`${given} 项检查全部符合`, `All ${given} checks in order`), given)
}

const needsPhoto = (got: CheckBody): boolean => got.answer === 'yes' && got.photos.length === 0

const answered = (
  item: ItemId,
  parts: readonly CheckPart[],
  answer: CheckBody['answer'],
): readonly CheckBody[] =>
  parts.map(({ part: name }) => ({
    ...{ kind: 'check', item, part: name, answer, remark: '' },
    photos: ['00'.repeat(32)],
  }))

/** Examples of any row of questions: all yes, one no, one missing. */
export const checkExamples = (
  item: ItemId,
  parts: readonly CheckPart[],
): readonly ItemExample[] => [
  { verdict: 'pass', bodies: answered(item, parts, 'yes') },
  { verdict: 'pass', bodies: answered(item, parts, 'notApplicable') },
  {
    verdict: 'fail',
    bodies: [...answered(item, parts, 'yes'), ...answered(item, parts.slice(0, 1), 'no')],
  },
  { verdict: 'incomplete', bodies: answered(item, parts.slice(1), 'yes') },
  {
    verdict: 'incomplete',
    bodies: answered(item, parts, 'yes').map((body) => ({ ...body, photos: [] })),
  },
]
