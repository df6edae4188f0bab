// Clause 7.2.1, open lot: cameras high over the spaces report arrivals and departures, gantries at both ends of the road
// and at junctions charge the amount due (8.1.2.2).
import { t } from '#base/pure/words/fault-text.ts'
import { gantryLane } from '../gantry-lane.ts'
import { defineLayout, type LaneLayout, type SitingClauses } from './layout.ts'
import { atSpaces, gantries } from '../street-picture.ts'

/**
 * Positions of a gantry. Only 7.2.1 says how one is built and hung: the other layouts with gantries are judged by it,
 * which is assumed, as they do not refer to it.
 */
export const gantrySiting = (devices: string, own = ''): SitingClauses => ({
  devices,
  gantryFrame: `${own}7.2.1 a`,
  gantryHeight: `${own}7.2.1 c`,
  gantryDown: `${own}7.2.1 c`,
  gantryOn: `${own}7.2.1 c`,
  gantryPower: `${own}7.2.1 c`,
  gantryAntennas: `${own}7.2.1 d`,
})

/** The antenna hangs over the road and is always on (7.2.1 a to c). */
export const gantry: LaneLayout = {
  table: gantryLane,
  states: ['idle', 'reading', 'debiting', 'suspect'],
  triggers: [],
  devices: { rsu: '7.2.1 b' },
  siting: gantrySiting('7.2.1 b'),
  steps: ['obu', 'order', 'charge'],
  picture: {
    parts: [
      { part: 'antenna', at: 470, zone: 240 },
      { part: 'gantry', at: 470 },
    ],
    car: { arrive: 240, both: 240, under: 240 },
  },
  open: {
    name: t('门架天线 + 高位视频', 'gantry and cameras high above'),
    watch: 'camera',
    collects: 'gantry',
    siting: {
      gantryEnds: '7.2.1 b',
      gantryKey: '7.2.1 b',
      cameraAbove: '7.2.1 e',
      cameraHeight: '7.2.1 e',
      cameraHelp: '7.2.1 e',
      cameraTour: '7.2.1 f',
    },
    picture: [...gantries, ...atSpaces('space'), { part: 'highCamera', at: 300 }],
  },
  passes: [],
}

export const gantryVideo = defineLayout({ clause: '7.2.1', lanes: { exit: gantry } })
