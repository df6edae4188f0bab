// Effect of a setting on row 5 of table D.1 in the draws: the needed area inside the zone, the zone inside
// the box, both by the guard band. It bounds proposals; the verdict itself is given by readings alone.
import { medianOf } from '#base/pure/figures/burst.ts'
import { guardDb } from '../decision.ts'
import { columnsOf, rowsOf, type PointMm } from '../field/grid.ts'
import type { OpenedBody, Verdict } from '../file/record.ts'
import { surveyPoints } from '../survey-points.ts'
import { fieldLimitOf } from '../survey-rules.ts'
import { isOut, levelVerdict } from '../field/zone-verdict.ts'
import type { Hanging } from './aim.ts'
import type { ConditionalDraw } from './conditional-draws.ts'

/** The places judged by row 5; null: the survey declared no needed area, so there are no bounds. */
export interface Row5 {
  readonly need: readonly PointMm[]
  readonly out: readonly PointMm[]
  readonly guardDb: number
  readonly limitDbm: number
}

/** Lowest over the needed area, highest on the border of the box or beyond: medians of possible draws. */
export interface Row5Expected {
  readonly needDbm: number
  readonly outDbm: number
  readonly verdict: Verdict
  /** Distance in dB on the wrong side of the guard band; 0: no fail. */
  readonly failsByDb: number
}

export function row5Of(opened: OpenedBody): Row5 | null {
  const { zone, grid } = opened
  if (zone === undefined) return null
  const { needed } = zone
  const within = (all: readonly number[], from: number, to: number): readonly number[] => [
    ...new Set([from, ...all.filter((mm) => mm > from && mm < to), to]),
  ]
  const columns = within(columnsOf(grid), needed.leftMm, needed.rightMm)
  const need = within(rowsOf(grid), needed.nearMm, needed.farMm).flatMap((yMm) =>
    columns.map((xMm) => ({ xMm, yMm })),
  )
  const out = surveyPoints(opened)
    .filter((point) => isOut(grid, point))
    .map(({ xMm, yMm }) => ({ xMm, yMm }))
  return { need, out, guardDb: guardDb(zone), limitDbm: fieldLimitOf(opened) }
}

export const row5Places = (row5: Row5 | null): readonly PointMm[] =>
  row5 === null ? [] : [...row5.need, ...row5.out]

export function row5Judged(
  { guardDb: guard, limitDbm }: Pick<Row5, 'guardDb' | 'limitDbm'>,
  needDbm: number,
  outDbm: number,
): Row5Expected {
  const short = limitDbm - guard - needDbm
  const over = outDbm - (limitDbm + guard)
  return {
    needDbm,
    outDbm,
    verdict: levelVerdict(needDbm, outDbm, guard, limitDbm),
    failsByDb: Math.max(0, short, over),
  }
}

/** The two levels in one field; `from`: where the places of row 5 begin in it. */
export function row5Extremes({ need, out }: Row5, levels: Float64Array, from = 0) {
  const inside = levels.subarray(from, from + need.length)
  const outside = levels.subarray(from + need.length, from + need.length + out.length)
  return { need: Math.min(...inside), out: Math.max(...outside) }
}

/** As the middle of possible draws has it, for this power step and others: the extremes of a mean field are too mild. */
export function row5BySteps(
  row5: Row5,
  draws: readonly ConditionalDraw[],
  { mount, powerStep }: Hanging,
  from = 0,
): (step: number) => Row5Expected {
  const all = draws.map((draw) => ({
    ...row5Extremes(row5, draw.levels(mount, powerStep), from),
    dbPerStep: draw.dbPerStep,
  }))
  return (step) => {
    const middle = (of: 'need' | 'out'): number =>
      medianOf(all.map((one) => one[of] + one.dbPerStep * (step - powerStep)))
    return row5Judged(row5, middle('need'), middle('out'))
  }
}
