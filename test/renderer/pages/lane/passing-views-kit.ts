// A lane's zone by passages: one lane with known ends, and one where nothing is known.
// Estimate and words are the product's own, from made-up facts: cars at 2 m/s over loops 2.5 m apart.
import type { PassingView } from '#survey/calls/passing-views.ts'
import type { NoGeometry, PassingGeometry } from '#survey/pure/passing/estimate.ts'
import type { PassageFact } from '#survey/pure/passing/facts.ts'
import { reviewOf } from '#survey/pure/passing/review.ts'
import { passingWords } from '#survey/pure/passing/words.ts'

const geometry: PassingGeometry = { triggerFrontMm: 3_000, loopsApartMm: 2_500, loopDelayMs: 0 }

/** First answers spread over 1.5 m; the last one is a pause of a second before the end of the zone. */
export const passageFact = (i: number, lateMs = 0): PassageFact => ({
  kind: 'passage',
  triggerOffMs: 2_800,
  underOnMs: 1_250,
  underOffMs: 4_050,
  searchOnMs: -15_000,
  firstMs: 400 + (i % 16) * 50 + lateMs,
  lastMs: 2_400 + (i % 16) * 50 + lateMs,
  tries: 3,
  searchOffMs: null,
})

export function passingView(
  where: PassingGeometry | NoGeometry = geometry,
  more: { readonly lateMs?: number; readonly measured?: PassingView['measured'] } = {},
): PassingView {
  const day = (n: number, lateMs = 0) => ({
    day: `2026-05-0${n}`,
    facts: Array.from({ length: 120 }, (_, i) => passageFact(i, lateMs)),
  })
  const days = [1, 2, 3].map((n) => day(n))
  const review = reviewOf([...days, day(4, more.lateMs)], null, where)
  return {
    laneId: 'exit',
    ...review,
    since: null,
    dropped: 0,
    measured: more.measured ?? { entryMm: null, exitMm: null },
    words: passingWords(review),
  }
}
