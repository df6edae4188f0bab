// Clause 7.1.1, enclosed lot without a booth: camera, display and barrier at the entry; the exit
// adds the ETC antenna behind the barrier, with the trigger loop inside its field.
import { laneStateNames } from '../lane.ts'
import { entryLane } from '../entry-lane.ts'
import { exitLane } from '../exit-lane.ts'
import { defineLayout, type LaneLayout, type LanePicture, type SitingClauses } from './layout.ts'

const shared = '7.1.1 a, b'
const devices = { camera: shared, barrier: shared, display: shared } as const
const triggers = ['arrive', 'under', 'presence'] as const

/** An antenna is drawn where the lane has one. At an entry it never searches, and 8.1.1.1 a requires none. */
const picture: LanePicture = {
  parts: [
    { part: 'loop', role: 'arrive', at: 214 },
    { part: 'loop', role: 'under', at: 400 },
    { part: 'antenna', at: 562, zone: 240 },
    { part: 'boom', at: 470 },
  ],
  car: { arrive: 214, both: 300, under: 400 },
}

/** No clause of 7.1 says how wide a lane is; this one calls a lane narrow below a width. */
export const laneWidth = '7.2.1 d'

/** Siting rules of an exit: mount of its antenna, position of its trigger, place of the strongest field. */
export const exitSiting = (
  devices: string,
  [mount, trigger, strongest]: readonly [string, string, string],
): SitingClauses => ({
  devices,
  etc: '8.1.1.2 a',
  antennaPlace: mount,
  antennaHeight: mount,
  antennaDown: mount,
  antennaYaw: mount,
  antennaPower: mount,
  trigger,
  strongest,
  laneWidth,
})
export const entrySiting = (devices: string): SitingClauses => ({ devices, noEtc: '8.1.1.1 a' })
const own = ['7.1.1 c', '7.1.1 d', '7.1.1 e'] as const

/** The lane that other layouts refer to by "参考 7.1.1". */
export const entry: LaneLayout = {
  table: entryLane,
  states: ['idle', 'reading', 'opening'],
  triggers,
  devices: { ...devices, rsu: null },
  siting: entrySiting('7.1.1 a'),
  steps: ['trigger', 'plate', 'barrier'],
  picture,
  passes: ['entry', 'emergency'],
}

export const exit: LaneLayout = {
  table: exitLane,
  states: laneStateNames,
  triggers,
  devices: { ...devices, rsu: '7.1.1 b' },
  siting: exitSiting('7.1.1 b', own),
  steps: ['trigger', 'plate', 'order', 'obu', 'charge', 'barrier'],
  picture,
  passes: ['etc', 'free', 'other', 'later', 'emergency'],
}

export const noBooth = defineLayout({ clause: '7.1.1', lanes: { entry, exit } })
