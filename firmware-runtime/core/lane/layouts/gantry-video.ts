// Clause 7.2.1, open lot: cameras high over the spaces report arrivals and departures, gantries at both ends of the road
// and at junctions charge the amount due (8.1.2.2).
import { t } from '../../values/fault-text.ts'
import { gantryLane } from '../gantry-lane.ts'
import { defineLayout, type LaneLayout } from './layout.ts'

/** The antenna hangs over the road and is always on (7.2.1 a to c). */
export const gantry: LaneLayout = {
  table: gantryLane,
  states: ['idle', 'reading', 'debiting', 'suspect'],
  triggers: [],
  devices: { rsu: '7.2.1 b' },
  siting: {
    antennaHeight: '7.2.1 c',
    antennaDown: '7.2.1 c',
    antennaPower: '7.2.1 c',
    laneWidth: '7.2.1 d',
  },
  steps: ['obu', 'order', 'charge'],
  picture: {
    parts: [{ part: 'antenna', at: 470, zone: 240 }],
    car: { arrive: 240, both: 240, under: 240 },
  },
  open: {
    name: t('门架天线 + 高位视频', 'gantry and cameras high above'),
    watch: 'camera',
    collects: 'gantry',
  },
  passes: [],
}

export const gantryVideo = defineLayout({ clause: '7.2.1', lanes: { exit: gantry } })
