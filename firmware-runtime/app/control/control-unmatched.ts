// The call about readings of a gantry that charged nobody although a car with a similar plate owes: each with the nearest cars,
// and why none of them was taken.
import type { UnmatchedView } from '../../api/sensors-views.ts'
import { certainMatch, type NotTaken } from '../../core/open/match-passing.ts'
import { partText } from '../../core/values/match-words.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { isoOf } from '../../core/values/instant.ts'
import type { LotRuntime } from '../lot/lot-runtime.ts'

const { scoreMin, marginMin } = certainMatch

const whyText = (score: number): Readonly<Record<NotTaken, BilingualText>> => ({
  noPlate: t('它的车牌没有读到', 'its plate was not read'),
  unlike: t(
    `${score} 分,不到 ${scoreMin} 分不自动扣`,
    `${score} points, and below ${scoreMin} nothing is charged automatically`,
  ),
  alsoLike: t(
    `${score} 分,还有一辆差不到 ${marginMin} 分`,
    `${score} points, with another car less than ${marginMin} behind`,
  ),
  lessLike: t(`${score} 分,另一辆更像`, `${score} points, and another car is more alike`),
})

export const unmatchedHandlers = (runtime: Pick<LotRuntime, 'lot' | 'nowMs' | 'openSpaces'>) => ({
  'spaces.unmatched': (): { readonly rows: readonly UnmatchedView[] } => ({
    rows: (runtime.openSpaces?.unmatched.list(runtime.lot, runtime.nowMs()) ?? []).map(
      ({ passing, cars }) => ({
        laneId: passing.laneId,
        plate: passing.plate,
        colour: passing.colour,
        atIso: isoOf(passing.atMs),
        candidates: cars.map(({ candidate, leftAtMs, dueFen, why }) => ({
          stayId: candidate.stayId,
          plate: candidate.plate,
          leftAtIso: isoOf(leftAtMs),
          dueFen,
          score: candidate.score,
          why,
          text: whyText(candidate.score)[why],
          parts: candidate.parts.map(partText),
        })),
      }),
    ),
  }),
})
