// One survey as Studio's page shows it, and its line in the list: made from records alone.
// The next point is the one to walk to from the last that was taken.
import type { CheckQuestion, SurveyLine, SurveyPage } from '../../api/survey-views.ts'
import type { CheckPart } from '../../core/survey/checks.ts'
import { gridPoints, nextPoint, pointKey } from '../../core/survey/grid.ts'
import { antennaModelParts } from '../../core/survey/items/d04-antenna-model.ts'
import { electricalParts } from '../../core/survey/items/d03-electrical.ts'
import { layoutParts } from '../../core/survey/items/d02-layout.ts'
import { signsParts } from '../../core/survey/items/d01-signs.ts'
import { checkKey, projectOf, type SurveyProject } from '../../core/survey/project.ts'
import type { ItemId, SurveyRecord } from '../../core/survey/record.ts'
import { isoOf, type InstantMs } from '../../core/values/instant.ts'
import { fieldView, itemViews, wholeVerdict } from './survey-view.ts'

export interface SurveyFacts {
  readonly name: string
  readonly createdAtMs: InstantMs
  readonly records: readonly SurveyRecord[]
  readonly lost: readonly number[]
  readonly broken: readonly number[]
}

const questions: readonly (readonly [ItemId, readonly CheckPart[]])[] = [
  ['D1', signsParts],
  ['D2', layoutParts],
  ['D3', electricalParts],
  ['D4', antennaModelParts],
]

const checksOf = (survey: SurveyProject): readonly CheckQuestion[] =>
  questions.flatMap(([item, parts]) =>
    parts.map((one) => {
      const got = survey.checks.get(checkKey(item, one.part))
      return { item, ...one, answer: got?.answer ?? null, remark: got?.remark ?? '' }
    }),
  )

function lineOf(facts: SurveyFacts, survey: SurveyProject): SurveyLine {
  const { name, createdAtMs, records, lost, broken } = facts
  return {
    name,
    title: survey.opened?.title ?? name,
    site: survey.opened?.site ?? '',
    lane: survey.opened?.lane ?? '',
    createdAtIso: isoOf(createdAtMs),
    records: records.length,
    verdict: wholeVerdict(itemViews(survey)),
    whole: lost.length + broken.length === 0,
  }
}

export const surveyLine = (facts: SurveyFacts): SurveyLine =>
  lineOf(facts, projectOf(facts.records))

export function surveyPage(facts: SurveyFacts): SurveyPage {
  const survey = projectOf(facts.records)
  const points = survey.opened === null ? [] : gridPoints(survey.opened.grid)
  const last = survey.fields.findLast(({ place }) => place === 'lane') ?? null
  const here = new Set(points.map(pointKey))
  const taken = new Set(
    survey.fields
      .filter(({ place }) => place === 'lane')
      .map(pointKey)
      .filter((key) => here.has(key)),
  )
  return {
    ...lineOf(facts, survey),
    grid: survey.opened?.grid ?? null,
    items: itemViews(survey),
    field: fieldView(survey),
    next: nextPoint(points, taken, last),
    taken: taken.size,
    points: points.length,
    checks: checksOf(survey),
    setup: survey.setup,
    instruments: [...survey.instruments.values()],
    lost: facts.lost,
    broken: facts.broken,
  }
}
