// When a lot looks whether another machine has its lanes, by the test's clock: it ends between two cars, and a machine that
// came back is a matter for a day.
import { beforeEach, describe, expect, it } from 'vitest'
import { HolderWatch } from '#lane/lot/upkeep/holder-watch.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { CopyPlan } from '#ledger/ports/copy-service.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'

const plan: CopyPlan = {
  to: '/second',
  hostKey: null,
  lotId: 'GX1',
  nodeId: 'n1',
  certDir: null,
  more: new Map(),
  begin: false,
}
const taken = new LaneFault('COPY-15', { value: 'then', note: 'another one' })

let clock: VirtualClock
let said: string[]
let quiet: boolean
let nowMs: number
let place: CopyPlan | null
let answer: () => Promise<{ formerIso: string | null }>
let watch: HolderWatch

beforeEach(() => {
  clock = new VirtualClock()
  ;[said, quiet, nowMs, place] = [[], true, 0, plan]
  answer = () => Promise.resolve({ formerIso: null })
  watch = new HolderWatch({
    tasks: sideTasks(clock),
    service: { holdPlace: () => (said.push('looks'), answer()) },
    plan: () => place,
    nowMs: () => nowMs,
    quiet: () => quiet,
    inTurn: (step) => step(),
    say: ({ code }) => void said.push(`told ${code}`),
    fatal: ({ code }) => void said.push(`fatal ${code}`),
  })
})

async function run(ms: number): Promise<void> {
  clock.run(ms)
  for (let n = 0; n < 8; n++) await Promise.resolve()
}

describe('a lot with a second place', () => {
  it('looks after a minute and every five', async () => {
    await run(59_999)
    expect(said).toEqual([])
    await run(1)
    await run(300_000)
    await run(300_000)
    expect([said, watch.fault]).toEqual([['looks', 'looks', 'looks'], null])
  })

  it('does not look without a place, and again once there is one', async () => {
    place = null
    await run(60_000)
    expect(said).toEqual([])
    place = plan
    await run(300_000)
    expect(said).toEqual(['looks'])
  })

  it.each(['COPY-01', 'COPY-06', 'SEAL-01'] as const)('%s ends nothing', async (code) => {
    answer = () => Promise.reject(new LaneFault(code, {}))
    await run(60_000)
    await run(300_000)
    expect([said, watch.fault]).toEqual([['looks', 'looks'], null])
  })
})

describe('lanes that another machine has', () => {
  it('end between two cars, and say so before', async () => {
    answer = () => Promise.reject(taken)
    quiet = false
    await run(60_000)
    await run(0)
    await run(2_000)
    expect([said, watch.fault?.code]).toEqual([['looks', 'told COPY-15'], 'COPY-15'])
    quiet = true
    await run(2_000)
    expect(said).toEqual(['looks', 'told COPY-15', 'fatal COPY-15'])
  })

  it('end after a minute, also while a car stays', async () => {
    answer = () => Promise.reject(taken)
    quiet = false
    await run(60_000)
    for (let n = 0; n < 28; n++) await run(2_000)
    expect(said.at(-1)).toBe('told COPY-15')
    for (let n = 0; n < 3; n++) await run(2_000)
    expect(said.at(-1)).toBe('fatal COPY-15')
  })

  it('end at once when a copy found it, which has told it', async () => {
    watch.copyFailed(new LaneFault('COPY-05', {}))
    watch.copyFailed(new Error('broken'))
    await run(0)
    expect(said).toEqual([])
    watch.copyFailed(taken)
    await run(0)
    expect(said).toEqual(['fatal COPY-15'])
  })
})

describe('a former machine', () => {
  it('that came back is a matter for a day, and looked for after each copy', async () => {
    answer = () => Promise.resolve({ formerIso: 'then' })
    watch.lookSoon()
    await run(0)
    expect([said, watch.fault?.code]).toEqual([['looks', 'told COPY-16'], 'COPY-16'])
    nowMs = dayMs - 1
    expect(watch.fault?.code).toBe('COPY-16')
    nowMs = dayMs
    expect(watch.fault).toBe(null)
  })
})
