// A row is judged by one series of measurements: runs are never added up to a pass. Of several complete ones the
// worst gives the verdict, so that measuring again hides nothing; those that broke off prove a fail at most.
import type { BilingualText } from '../core/values/fault-text.ts'
import { t } from '../core/values/fault-text.ts'
import { finding, type Figure } from './item.ts'
import type { Finding, Verdict } from './record.ts'

export interface SeriesFinding {
  readonly verdict: Exclude<Verdict, 'notApplicable'>
  readonly words: BilingualText
  readonly readings: number
  readonly figure: Figure | null
}

const order = ['fail', 'marginal', 'pass', 'incomplete'] as const

/** The worst complete one, or else the last that is not complete; how many there were is said. */
export function worstOf(all: readonly SeriesFinding[]): Finding | null {
  const verdict = order.find((one) => all.some((each) => each.verdict === one))
  const worst = all.findLast((each) => each.verdict === verdict)
  if (worst === undefined) return null
  const { words, readings, figure } = worst
  const of =
    all.length === 1
      ? t('', '')
      : t(`(${all.length} 组中最差的完整一组)`, ` (the worst complete one of ${all.length} runs)`)
  return finding(worst.verdict, t(words.zh + of.zh, words.en + of.en), readings, figure)
}
