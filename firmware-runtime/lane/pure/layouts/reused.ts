// Clause 7.1.3, one lane for both directions: camera and display of each, one boom, the antenna of the exit.
// The first car holds the lane (../reused-lane.ts); a trigger lies at each end, that of the exit at the inner one.
import { defineLayout, type LanePicture } from './layout.ts'
import * as noBooth from './no-booth.ts'

const ofEntry = '7.1.3 a'
const ofExit = '7.1.3 b'

/** Drawn in the direction of its car: its own trigger first, beyond the boom the trigger of the other direction. */
const drawn = (parts: LanePicture['parts']): LanePicture => ({
  ...noBooth.exit.picture,
  parts: [...parts, { part: 'farTrigger', at: 548 }],
})
const asNoBooth = ['7.1.3 c, 7.1.1 c', '7.1.3 d, 7.1.1 d', '7.1.3 e, 7.1.1 e'] as const
const { parts } = noBooth.exit.picture

export const reused = defineLayout({
  clause: '7.1.3',
  lanes: {
    entry: {
      ...noBooth.entry,
      triggers: [...noBooth.entry.triggers, 'inner'],
      devices: { camera: ofEntry, barrier: ofEntry, display: ofEntry },
      siting: noBooth.entrySiting(ofEntry),
      picture: drawn(parts.filter(({ part }) => part !== 'antenna')),
    },
    exit: {
      ...noBooth.exit,
      triggers: [],
      sharesBarrier: true,
      devices: { camera: ofExit, display: ofExit, rsu: '7.1.3 b, c' },
      siting: noBooth.exitSiting(ofExit, asNoBooth),
      picture: drawn(parts),
    },
  },
})
