// Criteria of row 6: limit and procedure of GB/T 35070.2-2018 clause 5.3, whose text is not public.
// Ours are data of the profile library, assumed and shown as such, until a person enters the cited text.
import library from '../../../device-profiles/criteria/d6.json' with { type: 'json' }
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { SurveyProject } from './file/project.ts'
import { isNamed, isReason, isSecondPerson } from './reasons.ts'

/** Criteria of row 6. */
export interface Criterion {
  readonly status: 'assumed' | 'cited'
  /** Trials of one run (rounds times neighbour OBUs offered), and how many of them may be read. */
  readonly triesMin: number
  readonly readsMax: number
  /** Minimum per run: different neighbour OBUs, and their places. */
  readonly obusMin: number
  readonly placesMin: number
  /** Default number of rounds of a run. */
  readonly rounds: number
  /** Power increase of the stress run with the same OBUs, dB; 0: not required. */
  readonly stressDb: number
  /** Upper limit of the field at the neighbour's place; null: measured but not judged. */
  readonly neighbourDbmMax: number | null
  readonly procedure: BilingualText
  /** Text of the standard and its source; empty while assumed. */
  readonly text: string
  readonly source: string
}

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

type Cited = SurveyProject['criteria'][number]

const ofCited = ({ triesMin, readsMax, neighbourDbmMax, text, source }: Cited): Criterion => {
  const procedure = t(text, text)
  // A cited text says its own counts; without a neighbour OBU nothing was tried.
  const ours = { obusMin: 1, placesMin: 0, rounds: assumedCriterion.rounds, stressDb: 0 }
  return { status: 'cited', ...ours, triesMin, readsMax, neighbourDbmMax, text, source, procedure }
}

/** A text, of a named person, before the first run or by another person than the one who ran it. */
const isFirm = ({ text, by, atMs }: Cited, { crossReads }: SurveyProject): boolean =>
  isReason(text) &&
  isNamed(by) &&
  crossReads.every((run) => atMs <= run.atMs || isSecondPerson(by, run.by))

/** The last one that a person cited, or ours; one that might only excuse a run that was made counts beside it. */
export function criteriaOf(survey: SurveyProject): readonly [Criterion, ...Criterion[]] {
  const all = survey.criteria.filter(({ item }) => item === 'D6')
  const at = all.findLastIndex((one) => isFirm(one, survey))
  const firm = all[at]
  const last = all.at(-1)
  const first = firm === undefined ? assumedCriterion : ofCited(firm)
  return last === undefined || last === firm ? [first] : [first, ofCited(last)]
}

export const criterionOf = (survey: SurveyProject): Criterion => criteriaOf(survey)[0]
