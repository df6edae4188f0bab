// A row of table D.1: its text, its measuring procedure, and its verdict. One file per row.
// Rows contain examples, which one test runs in a loop.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { instantOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { because, nextStep, type Reason } from './next-steps.ts'
import { withoutZone } from './file/open-place.ts'
import type { SurveyProject } from './file/project.ts'
import { gated } from './row-gates.ts'
import { rulesOf } from './survey-rules.ts'
import type { Finding, ItemId, SurveyBody, Verdict } from './file/record.ts'

/** Time of the first body of an example; each further one is recorded a second later. */
export const examplesAtMs: InstantMs = instantOf(2026, 3, 2, 9 * 60 * minuteMs)

export interface ItemExample {
  readonly verdict: Verdict
  readonly bodies: readonly SurveyBody[]
}

/** A question that a person answers on site. */
export interface CheckPart {
  readonly part: string
  readonly text: BilingualText
  /** Instructions for a person without experience. */
  readonly look: BilingualText
  /** Clause or standard behind it. */
  readonly source: string
  /** The answer requires a photo. */
  readonly photo: boolean
  /** `lane`, readers and clauses that it is for; absent: it is asked everywhere (open-place.ts). */
  readonly of?: readonly string[]
}

export interface SurveyItem {
  readonly id: ItemId
  /** Chapter of the table. */
  readonly group: BilingualText
  readonly title: BilingualText
  /** The requirement as printed. */
  readonly printed: string
  /** Measuring procedure of this program. */
  readonly procedure: BilingualText
  /** Assumptions without a source in a standard, shown beside the verdict. */
  readonly assumed: BilingualText | null
  /** Questions that a person answers on site, in order. */
  readonly questions?: readonly CheckPart[]
  /** Procedure and assumption when a person has cited the text for this survey; null: not cited. */
  cited?(survey: SurveyProject): Pick<SurveyItem, 'procedure' | 'assumed'> | null
  /** On the zone of an antenna: a reader that is carried has none. */
  readonly zone?: true
  judge(survey: SurveyProject): Finding
  readonly examples: () => readonly ItemExample[]
}

/** Wraps an item so that rows not required by the rule pack of a survey are not judged. */
export const defineSurveyItem = (item: SurveyItem): SurveyItem => ({
  ...item,
  judge(survey) {
    const rules = rulesOf(survey.opened)
    const away = item.zone === true ? withoutZone(survey.opened) : null
    if (away !== null && rules.asks(item.id)) return finding('notApplicable', away, 0)
    if (rules.asks(item.id)) {
      const found = gated(item.id, (one) => item.judge(one), survey)
      const { procedure } = item.cited?.(survey) ?? item
      return found.next?.code === 'measure'
        ? { ...found, next: nextStep('measure', procedure) }
        : found
    }
    const { packId, standard } = rules
    const words = t(
      `规则包 ${packId}(${standard})不要求`,
      `The rule pack ${packId} (${standard}) does not ask for it`,
    )
    return finding('notApplicable', words, 0)
  },
})

export type Figure = { readonly value: number; readonly unit: string }

type Closed = 'pass' | 'notApplicable'
export const isClosed = (verdict: Verdict): verdict is Closed =>
  verdict === 'pass' || verdict === 'notApplicable'

/** A finding; figures are rounded to two decimals. One that is not closed has a reason with its next step. */
export const finding = <V extends Verdict>(
  verdict: V,
  words: [V] extends [Closed] ? BilingualText : Reason,
  readings: number,
  figure: Figure | null = null,
): Finding => ({
  verdict,
  value: figure === null ? null : Math.round(figure.value * 100) / 100,
  unit: figure?.unit ?? null,
  readings,
  words: t(words.zh, words.en),
  next: isClosed(verdict) || !('next' in words) ? null : words.next,
})

export const notMeasured = (): Finding =>
  finding('incomplete', because('measure', '尚未测试', 'Not measured yet'), 0)

export const groups = {
  general: t('一般检查', 'General check'),
  zone: t('通讯区域', 'Communication zone'),
  link: t('通信传输', 'Data link'),
  clock: t('时钟同步', 'Clock synchronisation'),
} as const
