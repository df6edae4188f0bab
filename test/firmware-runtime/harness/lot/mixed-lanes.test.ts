// A simulated lot of eight lanes in four layouts: cars are at several lanes at once, and leave by any of them.
// Counts come from the rows of the ledger.
import { expect, it } from 'vitest'
import { simulate } from '#harness/lot/replay-sim.ts'
import type { SimOutcome } from '#harness/lot/sim-run.ts'
import { roadsOf } from '#harness/lot/sim-roads.ts'
import { runOf } from '#harness/sim.ts'
import { present } from '#base/pure/values/must.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

it('has the lanes of each layout in turn, and an exit that is alone has a barrier of its own', () => {
  const layoutsOf = (count: number, first: number): string[] =>
    roadsOf(count, first).map(({ id, layout }) => `${id} ${layout}`)
  expect(layoutsOf(2, 0)).toEqual(['entry 7.1.1', 'exit 7.1.1'])
  expect(layoutsOf(4, 2)).toEqual(['entry 7.1.3', 'exit 7.1.3', 'entry-2 7.1.4', 'exit-2 7.1.4'])
  for (let first = 0; first < 5; first++) {
    const alone = present(roadsOf(3, first).at(-1), 'there are three')
    expect(alone.way).toBe('exit')
    expect(layoutsOf(8, first)).toHaveLength(8)
  }
})

it('lets a car out at any exit, whichever entry it came by', () => {
  const dir = folderOfTest('etc-lane-mixed-')
  const choice = { seed: 3, lots: 1, lanes: 8, days: 0.42, faults: 'none' } as const
  const run = runOf(choice, 0, dir)
  const entryOf = new Map<string, string>()
  const pairs = new Set<string>()
  const own = { closed: 0, entries: 0 }
  let outcome: SimOutcome | null = null
  simulate(run, (lot, all) => {
    outcome = all
    for (const { kind, stayId = '', laneId = '' } of lot.opened.ledger.rows(0)) {
      if (kind === 'stayOpened') entryOf.set(stayId, laneId)
      if (kind !== 'stayClosed') continue
      own.closed++
      pairs.add(`${entryOf.get(stayId) ?? 'none'} ${laneId}`)
    }
    own.entries = [...entryOf.values()].filter((id) => id.startsWith('entry')).length
  })
  const { report, atOnce, exits } = present(outcome as SimOutcome | null, 'it ran')
  expect(report.violations).toEqual([])
  expect(atOnce).toBeGreaterThan(1)
  expect(own.closed).toBe(exits)
  expect([...pairs].filter((pair) => pair.startsWith('entry')).length).toBe(16)
})
