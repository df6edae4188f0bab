// Answers of a person that another answer replaced: the questions of rows D1 to D4 and the name plate (survey-verdicts 7.19).
// The first answer stays in the report. Another one needs a reason, and where "not applicable" or a plate that says nothing
// takes the place of a fail, the reason of a second person (7.18).
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { answerVerdicts, verdictWords } from '#base/pure/words/survey-words.ts'
import { plateFindings } from './nameplate.ts'
import { because, type Reason } from './next-steps.ts'
import { isNamed, isReason, isSameWords, isSecondPerson } from './reasons.ts'
import type { CheckBody, ItemId, NameplateBody, SurveyBody, SurveyRecord } from './file/record.ts'

export type AnswerBody = CheckBody | NameplateBody
type Answered = SurveyRecord & { readonly body: AnswerBody }

export const isAnswer = (body: SurveyBody): body is AnswerBody =>
  body.kind === 'check' || body.kind === 'nameplate'
const isAnswered = (record: SurveyRecord): record is Answered => isAnswer(record.body)

const rowOf = (body: AnswerBody): ItemId => (body.kind === 'check' ? body.item : 'D4')
/** `D3 grounding`, or `D4 plate`. */
const questionIn = (body: AnswerBody): string =>
  body.kind === 'check' ? `${body.item} ${body.part}` : 'D4 plate'

/** What a verdict rests on; a value that was not stated before may be added. */
function saidIn(body: AnswerBody): ReadonlyMap<string, string> {
  if (body.kind === 'check') return new Map([['answer', body.answer]])
  const { kind: _kind, ...plate } = body
  return new Map(
    Object.entries(plate).flatMap(([name, value]) =>
      value === null ? [] : [[name, canonicalJson(value)] as const],
    ),
  )
}

const isOther = (was: AnswerBody, is: AnswerBody): boolean => {
  const said = saidIn(is)
  return [...saidIn(was)].some(([name, value]) => said.get(name) !== value)
}

/** The rows of which these answers replace another one, withdrawn or not. */
export function rowsAnsweredAgain(
  records: readonly Pick<SurveyRecord, 'body'>[],
  bodies: readonly SurveyBody[],
): readonly ItemId[] {
  return bodies.filter(isAnswer).flatMap((body) => {
    const before = records.flatMap((one) =>
      isAnswer(one.body) && questionIn(one.body) === questionIn(body) ? [one.body] : [],
    )
    const was = before.at(-1)
    if (was === undefined || !isOther(was, body)) return []
    return isReasonFor(body, body, before) ? [] : [rowOf(body)]
  })
}

const remarkIn = (body: AnswerBody): string => (body.kind === 'check' ? body.remark.trim() : '')

/** Each answer that another one replaced, or whose remark did not stay, with that one, in the order of the records. */
export function answersReplaced(
  records: readonly SurveyRecord[],
): readonly { readonly was: Answered; readonly is: Answered }[] {
  const last = new Map<string, Answered>()
  return records.filter(isAnswered).flatMap((is) => {
    const was = last.get(questionIn(is.body))
    last.set(questionIn(is.body), is)
    if (was === undefined) return []
    const said = remarkIn(was.body)
    const isLost = said !== '' && !isSameWords(said, remarkIn(is.body))
    return isLost || isOther(was.body, is.body) ? [{ was, is }] : []
  })
}

function findingsOf(body: AnswerBody): readonly string[] {
  if (body.kind === 'check') return [body.answer]
  const { approval, hardware } = plateFindings(body)
  return [approval, hardware]
}
const has = (body: AnswerBody, ...words: readonly string[]): boolean =>
  findingsOf(body).some((word) => words.includes(word))

/** In words: `不符合 (40 Ω)`, or what the plate says. */
export function answerWords(body: AnswerBody): BilingualText {
  if (body.kind === 'check') {
    const { zh, en } = verdictWords[answerVerdicts[body.answer]]
    const remark = body.remark.trim() === '' ? '' : ` (${body.remark.trim()})`
    return t(`${zh}${remark}`, `${en}${remark}`)
  }
  const { model, approvalNo, hardwareVersion, library } = body
  const said = [model, approvalNo, hardwareVersion, library?.profile]
    .map((one) => one ?? '-')
    .join(', ')
  return t(said, said)
}

/**
 * A reason for `answer` is its own remark, or a rerun record before it. Words that an earlier answer to the same question
 * had as its remark say nothing new.
 */
function isReasonFor(body: SurveyBody, answer: AnswerBody, before: readonly AnswerBody[]): boolean {
  const said =
    body.kind === 'rerun' && body.items.includes(rowOf(answer))
      ? body.reason
      : body === answer
        ? remarkIn(answer)
        : ''
  return isReason(said) && !before.some((one) => isSameWords(remarkIn(one), said))
}

/** Why an answer that was given again does not stand; null: it does, or none was. */
export function answerDoubt(records: readonly SurveyRecord[], item: ItemId): Reason | null {
  const failed = new Map<string, SurveyRecord>()
  for (const { was, is } of answersReplaced(records)) {
    if (rowOf(is.body) !== item || !isOther(was.body, is.body)) continue
    const question = questionIn(is.body)
    if (has(was.body, 'no', 'differs')) failed.set(question, was)
    const lifted = has(is.body, 'notApplicable', 'unknown') ? failed.get(question) : undefined
    const at = records.indexOf(is)
    const before = records
      .slice(0, at)
      .flatMap(({ body }) => (isAnswer(body) && questionIn(body) === question ? [body] : []))
    const reasons = records
      .slice(records.indexOf(lifted ?? was) + 1, at + 1)
      .filter(({ by, body }) => isNamed(by) && isReasonFor(body, is.body, before))
    const [from, to] = [answerWords(was.body), answerWords(is.body)]
    if (reasons.length === 0)
      return because(
        'reason',
        `回答由“${from.zh}”改为“${to.zh}”,没有写新的原因(具名,至少 10 个字,不是原来的备注)`,
        `the answer was changed from "${from.en}" to "${to.en}" without a reason (10 characters or more, of a named person, not the remark that it had)`,
      )
    if (lifted !== undefined && !reasons.some(({ by }) => isSecondPerson(by, lifted.by)))
      return because(
        'second',
        `“${from.zh}”改为“${to.zh}”,须由另一人写原因`,
        `"${from.en}" became "${to.en}": the reason has to be of a second person`,
      )
  }
  return null
}
