// Where row 5 takes a second person: a needed area smaller than a car's width, and a withdrawn reading that would have failed
// the row by itself. A withdrawal takes a reason in any case.
import { inArea } from './area.ts'
import { guardDb, usualDecision } from '../decision.ts'
import { burstOf } from '#base/pure/figures/burst.ts'
import { because, type Reason } from '../next-steps.ts'
import type { Gone, GoneField, SurveyProject } from '../file/project.ts'
import { wholeArea } from './plan-frame.ts'
import { isNamed, isReason, isSecondPerson } from '../reasons.ts'
import type { ObuTriesBody, OpenedBody } from '../file/record.ts'
import { fieldLimitOf, rulesOf } from '../survey-rules.ts'
import { sideMm } from './zone-plan.ts'

type Gaps = readonly Reason[]

/** Written for row 5 by another person than this one, after this moment. */
const isConfirmed = ({ deviations }: SurveyProject, by: string, afterMs: number): boolean =>
  deviations.some(
    (one) =>
      one.item === 'D5' && one.atMs >= afterMs && isReason(one.text) && isSecondPerson(one.by, by),
  )

function neededGap(survey: SurveyProject, { zone }: OpenedBody): Gaps {
  const { opened, fields } = survey
  const aloneMm = rulesOf(opened).limit('D5', 'neededAlone')
  if (opened === null || zone === undefined || sideMm(zone.needed) >= aloneMm) return []
  const firstMs = fields[0]?.atMs ?? Infinity
  const isBefore = survey.deviations.some(
    (one) =>
      one.item === 'D5' &&
      one.atMs <= firstMs &&
      isReason(one.text) &&
      isSecondPerson(one.by, opened.by),
  )
  if (isBefore) return []
  return [
    because(
      'newSurvey',
      `需求区的一边小于 ${aloneMm / 1000} m(约定值),首次读数前须由第二人写明理由(偏离记录)`,
      `a needed area with a side of less than ${aloneMm / 1000} m (assumed) takes the reason of a second person before the first reading (a deviation)`,
    ),
  ]
}

/** True for a reading that would fail its place alone. */
function failsAlone(
  opened: OpenedBody,
  { levelsDbm, instrument, unit, ...at }: GoneField,
): boolean {
  const { zone, grid } = opened
  if (at.place === 'background' || at.place === 'drift') return false
  const gainDbi = unit === undefined ? (instrument?.gainDbi ?? 0) : 0
  const levelDbm = burstOf(levelsDbm).levelDbm + (instrument?.correctionDb ?? 0) - gainDbi
  const aboveDb = levelDbm - fieldLimitOf(opened)
  const guard = guardDb(zone ?? usualDecision)
  const { widthMm, lengthMm } = grid
  const isOut = at.xMm <= 0 || at.yMm <= 0 || at.xMm >= widthMm || at.yMm >= lengthMm
  if (isOut) return aboveDb >= guard
  return zone !== undefined && inArea(zone.needed, at) && aboveDb < -guard
}

const isLoud = (opened: OpenedBody, one: ObuTriesBody): boolean =>
  inArea(wholeArea(opened.grid), one) ? one.good < one.tries : one.good > 0

type Withdrawn = Gone<{ readonly xMm: number; readonly yMm: number }>

/** Withdrawals without a reason, and those that lift a fail without a second person. */
function goneGap(
  survey: SurveyProject,
  gone: readonly Withdrawn[],
  bad: readonly Withdrawn[],
): Gaps {
  const bare = gone.filter(({ goneFor, goneBy }) => !isReason(goneFor) || !isNamed(goneBy))
  const alone = bad.filter(
    ({ by, goneBy, atMs }) => !isSecondPerson(goneBy, by) && !isConfirmed(survey, by, atMs),
  )
  const at = ({ xMm, yMm }: Withdrawn): string => `(${xMm / 1000}, ${yMm / 1000})`
  const [one] = alone
  if (one !== undefined)
    return [
      because(
        'second',
        `撤回的 ${alone.length} 个读数单独即不符合(如 ${at(one)}),须由第二人撤回或写明理由(偏离记录)`,
        `${alone.length} withdrawn readings would fail by themselves (one at ${at(one)}): a second person withdraws them or writes why (a deviation)`,
      ),
    ]
  const [first] = bare
  if (first === undefined) return []
  return [
    because(
      'reason',
      `撤回读数(如 ${at(first)})的理由“${first.goneFor}”不成立(具名,至少 10 个字)`,
      `the reason "${first.goneFor}" for a withdrawn reading at ${at(first)} says nothing (a named person, 10 characters or more)`,
    ),
  ]
}

export function personGaps(survey: SurveyProject, opened: OpenedBody): Gaps {
  const { fieldsGone, triesGone } = survey
  const bad = fieldsGone.filter((one) => one.isNow && failsAlone(opened, one))
  const loud = triesGone.filter((one) => isLoud(opened, one))
  return [
    ...neededGap(survey, opened),
    ...goneGap(survey, bad, bad),
    ...goneGap(survey, triesGone, loud),
  ]
}
