// A pile or a handheld outside the lanes: the steps of the exit, an antenna, and nothing to draw.
// The lot file marks it by its member `place`, independent of the layout of the lot.
import { laneStateNames } from '../lane.ts'
import { placeLane } from '../place-lane.ts'
import { recordLane } from '../record-lane.ts'
import type { LaneLayout } from './layout.ts'

export const placeLayout: LaneLayout = {
  table: placeLane,
  states: laneStateNames.filter((name) => name !== 'opening'),
  triggers: [],
  devices: { rsu: null },
  siting: {},
  steps: ['trigger', 'plate', 'order', 'obu', 'charge', 'barrier'],
  picture: { parts: [], car: { arrive: 0, both: 0, under: 0 } },
  passes: [],
}

/** The same in an open lot: it reads OBUs at their spaces, and takes no money there. */
export const recordLayout: LaneLayout = {
  ...placeLayout,
  table: recordLane,
  states: ['idle', 'searching', 'debiting'],
  steps: ['trigger', 'obu'],
}
