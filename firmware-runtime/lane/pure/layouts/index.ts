// Looks up the layout of a lane; all code that needs a rule of clause 7 reads it here.
// The lot file was checked against the same table, so a lane that runs has a row in it.
import { type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { LaneConfig, LaneDirection } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import type { PassCause } from '#base/pure/rows/ledger-row.ts'
import type { LaneLayout, OpenLayout } from './layout.ts'
import { placeLayout } from './place.ts'
import { sentLayout } from './sent.ts'
import { layouts } from './table.ts'

/** Default layout of a new lot. */
export const standardLayout = '7.1.1'
const isOpen = (name: string): boolean => layouts[name]?.exit?.open !== undefined
/** Enclosed layouts (7.1): lanes with booms. */
export const layoutNames: readonly string[] = Object.keys(layouts).filter((name) => !isOpen(name))
/** Open layouts (7.2): spaces along a road. */
export const openLayoutNames: readonly string[] = Object.keys(layouts).filter(isOpen)

type Lane = Pick<LaneConfig, 'layout' | 'direction' | 'place' | 'ordersFrom'>

/** Its orders come from another billing system, and it has no boom; a gantry has none anyway. */
export const isSentLane = ({ layout, ordersFrom }: Lane): boolean =>
  ordersFrom !== undefined && !isOpen(layout)

/** Null: the layout has no lane of that direction. */
export const laneOf = (layout: string, direction: LaneDirection): LaneLayout | null =>
  layouts[layout]?.[direction] ?? null

export function layoutOf(lane: Lane): LaneLayout {
  const { layout, direction, place } = lane
  if (place !== undefined) return openOf(layout)?.record ?? placeLayout
  if (isSentLane(lane)) return sentLayout
  return present(laneOf(layout, direction), `layout ${layout} has a lane of ${direction}`)
}

/** The clause that asks for the maximum power of the antenna of a lane; null: none does. */
export const fullPowerOf = (lane: Lane): string | null => layoutOf(lane).siting.gantryPower ?? null

/** Null of an enclosed layout. */
export const openOf = (layout: string): OpenLayout | null => laneOf(layout, 'exit')?.open ?? null

/** A lot runs one open layout: that of the lot, or of its lanes. Null: an enclosed lot. */
export const openLayoutOf = ({
  layout,
  lanes,
}: {
  readonly layout?: string | undefined
  readonly lanes: readonly Pick<Lane, 'layout'>[]
}): string | null =>
  [layout, ...lanes.map((lane) => lane.layout)].find(
    (one) => one !== undefined && openOf(one) !== null,
  ) ?? null

/** Directions of the lanes of a layout, in its order; empty for an unknown layout. */
export const directionsOf = (layout: string): readonly LaneDirection[] =>
  Object.keys(layouts[layout] ?? {}) as LaneDirection[]

/** Direction of the adjacent lane without an island between (7.1.4); null: no such lane. */
export const besideOf = ({ picture }: LaneLayout): LaneDirection | null =>
  picture.parts.find((one) => one.part === 'neighbour')?.way ?? null

/** True when a clause requires the device in that lane. */
export const asksFor = (layout: string, way: LaneDirection, device: LaneKind): boolean =>
  typeof laneOf(layout, way)?.devices[device] === 'string'

/** Grounds on which each lane of a lot lets a car pass; empty for a lane that is not of the lot. */
export const passesOf =
  ({ lanes }: { readonly lanes: readonly (Lane & Pick<LaneConfig, 'id'>)[] }) =>
  (laneId: string): readonly PassCause[] => {
    const lane = lanes.find(({ id }) => id === laneId)
    return lane === undefined ? [] : layoutOf(lane).passes
  }
