// What tests of a file open, ended after each of them or after all.
import { afterAll, afterEach } from 'vitest'
import type { SimProcess } from '#harness/lot/sim-process.ts'
import { cleanUp } from './live-program.ts'

/** Closed in reverse order after the last test. */
export function closedAtEnd(): (() => Promise<void> | void)[] {
  const open: (() => Promise<void> | void)[] = []
  afterAll(async () => {
    for (const close of open.reverse()) await close()
  })
  return open
}

/** Simulators that die after each test; then its programs and folders go. */
export function endedAfterEach(): SimProcess[] {
  const sims: SimProcess[] = []
  afterEach(async () => {
    await Promise.all(sims.splice(0).map((sim) => sim.kill()))
    await cleanUp()
  })
  return sims
}
