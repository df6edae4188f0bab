// Clause 7.1.4, entry and exit side by side with their devices on the outer sides: the lanes of 7.1.1.
// No island parts them, so the neighbour's OBU is the rule and not the exception: its lane is drawn.
import type { LaneDirection } from '#base/pure/lot/config.ts'
import { defineLayout, type LaneLayout } from './layout.ts'
import * as noBooth from './no-booth.ts'

const clause = '7.1.4, 7.1.1'
const asNoBooth = ['7.1.4, 7.1.1 c', '7.1.4, 7.1.1 d', '7.1.4, 7.1.1 e'] as const

const beside = (lane: LaneLayout, way: LaneDirection): LaneLayout => ({
  ...lane,
  devices: { ...lane.devices, camera: clause, barrier: clause, display: clause },
  siting: noBooth.entrySiting(clause),
  picture: { ...lane.picture, parts: [{ part: 'neighbour', way }, ...lane.picture.parts] },
})

const exit = beside(noBooth.exit, 'entry')

export const twoSides = defineLayout({
  clause: '7.1.4',
  lanes: {
    entry: beside(noBooth.entry, 'exit'),
    exit: {
      ...exit,
      devices: { ...exit.devices, rsu: clause },
      siting: noBooth.exitSiting(clause, asNoBooth),
    },
  },
})
