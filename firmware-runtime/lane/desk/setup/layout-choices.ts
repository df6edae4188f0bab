// The layouts of clause 7 that the set-up offers, with what each of their lanes may have.
import type { LayoutChoice } from '../../calls/setup-views.ts'
import {
  directionsOf,
  laneOf,
  layoutNames,
  openLayoutNames,
  openOf,
} from '../../pure/layouts/index.ts'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'

function openChoice(layout: string): LayoutChoice['open'] {
  const open = openOf(layout)
  if (open === null) return null
  const { name, watch, collects, pile = null, reader = null, picture } = open
  return { name, watch, collects, pile, reader, picture }
}

export const layoutChoices: readonly LayoutChoice[] = [...layoutNames, ...openLayoutNames].map(
  (layout) => ({
    layout,
    open: openChoice(layout),
    lanes: directionsOf(layout).flatMap((direction) => {
      const lane = laneOf(layout, direction)
      if (lane === null) return []
      const devices = Object.entries(lane.devices) as [LaneKind, string | null][]
      return [
        {
          direction,
          devices: devices.map(([kind, clause]) => ({ kind, clause })),
          picture: lane.picture.parts,
        },
      ]
    }),
  }),
)
