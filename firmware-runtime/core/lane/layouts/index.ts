// Which layout a lane has: what every reader asks for what belongs to a lane of clause 7.
// The lot file was checked against the same table, so a lane that runs has a row in it.
import type { LaneConfig } from '../../lot/config.ts'
import { present } from '../../values/must.ts'
import type { LaneLayout } from './layout.ts'
import { placeLayout } from './place.ts'
import { layouts } from './table.ts'

export const layoutNames: readonly string[] = Object.keys(layouts)

type Lane = Pick<LaneConfig, 'layout' | 'direction' | 'place'>

/** Null: the layout has no lane of that direction. */
export const laneOf = (layout: string, direction: LaneConfig['direction']): LaneLayout | null =>
  layouts[layout]?.[direction] ?? null

export const layoutOf = ({ layout, direction, place }: Lane): LaneLayout =>
  place === undefined
    ? present(laneOf(layout, direction), `layout ${layout} has a lane of ${direction}`)
    : placeLayout
