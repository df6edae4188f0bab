// Clause 7.1.5, an entry and an exit that are not beside each other: each is the lane of 7.1.1.
// One in the sight of the other is not to be had: who watches both needs the board.
import { defineLayout, type LaneLayout } from './layout.ts'
import * as noBooth from './no-booth.ts'

const clause = '7.1.5, 7.1.1'
const asNoBooth = ['7.1.5, 7.1.1 c', '7.1.5, 7.1.1 d', '7.1.5, 7.1.1 e'] as const

const apart = (lane: LaneLayout): LaneLayout => ({
  ...lane,
  devices: { ...lane.devices, camera: clause, barrier: clause, display: clause },
  siting: noBooth.entrySiting(clause),
})

const exit = apart(noBooth.exit)

export const singleInOut = defineLayout({
  clause: '7.1.5',
  lanes: {
    entry: apart(noBooth.entry),
    exit: {
      ...exit,
      devices: { ...exit.devices, rsu: clause },
      siting: noBooth.exitSiting(clause, asNoBooth),
    },
  },
})
