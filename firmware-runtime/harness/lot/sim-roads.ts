// The lanes of a simulated lot of several layouts: an entry and an exit of each in turn.
// An exit without an entry of its own has a barrier of its own, so it is never one of a reused lane.
import { pairReused } from '#lane/lot/files/layout-file.ts'
import { laneOf, layoutNames } from '#lane/pure/layouts/index.ts'
import type { LaneDirection } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import type { lotOf } from '#lane/folder/lot-file.ts'

export interface SimRoad {
  /** Id of its lane. */
  readonly id: string
  readonly way: LaneDirection
  readonly layout: string
}

const hasBoth = (name: string): boolean =>
  laneOf(name, 'entry') !== null && laneOf(name, 'exit') !== null
const layouts = layoutNames.filter(hasBoth)
const single = layouts.filter((name) => laneOf(name, 'exit')?.sharesBarrier !== true)

/** `first`: which layout the first pair has; the others follow in their order. */
export const roadsOf = (count: number, first: number): readonly SimRoad[] =>
  Array.from({ length: count }, (_, i) => {
    const pair = Math.floor(i / 2)
    const way = i % 2 === 0 && i < count - 1 ? ('entry' as const) : ('exit' as const)
    const isAlone = i % 2 === 0 && way === 'exit'
    const names = isAlone ? single : layouts
    const layout = present(names[(first + pair) % names.length], 'a layout has both directions')
    return { id: pair === 0 ? way : `${way}-${pair + 1}`, way, layout }
  })

type WrittenLane = ReturnType<typeof lotOf>['lanes'][number]

/** As the lot file has them. */
export function mixedLanes(
  lanes: readonly WrittenLane[],
  roads: readonly SimRoad[],
): readonly WrittenLane[] {
  const layoutOf = ({ id }: Pick<WrittenLane, 'id'>): string =>
    present(roads.find((road) => road.id === id)?.layout, `lane ${id} is of a road`)
  return pairReused(
    lanes.map((lane) => ({ ...lane, layout: layoutOf(lane) })),
    layoutOf,
  )
}
