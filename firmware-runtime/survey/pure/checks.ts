// The questions that a person answers on site for a row of table D.1, and what the answers say.
// Every question is answered, or the row stays incomplete; one "no" fails it.
import { t } from '#base/pure/words/fault-text.ts'
import { finding, notMeasured, type CheckPart, type ItemExample } from './item.ts'
import { because, withStep } from './next-steps.ts'
import { isAskedAt } from './file/open-place.ts'
import { checkKey, type SurveyProject, type Timed } from './file/project.ts'
import { isNamed, isReason } from './reasons.ts'
import type { CheckBody, Finding, ItemId } from './file/record.ts'

/** `question` and `look` are [Chinese, English]. */
export const part = (
  name: string,
  question: readonly [string, string],
  look: readonly [string, string],
  source: string,
  photo = false,
  of?: readonly string[],
): CheckPart => ({
  part: name,
  text: t(...question),
  look: t(...look),
  source,
  photo,
  ...(of === undefined ? {} : { of }),
})

/** The questions of a row that are asked at what is surveyed. */
export const partsAt = (
  parts: readonly CheckPart[],
  { opened }: Pick<SurveyProject, 'opened'>,
): readonly CheckPart[] => parts.filter(({ of }) => isAskedAt(of, opened))

export const photosFor = (
  survey: SurveyProject,
  item: ItemId,
  of: string,
): SurveyProject['photos'] =>
  survey.photos.filter((photo) => photo.item === item && photo.part === of)

export function judgeChecks(
  item: ItemId,
  all: readonly CheckPart[],
  survey: SurveyProject,
): Finding {
  const parts = partsAt(all, survey)
  const answers = parts.map((one) => ({ one, got: survey.checks.get(checkKey(item, one.part)) }))
  const given = answers.filter(({ got }) => got !== undefined).length
  if (given === 0) return notMeasured()
  const failed = answers.filter(({ got }) => got?.answer === 'no')
  const list = (of: typeof answers, as: 'zh' | 'en'): string =>
    of.map(({ one }) => one.text[as]).join(as === 'zh' ? '、' : ', ')
  if (failed.length > 0) {
    const words = t(`不符合:${list(failed, 'zh')}`, `Not in order: ${list(failed, 'en')}`)
    return finding('fail', withStep('mend', words), given)
  }
  const lacks = (one: CheckPart, got: Timed<CheckBody>): boolean =>
    got.answer === 'notApplicable'
      ? !isExcused(got)
      : one.photo && got.photos.length + photosFor(survey, item, one.part).length === 0
  const open = answers.filter(({ one, got }) => got === undefined || lacks(one, got))
  if (open.length > 0) {
    const words = t(
      `尚缺答案、照片或不适用的理由(具名,至少 10 个字):${list(open, 'zh')}`,
      `Still without an answer, a photo or why it does not apply (10 characters or more, of a named person): ${list(open, 'en')}`,
    )
    return finding('incomplete', withStep('answer', words), given)
  }
  return looked(answers)
}

/** True for a part that does not apply, for a reason. */
export const isExcused = ({ answer, remark, by }: Timed<CheckBody>): boolean =>
  answer === 'notApplicable' && isReason(remark) && isNamed(by)

/** Least parts that were looked at: two, and half of them; ours. */
const lookedMin = (parts: number): number => Math.min(parts, Math.max(2, Math.ceil(parts / 2)))

function looked(answers: readonly { readonly got: CheckBody | undefined }[]): Finding {
  const n = answers.length
  const yes = answers.filter(({ got }) => got?.answer === 'yes').length
  if (yes < lookedMin(n))
    return finding(
      'incomplete',
      because(
        'answer',
        `${n} 项中 ${n - yes} 项填为不适用,只检查了 ${yes} 项,至少 ${lookedMin(n)} 项`,
        `${n - yes} of ${n} parts are said not to apply: ${yes} checked, ${lookedMin(n)} at least are asked`,
      ),
      n,
    )
  const rest = yes === n ? t('', '') : t(`,${n - yes} 项不适用`, `, ${n - yes} not applicable`)
  return finding('pass', t(`${yes} 项检查符合${rest.zh}`, `${yes} checks in order${rest.en}`), n)
}

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
    remark: answer === 'notApplicable' ? '示例:本车道没有这一部分' : '',
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
  // A part may be absent, where enough of the others were looked at.
  {
    verdict: parts.length > 2 ? 'pass' : 'incomplete',
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
      ...answered(item, parts.slice(1), 'notApplicable'),
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
