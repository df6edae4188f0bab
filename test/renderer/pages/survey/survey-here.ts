// The defaults that a folder's rule pack gives a new survey, in the runtime's answer.
// Shared by the tests of pages that list surveys.
import type { SurveyListView } from '#survey/calls/survey-views.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { gridsOf } from '#survey/pure/field/grid.ts'
import { openPlaces, openReaders } from '#base/pure/values/open-readers.ts'
import { samplingOf } from '#survey/pure/file/sampling.ts'

export const surveyHere: SurveyListView['here'] = {
  grids: gridsOf(baseRules),
  sampling: samplingOf(baseRules),
  plans: null,
  open: openPlaces.map((place) => ({ ...place, words: openReaders[place.reader].words })),
}
