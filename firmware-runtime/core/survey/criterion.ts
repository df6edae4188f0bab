// By what row 6 is judged: limit and procedure of GB/T 35070.2-2018 clause 5.3, whose text is not public.
// Ours are data of the profile library, assumed and shown as such, until a person enters the cited text.
import library from '../../../device-profiles/criteria/d6.json' with { type: 'json' }
import { t, type BilingualText } from '../values/fault-text.ts'
import type { SurveyProject } from './project.ts'

export interface Criterion {
  readonly status: 'assumed' | 'cited'
  /** Answers that must be logged, and how many of them may be of the neighbour lane. */
  readonly triesMin: number
  readonly readsMax: number
  /** The field at the neighbour's place stays below this; null: it is measured and not judged. */
  readonly neighbourDbmMax: number | null
  readonly procedure: BilingualText
  /** As printed in the standard; empty while it is assumed. */
  readonly text: string
  /** Where it is printed; empty while it is assumed. */
  readonly source: string
}

export const assumedCriterion: Criterion = {
  status: 'assumed',
  triesMin: library.triesMin.value,
  readsMax: library.readsMax.value,
  neighbourDbmMax: library.neighbourDbmMax.value,
  procedure: t(library.procedure.zh, library.procedure.en),
  ...{ text: '', source: '' },
}

/** The last one that a person cited, or ours. */
export function criterionOf({ criteria }: SurveyProject): Criterion {
  const cited = criteria.findLast(({ item }) => item === 'D6')
  if (cited === undefined) return assumedCriterion
  const { triesMin, readsMax, neighbourDbmMax, text, source } = cited
  const procedure = t(text, text)
  return { status: 'cited', triesMin, readsMax, neighbourDbmMax, text, source, procedure }
}
