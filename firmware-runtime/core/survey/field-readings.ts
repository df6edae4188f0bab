// The field readings of a survey, corrected, one level a point: the last reading of a point counts.
// Correction of the instrument is added here and nowhere else.
import { burstOf } from './burst.ts'
import type { MeasuredPoint } from './field-map.ts'
import { gridPoints, pointKey, type GridPoint } from './grid.ts'
import type { SurveyProject } from './project.ts'
import type { FieldBody } from './record.ts'

export interface FieldLevel extends MeasuredPoint {
  readonly spreadDb: number
}

const corrected = (survey: SurveyProject, field: FieldBody): FieldLevel => {
  const { levelDbm, spreadDb } = burstOf(field.levelsDbm)
  const add = survey.instruments.get(field.instrumentId)?.correctionDb ?? 0
  return { xMm: field.xMm, yMm: field.yMm, levelDbm: levelDbm + add, spreadDb }
}

/** Levels of one place, by point. */
export function levelsAt(
  survey: SurveyProject,
  place: FieldBody['place'],
): ReadonlyMap<string, FieldLevel> {
  return new Map(
    survey.fields
      .filter((field) => field.place === place)
      .map((field) => [pointKey(field), corrected(survey, field)]),
  )
}

export interface GridLevel extends GridPoint {
  readonly level: FieldLevel | null
}

/** Each point of the grid with what was read there; empty where no grid is chosen. */
export function gridLevels(survey: SurveyProject): readonly GridLevel[] {
  if (survey.opened === null) return []
  const levels = levelsAt(survey, 'lane')
  return gridPoints(survey.opened.grid).map((point) => ({
    ...point,
    level: levels.get(pointKey(point)) ?? null,
  }))
}
