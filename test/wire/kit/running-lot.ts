// A lot that runs while the tests of a file do.
import { afterAll, beforeAll } from 'vitest'
import type { RunLot } from './run-lot.ts'

/** Starts a lane of the lot with its simulators before the tests, and ends all after them. */
export function runsForFile(lot: RunLot, laneId = 'exit'): void {
  beforeAll(async () => {
    await lot.startSims()
    await lot.start(laneId)
  })
  afterAll(() => lot.close())
}
