// The field readings of a survey as levels of 0 dBi, one a point: the mean power of all readings that stand.
// Correction of the instrument and gain of its probe are taken in here and nowhere else.
import { burstOf, meanDbm } from '#base/pure/figures/burst.ts'
import type { MeasuredPoint } from './field-map.ts'
import { pointKey, type GridPoint } from './grid.ts'
import type { FieldReading, SurveyProject } from '../file/project.ts'
import type { FieldArea } from '../file/record.ts'
import { areaOf, surveyPoints } from '../survey-points.ts'

export interface FieldLevel extends MeasuredPoint {
  /** Largest spread: of a burst, or between the readings of the point, dB. */
  readonly spreadDb: number
  /** The highest single level of all bursts, where a limit bounds from above. */
  readonly highestDbm: number
  /** The lowest one, where a limit bounds from below. */
  readonly lowestDbm: number
  readonly zMm: number
  /** Number of readings. */
  readonly readings: number
}

const thousandth = (value: number): number => Math.round(value * 1_000) / 1_000

function levelOf(fields: readonly FieldReading[]): FieldLevel | null {
  const [field] = fields
  if (field === undefined) return null
  const bursts = fields.map(({ levelsDbm, instrument, unit }) => {
    const gainDbi = unit === undefined ? (instrument?.gainDbi ?? 0) : 0
    const add = (instrument?.correctionDb ?? 0) - gainDbi
    const { levelDbm, spreadDb } = burstOf(levelsDbm)
    const [highestDbm, lowestDbm] = [Math.max(...levelsDbm) + add, Math.min(...levelsDbm) + add]
    return { levelDbm: levelDbm + add, spreadDb, highestDbm, lowestDbm }
  })
  const levels = bursts.map(({ levelDbm }) => levelDbm)
  const between = Math.max(...levels) - Math.min(...levels)
  return {
    xMm: field.xMm,
    yMm: field.yMm,
    zMm: field.zMm,
    readings: fields.length,
    levelDbm: thousandth(meanDbm(levels)),
    highestDbm: thousandth(Math.max(...bursts.map(({ highestDbm }) => highestDbm))),
    lowestDbm: thousandth(Math.min(...bursts.map(({ lowestDbm }) => lowestDbm))),
    spreadDb: thousandth(Math.max(between, ...bursts.map(({ spreadDb }) => spreadDb))),
  }
}

/** Levels of one place, by point. */
export function levelsAt(
  survey: Pick<SurveyProject, 'fieldsNow'>,
  place: FieldArea,
): ReadonlyMap<string, FieldLevel> {
  const here = survey.fieldsNow.filter((field) => field.place === place)
  const levels = [...Map.groupBy(here, pointKey)].flatMap(([key, fields]) => {
    const level = levelOf(fields)
    return level === null ? [] : [[key, level] as const]
  })
  return new Map(levels)
}

/** Each standing reading as a level of its own, in the order of the records. */
export const singleLevels = (fields: readonly FieldReading[]): readonly number[] =>
  fields.flatMap((field) => levelOf([field])?.levelDbm ?? [])

export interface GridLevel extends GridPoint {
  readonly level: FieldLevel | null
}

/** Each required point with its readings; empty where no grid is chosen. */
export function gridLevels(survey: SurveyProject): readonly GridLevel[] {
  if (survey.opened === null) return []
  const [lane, beside] = [levelsAt(survey, 'lane'), levelsAt(survey, 'neighbour')]
  return surveyPoints(survey.opened).map((point) => ({
    ...point,
    level: (areaOf(point) === 'lane' ? lane : beside).get(pointKey(point)) ?? null,
  }))
}
