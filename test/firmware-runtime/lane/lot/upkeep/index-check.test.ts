// The check of a long ledger while the lanes run: when it begins, what it leaves, when it ends the lanes.
// The test moves the clock; the check itself is tested with real files in whole-check.
import { beforeEach, describe, expect, it } from 'vitest'
import { IndexCheck } from '#lane/lot/upkeep/index-check.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

let clock: VirtualClock
let said: string[]
let quiet: boolean
let answer: () => Promise<string | null>
let check: IndexCheck

beforeEach(() => {
  clock = new VirtualClock()
  ;[said, quiet, answer] = [[], true, () => Promise.resolve('row 7 missing from index event_at')]
  check = new IndexCheck({
    tasks: sideTasks(clock),
    quiet: () => quiet,
    check: () => (said.push('looks'), answer()),
    mark: (what) => void said.push(`mark ${what}`),
    onFault: ({ code }) => void said.push(`told ${code}`),
    fatal: ({ code }) => void said.push(`fatal ${code}`),
  })
})

/** Lets an answer arrive, and advances the clock. */
async function run(ms: number): Promise<void> {
  clock.run(ms)
  for (let n = 0; n < 5; n++) await Promise.resolve()
}
const found = ['looks', 'told LEDGER-05', 'mark row 7 missing from index event_at']

describe('the check of a long ledger', () => {
  it('waits a minute, tells, marks, and ends the lanes while no car is about', async () => {
    await run(59_999)
    expect(said).toEqual([])
    await run(1)
    expect(said).toEqual(found)
    quiet = false
    await run(0)
    await run(30_000)
    expect(said).toEqual(found)
    quiet = true
    await run(10_000)
    expect(said).toEqual([...found, 'fatal LEDGER-05'])
  })
  it('does not wait for ever for a quiet lot, neither to begin nor to end', async () => {
    quiet = false
    await run(60_000 + 58 * 10_000)
    expect(said).toEqual([])
    await run(10_000)
    expect(said).toEqual(found)
    for (let n = 0; n < 6; n++) await run(10_000)
    expect(said.at(-1)).toBe('fatal LEDGER-05')
  })
  it('says nothing of a sound one, and looks once', async () => {
    answer = () => Promise.resolve(null)
    await run(60_000)
    await run(86_400_000)
    expect(said).toEqual(['looks'])
  })
  it('tells that it could not look, and lets the lanes go on', async () => {
    answer = () => Promise.reject(new LaneFault('RUN-03', { note: 'the worker ended' }))
    await run(60_000)
    await run(3_600_000)
    expect(said).toEqual(['looks', 'told RUN-03'])
  })
  it('ends the lanes also where the disk takes no mark', async () => {
    const parts = {
      tasks: sideTasks(clock),
      quiet: () => true,
      check: () => Promise.resolve('row 7'),
      mark: () => {
        throw new LaneFault('DATA-02', {})
      },
      onFault: ({ code }: LaneFault) => void said.push(`told ${code}`),
      fatal: ({ code }: LaneFault) => void said.push(`fatal ${code}`),
    }
    check.stop()
    check = new IndexCheck(parts)
    await run(60_000)
    await run(0)
    expect(said).toEqual(['told LEDGER-05', 'told DATA-02', 'fatal LEDGER-05'])
  })
  it('is over when the lanes stop', async () => {
    const late = Promise.withResolvers<string | null>()
    answer = () => late.promise
    await run(60_000)
    check.stop()
    late.resolve('row 7')
    await run(60_000)
    expect(said).toEqual(['looks'])
  })
})
