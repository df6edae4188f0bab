// The defaults that a folder's rule pack gives a new survey, in the runtime's answer.
// Shared by the tests of pages that list surveys.
import type { SurveyListView } from '../../firmware-runtime/survey/calls/survey-views.ts'
import { baseRules } from '../../firmware-runtime/base/pure/rules/packs.ts'
import { gridsOf } from '../../firmware-runtime/survey/pure/field/grid.ts'
import { openPlaces, openReaders } from '../../firmware-runtime/base/pure/values/open-readers.ts'
import { samplingOf } from '../../firmware-runtime/survey/pure/file/sampling.ts'

export const surveyHere: SurveyListView['here'] = {
  grids: gridsOf(baseRules),
  sampling: samplingOf(baseRules),
  plans: null,
  open: openPlaces.map((place) => ({ ...place, words: openReaders[place.reader].words })),
}
