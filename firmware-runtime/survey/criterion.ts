// Criteria of row 6: limit and procedure of GB/T 35070.2-2018 clause 5.3, whose text is not public.
// Ours are data of the profile library, assumed and shown as such, until a person enters the cited text.
import library from '../../device-profiles/criteria/d6.json' with { type: 'json' }
import { t } from '../core/values/fault-text.ts'
import type { SurveyProject } from './project.ts'
import type { Criterion } from './record.ts'

export const assumedCriterion: Criterion = {
  status: 'assumed',
  triesMin: library.triesMin.value,
  readsMax: library.readsMax.value,
  obusMin: library.obusMin.value,
  placesMin: library.placesMin.value,
  rounds: library.rounds.value,
  stressDb: library.stressDb.value,
  neighbourDbmMax: library.neighbourDbmMax.value,
  procedure: t(library.procedure.zh, library.procedure.en),
  text: '',
  source: '',
}

/** The last one that a person cited, or ours. */
export function criterionOf({ criteria }: SurveyProject): Criterion {
  const cited = criteria.findLast(({ item }) => item === 'D6')
  if (cited === undefined) return assumedCriterion
  const { triesMin, readsMax, neighbourDbmMax, text, source } = cited
  const procedure = t(text, text)
  // A cited text says its own counts; without a neighbour OBU nothing was tried.
  const ours = { obusMin: 1, placesMin: 0, rounds: assumedCriterion.rounds, stressDb: 0 }
  return { status: 'cited', ...ours, triesMin, readsMax, neighbourDbmMax, text, source, procedure }
}
