// A lane of an enclosed lot whose cars another billing system names: an antenna alone. Camera, boom and display are the other
// system's. The lot file marks it by its member `ordersFrom`.
import { laneStateNames } from '../lane.ts'
import { sentLane } from '../sent-lane.ts'
import type { LaneLayout } from './layout.ts'

export const sentLayout: LaneLayout = {
  table: sentLane,
  states: laneStateNames.filter((name) => name !== 'opening'),
  triggers: [],
  devices: { rsu: '8.1.1.2 a' },
  siting: {},
  steps: ['order', 'obu', 'charge'],
  picture: { parts: [], car: { arrive: 0, both: 0, under: 0 } },
  passes: [],
}
