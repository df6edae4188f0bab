// Where the field is strongest, against clause 7.1.1 e: it should be at the trigger, so in the needed area, which holds the
// trigger. Two levels of one instrument are compared; a difference within the guard band decides nothing.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { inArea } from './area.ts'
import { levelsAt, type FieldLevel } from './field-readings.ts'
import type { PointMm } from './grid.ts'
import type { SurveyProject } from '../file/project.ts'
import type { Verdict } from '../file/record.ts'

export interface StrongestPoint extends PointMm {
  readonly levelDbm: number
  /** Distance from the trigger; null: no trigger is stated. */
  readonly offMm: number | null
  readonly verdict: Verdict
  readonly words: BilingualText
}

const metres = (mm: number): string => (mm / 1000).toFixed(2)

/** Null: no reading in the lane. `guardDb`: of the decision rule of row 5. */
export function strongestPoint(survey: SurveyProject, guardDb: number): StrongestPoint | null {
  const { zone, trigger = null } = survey.opened ?? {}
  const off = ({ xMm, yMm }: PointMm): number | null =>
    trigger === null ? null : Math.hypot(xMm - trigger.xMm, yMm - trigger.yMm)
  // Of equal levels the one next to the trigger.
  const all = [...levelsAt(survey, 'lane').values()].toSorted(
    (a, b) => b.levelDbm - a.levelDbm || (off(a) ?? 0) - (off(b) ?? 0),
  )
  const isInside = (level: FieldLevel): boolean => zone !== undefined && inArea(zone.needed, level)
  const inside = all.find(isInside)
  // Of a level inside and an equal one outside, the one inside.
  const top = inside !== undefined && inside.levelDbm === all[0]?.levelDbm ? inside : all[0]
  if (top === undefined) return null
  const { xMm, yMm, levelDbm } = top
  const offMm = off(top)
  const found = { xMm, yMm, levelDbm, offMm: offMm === null ? null : Math.round(offMm) }
  const far =
    offMm === null
      ? ['', '']
      : [`,距触发点 ${metres(offMm)} m`, `, ${metres(offMm)} m off the trigger`]
  const at = `${levelDbm.toFixed(1)} dBm (${metres(xMm)}, ${metres(yMm)})`
  const judged = (verdict: Verdict, zh: string, en: string): StrongestPoint => ({
    ...found,
    verdict,
    words: t(`${at}${far[0]}:${zh}`, `${at}${far[1]}: ${en}`),
  })
  if (inside === undefined)
    return judged('incomplete', '需求区没有读数', 'the needed area has no reading')
  if (top === inside)
    return judged('pass', '在需求区内,符合 7.1.1 e', 'in the needed area, as 7.1.1 e recommends')
  const above = levelDbm - inside.levelDbm
  const [by, guard] = [above.toFixed(1), guardDb.toFixed(1)]
  return judged(
    above > guardDb ? 'fail' : 'marginal',
    `在需求区外,比区内最高高 ${by} dB(保护带 ${guard} dB)`,
    `outside the needed area, ${by} dB above the highest in it (guard ${guard} dB)`,
  )
}
