// The sum of a tariff's replay for people: who pays more, who less, by length of stay, and the largest differences.
// Counted stay by stay, so that years of passages need no list.
import type { Fen } from '#base/pure/values/fen.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import type { StayGroup } from '#base/pure/data/tariff-plot.ts'
import type { ReplayedStay } from './tariff-replay.ts'

/** Upper bounds of the groups in minutes, inclusive; the last group has no upper bound. */
const groupEndsMin = [60, 240, 720, 1440, Infinity]
const shownMax = 20

type CountedGroup = { -readonly [Member in keyof StayGroup]: StayGroup[Member] }

export interface WhoPays {
  readonly groups: readonly StayGroup[]
  /** The largest differences first. */
  readonly up: readonly ReplayedStay[]
  readonly down: readonly ReplayedStay[]
}

const differs = ({ beforeFen, afterFen }: ReplayedStay): Fen => Math.abs(afterFen - beforeFen)

function keep(list: ReplayedStay[], one: ReplayedStay): void {
  const at = list.findIndex((other) => differs(other) < differs(one))
  if (at < 0) list.push(one)
  else list.splice(at, 0, one)
  if (list.length > shownMax) list.pop()
}

export class WhoPaysMore {
  private readonly groups: readonly CountedGroup[] = groupEndsMin.map((toMin) => ({
    toMin: Number.isFinite(toMin) ? toMin : null,
    stays: 0,
    up: 0,
    down: 0,
    before: 0,
    after: 0,
  }))
  private readonly up: ReplayedStay[] = []
  private readonly down: ReplayedStay[] = []

  add({ stayId, fromMs, toMs, beforeFen, afterFen }: ReplayedStay): void {
    const minutes = (toMs - fromMs) / minuteMs
    const group = this.groups[groupEndsMin.findIndex((end) => minutes <= end)]
    const one = { stayId, fromMs, toMs, beforeFen, afterFen }
    if (afterFen > beforeFen) keep(this.up, one)
    if (afterFen < beforeFen) keep(this.down, one)
    if (group === undefined) return
    group.stays++
    group.before += beforeFen
    group.after += afterFen
    if (afterFen > beforeFen) group.up++
    if (afterFen < beforeFen) group.down++
  }

  get answer(): WhoPays {
    const { groups, up, down } = this
    return { groups, up, down }
  }
}
