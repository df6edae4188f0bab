// Two surveys of one lane side by side: what changed in the settings, point by point in the field, and in
// the verdicts. A difference is only meaningful if the settings of both surveys are known.
import { levelsAt } from '../field/field-readings.ts'
import type { PointMm } from '../field/grid.ts'
import { surveyItems } from '../items/index.ts'
import type { SurveyProject } from './project.ts'
import type { ItemId, Verdict } from './record.ts'

export interface PointChange extends PointMm {
  readonly beforeDbm: number
  readonly afterDbm: number
  readonly diffDb: number
}

/** A point that was measured in one of the two only. */
export interface SinglePoint extends PointMm {
  readonly in: 'before' | 'after'
  readonly levelDbm: number
}

interface SettingChange {
  readonly name: string
  readonly before: number | string | null
  readonly after: number | string | null
}

interface SurveyComparison {
  readonly points: readonly PointChange[]
  /** Measured in one of the two only. */
  readonly onlyBefore: number
  readonly onlyAfter: number
  readonly singles: readonly SinglePoint[]
  /** Null where no point is in both. */
  readonly meanDiffDb: number | null
  readonly settings: readonly SettingChange[]
  /** False: one of them does not say with which settings it was measured. */
  readonly settingsKnown: boolean
  readonly verdicts: readonly {
    readonly item: ItemId
    readonly before: Verdict
    readonly after: Verdict
  }[]
}

/** Points whose level changed by at least this much, the largest change first. */
export const pointsBeyond = (points: readonly PointChange[], db: number): readonly PointChange[] =>
  points
    .filter(({ diffDb }) => Math.abs(diffDb) >= db)
    .toSorted((a, b) => Math.abs(b.diffDb) - Math.abs(a.diffDb) || a.yMm - b.yMm || a.xMm - b.xMm)

const rounded = (value: number): number => Math.round(value * 100) / 100

/** Antenna settings during a survey, by name; empty: not recorded. */
export function settingsOf({
  setup,
}: Pick<SurveyProject, 'setup'>): ReadonlyMap<string, number | string | null> {
  if (setup === null) return new Map()
  const { profile, firmware, heightMm, downDeg, yawDeg, settings, at } = setup
  const place = at === undefined || at === null ? {} : { atXMm: at.xMm, atYMm: at.yMm }
  const hangs = { heightMm, downDeg, yawDeg, ...place }
  return new Map(Object.entries({ profile, firmware, ...hangs, ...settings }))
}

function changedSettings(before: SurveyProject, after: SurveyProject): readonly SettingChange[] {
  const [old, now] = [settingsOf(before), settingsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])].toSorted().flatMap((name) => {
    const change = { name, before: old.get(name) ?? null, after: now.get(name) ?? null }
    return change.before === change.after ? [] : [change]
  })
}

export function compareSurveys(before: SurveyProject, after: SurveyProject): SurveyComparison {
  const [old, now] = [levelsAt(before, 'lane'), levelsAt(after, 'lane')]
  const points = [...old].flatMap(([key, was]): PointChange[] => {
    const is = now.get(key)
    if (is === undefined) return []
    const [beforeDbm, afterDbm] = [was.levelDbm, is.levelDbm]
    const { xMm, yMm } = was
    return [{ xMm, yMm, beforeDbm, afterDbm, diffDb: rounded(afterDbm - beforeDbm) }]
  })
  const single = (
    in_: SinglePoint['in'],
    levels: typeof old,
    others: typeof old,
  ): readonly SinglePoint[] =>
    [...levels]
      .filter(([key]) => !others.has(key))
      .map(([, { xMm, yMm, levelDbm }]) => ({ xMm, yMm, in: in_, levelDbm }))
  const sum = points.reduce((all, { diffDb }) => all + diffDb, 0)
  return {
    points,
    onlyBefore: old.size - points.length,
    onlyAfter: now.size - points.length,
    singles: [...single('before', old, now), ...single('after', now, old)],
    meanDiffDb: points.length === 0 ? null : rounded(sum / points.length),
    settings: changedSettings(before, after),
    settingsKnown: before.setup !== null && after.setup !== null,
    verdicts: surveyItems.flatMap(({ id, judge }) => {
      const change = { item: id, before: judge(before).verdict, after: judge(after).verdict }
      return change.before === change.after ? [] : [change]
    }),
  }
}
