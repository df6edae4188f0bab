// Selects the newest of several surveys of the same lane, for the set-up and the acceptance alike.
import type { SurveyLine } from './survey-page.ts'

export function newestSurveys(surveys: readonly SurveyLine[]): readonly SurveyLine[] {
  const newest = new Map<string, SurveyLine>()
  for (const one of surveys.toSorted((a, b) => (a.createdAtIso < b.createdAtIso ? -1 : 1)))
    newest.set(`${one.site}/${one.lane}`, one)
  return [...newest.values()]
}

export const surveyName = ({ title, lane }: SurveyLine): string =>
  [title, lane].filter((part) => part !== '').join(' ')
