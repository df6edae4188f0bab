// Of surveys that were made one after the other at the same lane the newest counts: the set-up and the acceptance ask
// for the same ones.
import type { SurveyLine } from './survey-page.ts'

export function newestSurveys(surveys: readonly SurveyLine[]): readonly SurveyLine[] {
  const newest = new Map<string, SurveyLine>()
  for (const one of surveys.toSorted((a, b) => (a.createdAtIso < b.createdAtIso ? -1 : 1)))
    newest.set(`${one.site}/${one.lane}`, one)
  return [...newest.values()]
}

export const surveyName = ({ title, lane }: SurveyLine): string =>
  [title, lane].filter((part) => part !== '').join(' ')
