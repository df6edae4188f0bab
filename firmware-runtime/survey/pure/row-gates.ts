// What keeps any row from passing, whatever it measures: records lost before a repair, a clock that ran backwards during the
// row's readings, a second measurement or answer without a reason, and two sentences that exclude each other.
import { t } from '#base/pure/words/fault-text.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { chainsOf } from './file/chain-states.ts'
import { answerDoubt } from './answers.ts'
import { excluded } from './exclusions.ts'
import { projectOf, type SurveyProject } from './file/project.ts'
import type { Finding, ItemId, SurveyRecord } from './file/record.ts'
import { because, type Reason } from './next-steps.ts'
import { isNamed, isReason } from './reasons.ts'
import { itemsOf } from './reruns.ts'

type Judge = (survey: SurveyProject) => Finding

/** Two computers, or a clock that is corrected, may differ by so much; ours. */
const backMsMax = minuteMs

const isOfRow = ({ body }: SurveyRecord, item: ItemId): boolean =>
  itemsOf(body).includes(item) || (item === 'D6' && body.kind === 'crossRead')

/**
 * Sum of the steps back from the opening record over the readings of the row, in the file where it is the largest: many small
 * steps are one large one (survey-verdicts 7.23).
 */
function backMs(records: readonly SurveyRecord[], item: ItemId): number {
  const sums = chainsOf(records).map((chain) => {
    const own = chain.filter((record) => record.body.kind === 'opened' || isOfRow(record, item))
    return own.reduce((sum, { atMs }, i) => sum + Math.max(0, (own[i - 1]?.atMs ?? atMs) - atMs), 0)
  })
  return Math.max(0, ...sums)
}

function backwards({ records }: SurveyProject, item: ItemId): Reason | null {
  const ms = backMs(records, item)
  if (ms <= backMsMax) return null
  const min = (ms / minuteMs).toFixed(0)
  return because(
    'clockBack',
    `测量期间时钟倒退 ${min} 分钟,读数的先后不明:校时后重测`,
    `the clock ran back by ${min} min during the readings, so that their order is unknown: set it and measure again`,
  )
}

/** Records that no loss puts in doubt, or that are checked by themselves. */
const isBasis = ({ body }: SurveyRecord): boolean =>
  body.kind === 'opened' || body.kind === 'merged' || body.kind === 'criterion'

/** The row as judged by the records made since the last repair that lost some. */
function repaired(survey: SurveyProject, judge: Judge): Reason | null {
  const { records } = survey
  const at = records.findLastIndex(
    ({ body }) => body.kind === 'repaired' && body.lost.length + body.suspect.length > 0,
  )
  const body = records[at]?.body
  if (body?.kind !== 'repaired') return null
  const since = [...records.slice(0, at).filter(isBasis), ...records.slice(at + 1)]
  const again = judge(projectOf(since)).verdict
  if (again !== 'incomplete' && again !== 'notApplicable') return null
  const seqs = [...body.lost, ...body.suspect].toSorted((a, b) => a - b)
  const numbers = `${seqs.slice(0, 5).join(', ')}${seqs.length > 5 ? ' …' : ''}`
  return because(
    'again',
    `文件修复时有 ${seqs.length} 条记录丢失或无法证实(第 ${numbers} 条),本项可能在其中:修复后须重测`,
    `the repair lost or could not prove ${seqs.length} records (${numbers}), which may have been of this row: measure it again after the repair`,
  )
}

function unreasoned({ reruns }: SurveyProject, item: ItemId): Reason | null {
  const last = reruns.findLast(({ items }) => items.includes(item))
  if (last === undefined || (isReason(last.reason) && isNamed(last.by))) return null
  return because(
    'reason',
    `重测理由“${last.reason}”不成立(具名,至少 10 个字,不是同一个字)`,
    `the reason for measuring again, "${last.reason}", says nothing (a named person, 10 characters or more, not one repeated)`,
  )
}

/** A pass or a marginal result that something speaks against is incomplete. */
export function unless<F extends Pick<Finding, 'verdict' | 'words' | 'next'>>(
  found: F,
  doubt: () => Reason | null,
): F {
  if (found.verdict !== 'pass' && found.verdict !== 'marginal') return found
  const why = doubt()
  if (why === null) return found
  const { zh, en } = found.words
  const words = t(`${why.zh};${zh}`, `${why.en}; ${en}`)
  return { ...found, verdict: 'incomplete', words, next: why.next }
}

/** The finding of a row; a pass or a marginal result that rests on doubtful records is incomplete. */
export function gated(item: ItemId, judge: Judge, survey: SurveyProject): Finding {
  const found = judge(survey)
  const words = found.verdict === 'notApplicable' ? excluded(survey, item) : null
  if (words !== null)
    return { ...found, verdict: 'incomplete', words: t(words.zh, words.en), next: words.next }
  return unless(
    found,
    () =>
      repaired(survey, judge) ??
      backwards(survey, item) ??
      unreasoned(survey, item) ??
      answerDoubt(survey.records, item) ??
      excluded(survey, item),
  )
}
