// A row is judged by one series of measurements: runs are never added up to a pass. Of several complete ones the
// worst gives the verdict, so that measuring again hides nothing; those that broke off, or were taken back, prove a fail
// or keep another from passing.
import { type BilingualText, t } from '#base/pure/words/fault-text.ts'
import { finding, type Figure } from '../item.ts'
import { nextStep, type NextStep } from '../next-steps.ts'
import type { Origin } from './origin.ts'
import type { Finding, Verdict } from './record.ts'

export interface SeriesFinding {
  readonly verdict: Exclude<Verdict, 'notApplicable'>
  readonly words: BilingualText
  /** Where it does not pass. */
  readonly next: NextStep
  readonly readings: number
  readonly figure: Figure | null
  /** Not complete, and what it has keeps another one from passing. */
  readonly spoils?: true
}

/** A withdrawn run supports no pass but still proves a fail, unless it was typed and may be a typing error. */
export function asRan(
  one: SeriesFinding,
  { goneFor, origin }: { readonly goneFor?: string; readonly origin?: Origin },
): SeriesFinding {
  if (goneFor === undefined) return one
  const bad = one.verdict === 'fail' && origin?.how !== 'typed' ? 'fail' : 'marginal'
  const isBad = one.verdict === 'fail' || one.verdict === 'marginal'
  const { zh, en } = one.words
  const words = t(`${zh}(已撤回:${goneFor})`, `${en} (taken back: ${goneFor})`)
  if (isBad) return { ...one, words, verdict: bad }
  return { ...one, words, verdict: 'incomplete', next: nextStep('again') }
}

const order = ['fail', 'marginal', 'pass', 'incomplete'] as const

/** The worst complete series, else the last incomplete one, with the number of series. */
export function worstOf(all: readonly SeriesFinding[]): Finding | null {
  const found = order.find((one) => all.some((each) => each.verdict === one))
  const spoilt = found === 'pass' ? all.findLast(({ spoils }) => spoils === true) : undefined
  const worst = spoilt ?? all.findLast((each) => each.verdict === found)
  if (worst === undefined) return null
  const { words, next, readings, figure } = worst
  const verdict = spoilt === undefined ? worst.verdict : 'marginal'
  const of =
    all.length === 1
      ? t('', '')
      : t(`(${all.length} 组中最差的一组)`, ` (the worst of ${all.length} runs)`)
  const said = { zh: words.zh + of.zh, en: words.en + of.en, next }
  return finding(verdict, said, readings, figure)
}
