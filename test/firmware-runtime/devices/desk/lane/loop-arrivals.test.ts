// When the car on the arrive loop came; one that stood there when the loop was first seen came before.
import { expect, it } from 'vitest'
import type { LoopState } from '#devices/pure/lane/barrier.ts'
import { LoopArrivals } from '#devices/desk/lane/loop-arrivals.ts'

const { on, off, unknown } = { on: 'on', off: 'off', unknown: 'unknown' } as const
it.each<[readonly LoopState[], number | 'before' | null]>([
  [[], null],
  [[unknown], null],
  [[off], null],
  [[on], 'before'],
  [[unknown, on], 'before'],
  [[off, on], 2],
  [[off, on, on, on], 2],
  [[off, on, off], null],
  [[on, off, on], 3],
  // Its board was out of reach: another car may stand there.
  [[off, on, unknown, on], 'before'],
])('%j: %s', (states, cameMs) => {
  let nowMs = 0
  const arrivals = new LoopArrivals({ steadyMs: () => nowMs })
  const changed = new Set<() => void>()
  let arrive: LoopState = unknown
  const lanes = new Map([
    [
      'exit',
      {
        state: {
          get arrive() {
            return arrive
          },
        },
      },
    ],
  ])
  arrivals.follow({ lanes, onChange: changed } as never)
  for (const state of states) {
    nowMs++
    arrive = state
    for (const look of changed) look()
  }
  expect(arrivals.of('exit')).toBe(cameMs)
})
