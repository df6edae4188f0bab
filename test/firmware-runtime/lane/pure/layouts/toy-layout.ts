// A layout that exists only in tests: no antenna, no display, a boom before its loop, and a person who takes the money.
// One file; a program needs only a row in the table to use it.
import { entryLane } from '#lane/pure/entry-lane.ts'
import { exitLane } from '#lane/pure/exit-lane.ts'
import type { Layout } from '#lane/pure/layouts/layout.ts'

export const toyName = 'T.1'

const devices = { camera: 'T.1 a', barrier: 'T.1 b' }
const triggers = ['arrive', 'under'] as const
const none = {}

export const toy: Layout = {
  entry: {
    table: entryLane,
    states: ['idle', 'reading', 'opening'],
    triggers,
    devices,
    siting: {},
    steps: ['trigger', 'barrier'],
    picture: {
      parts: [
        { part: 'loop', role: 'arrive', at: 100 },
        { part: 'boom', at: 200 },
      ],
      car: { arrive: 100, both: 150, under: 300 },
    },
    passes: ['entry', 'emergency'],
  },
  exit: {
    /** Without an antenna nothing is searched for or charged by ETC. */
    table: {
      ...exitLane,
      searching: none,
      debiting: none,
      suspect: none,
      asking: none,
      charging: none,
      waiting: none,
    },
    states: ['idle', 'reading', 'manual', 'opening'],
    triggers,
    devices,
    siting: {},
    steps: ['trigger', 'order', 'barrier'],
    picture: {
      parts: [
        { part: 'boom', at: 120 },
        { part: 'loop', role: 'under', at: 320 },
        { part: 'loop', role: 'arrive', at: 520 },
      ],
      car: { arrive: 520, both: 420, under: 320 },
    },
    passes: ['free', 'other', 'later', 'emergency'],
  },
}
