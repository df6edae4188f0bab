// The ledger of two seeds, and of the first day of each shared trace: the same traffic gives the same rows, byte for
// byte. Whole traces are in traces.test.ts.
import { describe, expect, it } from 'vitest'
import { openLayoutNames } from '#lane/pure/layouts/index.ts'
import { hasTraces, simLedger, traceLedger, traces } from './ledgers.ts'
import { pin } from './pin.ts'

const seeds = [
  { seed: 3, lots: 1, lanes: 2, days: 1, faults: 'none' },
  { seed: 21, lots: 1, lanes: 2, days: 1, faults: 'all' },
] as const

describe('the ledger', () => {
  it('of two seeds, in both modes of charging', () => {
    const all = seeds.flatMap((choice) =>
      [0, 1].map((index) => [`${choice.seed}.${index}`, simLedger(choice, index)] as const),
    )
    pin(new URL('./kept/ledger-seeds.txt', import.meta.url), Object.fromEntries(all))
  })
  it.skipIf(!hasTraces)('of the first day of each trace', () => {
    const all = traces.map((run) => [run.file, traceLedger({ ...run, days: 1 })] as const)
    pin(new URL('./kept/ledger-days.txt', import.meta.url), Object.fromEntries(all))
  })
  it.skipIf(!hasTraces)('of a day of each open layout', () => {
    expect(openLayoutNames.length).toBeGreaterThan(0)
    const all = openLayoutNames.map(
      (layout) => [layout, traceLedger({ ...traces[0], days: 1, layout, capacity: 20 })] as const,
    )
    pin(new URL('./kept/ledger-open.txt', import.meta.url), Object.fromEntries(all))
  })
})
