// A verdict on the position of equipment: which clause, whether it may be left with a reason, the reason with its figures,
// and the advice. An unmeasured value is unknown and never passes. Figures and binding are of the rule pack.
import {
  shownMeasure,
  sitingMeasures,
  type Known,
  type SitingAmount,
  type SitingFact,
  type SitingMeasure,
  type SitingMeasures,
} from '#base/pure/lot/siting-measures.ts'
import { departs } from '#base/pure/lot/antenna-mount.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import type { RuleId } from '#base/pure/rules/rule-table.ts'
import type { SitingRule, StreetRule } from './layouts/layout.ts'

/** True for each device that the lane has a link to. */
export type DevicesThere = Readonly<Record<LaneKind, boolean>>

export interface SitingFinding {
  readonly rule: SitingRule | StreetRule
  readonly clause: string
  /** The text says "宜": it may be left with a reason. */
  readonly should: boolean
  readonly verdict: 'pass' | 'fail' | 'unknown'
  /** With its figures. */
  readonly reason: BilingualText
  /** Advice; null: nothing to do. */
  readonly todo: BilingualText | null
  readonly asks: readonly SitingMeasure[]
}

/** What a person has measured, and why what is recommended was not done. */
export interface Siting {
  readonly measures: SitingMeasures
  readonly deviation?: string | undefined
}
export const notMeasured: Siting = { measures: {} }

export type Judged = Pick<SitingFinding, 'verdict' | 'reason'>

/** A rule on `Of`: what stands there, with the rule pack. */
export interface Rule<Of extends { readonly rules: Rules }> {
  readonly asks: readonly SitingMeasure[]
  /** Judges with all measurements present. */
  judge(known: Known, of: Of): Judged
  readonly todo: BilingualText
}

export const pass = (zh: string, en: string): Judged => ({ verdict: 'pass', reason: t(zh, en) })
export const fail = (zh: string, en: string): Judged => ({ verdict: 'fail', reason: t(zh, en) })
export const unknown = (zh: string, en: string): Judged => ({
  verdict: 'unknown',
  reason: t(zh, en),
})
export const passIf = (fits: boolean, zh: string, en: string): Judged =>
  (fits ? pass : fail)(zh, en)

export const listed = (items: readonly BilingualText[]): BilingualText =>
  t(items.map(({ zh }) => zh).join('、'), items.map(({ en }) => en).join(', '))

export interface Bounds {
  readonly text: BilingualText
  readonly min: number
  /** Null: as much as there is. */
  readonly max: number | null
}

/** One value within the bounds that a clause prints. */
export function range(
  name: SitingAmount,
  boundsIn: (rules: Rules) => Bounds,
): Rule<{ readonly rules: Rules }> {
  const { text: what } = sitingMeasures[name]
  return {
    asks: [name],
    judge(known, { rules }) {
      const bounds = boundsIn(rules)
      const { text } = bounds
      const shown = shownMeasure(name, known[name])
      const fits = !departs(bounds, known[name])
      return passIf(fits, `${what.zh} ${shown};${text.zh}`, `${what.en} ${shown}; ${text.en}`)
    },
    todo: t(`调整${what.zh}`, `Correct it: ${what.en}`),
  }
}

/** A fact without a figure: a pass stands on the word of the person who looked. */
export function stated(name: SitingFact, todo: BilingualText): Rule<{ readonly rules: Rules }> {
  const { text: what } = sitingMeasures[name]
  return {
    asks: [name],
    judge: (known) =>
      passIf(
        known[name],
        `${known[name] ? '现场核对' : '现场核对不符'}:${what.zh}`,
        `${known[name] ? 'Checked on site' : 'Not so on site'}: ${what.en}`,
      ),
    todo,
  }
}

/** The finding of one rule; `clause`: as the layout numbers it. Empty: the rule pack does not ask for it. */
export function findingOf<Of extends { readonly rules: Rules }>(
  name: SitingRule | StreetRule,
  clause: string,
  { asks, judge, todo }: Rule<Of>,
  { measures }: Siting,
  of: Of,
): readonly SitingFinding[] {
  const { rules } = of
  const id: RuleId = `siting.${name}`
  if (!rules.asks(id)) return []
  const absent = asks.filter((one) => measures[one] === undefined)
  const { zh, en } = listed(absent.map((one) => sitingMeasures[one].text))
  const judged =
    absent.length === 0
      ? judge(measures as Known, of)
      : unknown(`还没有测量:${zh}`, `Not measured yet: ${en}`)
  const next = absent.length === 0 ? todo : t('测量后填写', 'Measure it and fill it in')
  return [
    {
      rule: name,
      clause: rules.clause(id) ?? clause,
      should: rules.binding(id) === 'should',
      asks,
      ...judged,
      todo: judged.verdict === 'pass' ? null : next,
    },
  ]
}

/** Violations of the clauses; an unmet "should" with a stated reason does not count. */
export const againstClauses = (
  findings: readonly SitingFinding[],
  { deviation = '' }: Siting,
): readonly SitingFinding[] =>
  findings.filter(({ verdict, should }) => verdict === 'fail' && !(should && deviation !== ''))
