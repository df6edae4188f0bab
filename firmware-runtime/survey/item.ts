// What a row of table D.1 is: its text, how it is measured, the figure it is judged by. One file a row.
// Rows carry examples; one loop test runs them all.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import { instantOf, minuteMs, type InstantMs } from '../core/values/instant.ts'
import type { SurveyProject } from './project.ts'
import { rulesOf } from './survey-rules.ts'
import type { Finding, ItemId, SurveyBody, Verdict } from './record.ts'

/** When the first body of an example is recorded, each further one a second later. */
export const examplesAtMs: InstantMs = instantOf(2026, 3, 2, 9 * 60 * minuteMs)

export interface ItemExample {
  readonly verdict: Verdict
  readonly bodies: readonly SurveyBody[]
}

/** A question that a person answers on site. */
export interface CheckPart {
  readonly part: string
  readonly text: BilingualText
  /** What to look at, for who has not done it before. */
  readonly look: BilingualText
  /** Clause or standard behind it. */
  readonly source: string
  /** A picture is part of the answer. */
  readonly photo: boolean
}

export interface SurveyItem {
  readonly id: ItemId
  /** Chapter of the table. */
  readonly group: BilingualText
  readonly title: BilingualText
  /** The requirement as printed. */
  readonly printed: string
  /** How it is measured here. */
  readonly procedure: BilingualText
  /** What is taken from no standard, said beside the verdict. */
  readonly assumed: BilingualText | null
  /** What a person answers on site, one after the other. */
  readonly questions?: readonly CheckPart[]
  /** Procedure and assumption where a person cited the text for this survey; null: as above. */
  cited?(survey: SurveyProject): Pick<SurveyItem, 'procedure' | 'assumed'> | null
  judge(survey: SurveyProject): Finding
  readonly examples: () => readonly ItemExample[]
}

/** What the pack of a survey does not ask for is not judged. */
export const defineSurveyItem = (item: SurveyItem): SurveyItem => ({
  ...item,
  judge(survey) {
    const rules = rulesOf(survey.opened)
    if (rules.asks(item.id)) return item.judge(survey)
    const { packId, standard } = rules
    const words = t(
      `规则包 ${packId}(${standard})不要求`,
      `The rule pack ${packId} (${standard}) does not ask for it`,
    )
    return finding('notApplicable', words, 0)
  },
})

export type Figure = { readonly value: number; readonly unit: string }

/** A finding; figures are rounded to two decimals. */
export const finding = (
  verdict: Verdict,
  words: BilingualText,
  readings: number,
  figure: Figure | null = null,
): Finding => ({
  verdict,
  value: figure === null ? null : Math.round(figure.value * 100) / 100,
  unit: figure?.unit ?? null,
  readings,
  words,
})

/** Words that say something: a stroke is none. */
export const wordsMin = 10
export const saysSomething = (text: string | undefined): boolean =>
  (text ?? '').trim().length >= wordsMin

export const notMeasured = (): Finding =>
  finding('incomplete', t('尚未测试', 'Not measured yet'), 0)

export const groups = {
  general: t('一般检查', 'General check'),
  zone: t('通讯区域', 'Communication zone'),
  link: t('通信传输', 'Data link'),
  clock: t('时钟同步', 'Clock synchronisation'),
} as const
