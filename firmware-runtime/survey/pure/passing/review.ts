// All stored days of a lane as one result: the estimate from the newest passages, and the newest day against the reference.
// A person who turned the antenna records it, and earlier days no longer count.
import { driftNeeds, driftOf, looksAt, referenceOf, type DriftAnswer } from './drift.ts'
import {
  estimateZone,
  type NoGeometry,
  type PassingEstimate,
  type PassingGeometry,
} from './estimate.ts'
import type { PassingFact } from './facts.ts'

/** Newest passages that the estimate is made of. */
const estimatePassages = 500
/** Days of the reference, and what a day must have to be one. */
const reference = { days: 7, passagesMin: 30 } as const

export interface PassingDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly facts: readonly PassingFact[]
}

/** From when on the antenna hangs and sends as it does; `skip` facts of that day were before. */
export interface PassingSince {
  readonly day: string
  readonly skip: number
}

export interface PassingReview {
  readonly estimate: PassingEstimate
  /** First and last day used; null: no days. */
  readonly from: string | null
  readonly until: string | null
  readonly referenceDays: readonly string[]
  /** Null where the position of the loops is unknown. */
  readonly drift: DriftAnswer | null
  /** The day that was examined; null: no day. */
  readonly lookedAt: string | null
}

export const heardIn = (facts: readonly PassingFact[]): number =>
  facts.reduce((sum, fact) => sum + (fact.kind === 'passage' && fact.firstMs !== null ? 1 : 0), 0)

/** The first facts with so many answers in them. */
function untilHeard(facts: readonly PassingFact[], count: number): readonly PassingFact[] {
  let answering = 0
  const end = facts.findIndex(
    (fact) => fact.kind === 'passage' && fact.firstMs !== null && ++answering >= count,
  )
  return end < 0 ? facts : facts.slice(0, end + 1)
}

/** The newest days that together have so many passages with an answer; in their order. */
function newest(days: readonly PassingDay[], count: number): readonly PassingDay[] {
  let answering = 0
  const first = days.findLastIndex(({ facts }) => (answering += heardIn(facts)) >= count)
  return days.slice(Math.max(0, first))
}

function sinceOf(days: readonly PassingDay[], since: PassingSince | null): readonly PassingDay[] {
  const sorted = days.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  if (since === null) return sorted
  return sorted
    .filter(({ day }) => day >= since.day)
    .map((one) => (one.day === since.day ? { ...one, facts: one.facts.slice(since.skip) } : one))
}

function driftOfDays(days: readonly PassingDay[], geometry: PassingGeometry) {
  const enough = days.filter(({ facts }) => heardIn(facts) >= reference.passagesMin)
  const last = days.at(-1)
  const usual = enough.filter(({ day }) => day !== last?.day).slice(0, reference.days)
  // A day of few cars is looked at with those before it, as far as they are no reference.
  const rest = days.slice(days.findIndex(({ day }) => day === usual.at(-1)?.day) + 1)
  const window = newest(rest, driftNeeds.dayPassages).flatMap(({ facts }) => facts)
  const answering = heardIn(window)
  const look = looksAt.findLast((count) => count <= answering)
  const drift = driftOf(
    referenceOf(
      usual.map(({ facts }) => facts),
      geometry,
    ),
    look === undefined ? window : untilHeard(window, look),
    geometry,
  )
  return { drift, referenceDays: usual.map(({ day }) => day), lookedAt: last?.day ?? null }
}

export function reviewOf(
  kept: readonly PassingDay[],
  since: PassingSince | null,
  geometry: PassingGeometry | NoGeometry,
): PassingReview {
  const days = sinceOf(kept, since)
  const recent = newest(days, estimatePassages)
  const estimate = estimateZone(
    recent.flatMap(({ facts }) => facts),
    geometry,
  )
  const base = { estimate, from: recent[0]?.day ?? null, until: recent.at(-1)?.day ?? null }
  if (typeof geometry === 'string')
    return { ...base, referenceDays: [], drift: null, lookedAt: null }
  return { ...base, ...driftOfDays(days, geometry) }
}
