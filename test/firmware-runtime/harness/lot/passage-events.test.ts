// What a passage costs a simulated lot: events of virtual time, including those of its devices, and rows of its ledger. The
// same per passage in one day and in two; the same numbers on every machine.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { simulate } from '#harness/lot/replay-sim.ts'
import { runOf } from '#harness/sim.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'

const dir = folderOfFile('etc-lane-events-')

interface Counted {
  readonly passages: number
  readonly events: number
  readonly rows: number
}

function counted(days: number): Counted {
  const found: Counted[] = []
  const choice = { seed: 5, lots: 1, lanes: 2, days, faults: 'none' } as const
  simulate(runOf(choice, 0, join(dir, `${days}`)), (_lot, { entries, exits, events, rows }) => {
    const all = Object.values(rows).reduce((sum, n) => sum + n, 0)
    const passages = entries + exits
    found.push({ passages, events: events / passages, rows: all / passages })
  })
  const [one] = found
  if (one === undefined) throw new Error('the simulation has an outcome')
  return one
}

/** Counted: 45.7 in one day, 44.9 over more days: polls of a busy lane, frames of its antenna, answers of the platform. */
const eventsMax = 55
/** Counted: 6.4 and 6.5. */
const rowsMax = 8

it('a passage takes 55 events and 8 rows at most, in a day and in each of two', () => {
  const [day, days] = [counted(1), counted(2)]
  expect([day.passages > 200, days.passages > 400]).toEqual([true, true])
  for (const { events, rows } of [day, days]) {
    expect(events).toBeLessThan(eventsMax)
    expect(rows).toBeLessThan(rowsMax)
  }
  // The first day includes the start and its sign-in, so further days must not cost more per car.
  expect(days.events).toBeLessThan(1.02 * day.events)
  expect(days.rows).toBeLessThan(1.02 * day.rows)
})
