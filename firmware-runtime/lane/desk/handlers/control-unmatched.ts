// The call about readings of a gantry that charged nobody although a car with a similar plate owes: each with the nearest cars,
// and why none of them was taken.
import { certainMatch, type NotTaken } from '../../pure/open/match-passing.ts'
import { partText } from '#base/pure/words/match-words.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LotRuntime } from '../../lot/lot-runtime.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'

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
  typed: t(
    '它的车牌只由一个人输入,没有第二次确认',
    'its plate was typed by one person, and no second look confirmed it',
  ),
  imported: t(
    '它的车牌来自导入的名单,没有第二次确认',
    'its plate is from an imported list, and no second look confirmed it',
  ),
  colourUnknown: t(
    '泊位没有读到颜色,两种颜色都可能有这个号码',
    'its space read no colour, and two colours may have this number',
  ),
  lessLike: t(`${score} 分,另一辆更像`, `${score} points, and another car is more alike`),
})

interface UnmatchedLot {
  readonly runtime: Pick<LotRuntime, 'lot' | 'nowMs' | 'openSpaces'>
}

export const unmatchedCalls = defineCalls(({ runtime }: UnmatchedLot) => ({
  'spaces.unmatched': () => ({
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
}))
