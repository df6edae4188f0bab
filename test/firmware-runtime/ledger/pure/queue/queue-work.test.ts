// What a waiting record costs the queue, in steps and in memory: the same with a thousand records and with ten thousand.
// Engine counters, no clock and no heap size.
import { beforeAll, describe, expect, it } from 'vitest'
import { inThread } from '../../../../kit/in-thread.ts'
import type { QueueWork } from './queue-work.ts'

let work: QueueWork
beforeAll(async () => {
  work = await inThread<QueueWork>(new URL('queue-work.ts', import.meta.url))
})

describe('steps with a thousand records and with ten thousand', () => {
  it.each(['few', 'many'] as const)('%s: they wait behind what was asked', (name) => {
    expect(work[name].resting).toBe((name === 'few' ? 1_000 : 10_000) - 200)
  })
  // Counted: 48 and 52; a binary search takes a few more steps with ten times as many.
  it.each(['few', 'many'] as const)('%s: at a start 70 at most for each', (name) => {
    expect(work[name].read).toBeLessThan(70)
  })
  // Counted: 215 and 232, from its turn to its receipt.
  it.each(['few', 'many'] as const)('%s: 280 at most for an answer', (name) => {
    expect(work[name].answered).toBeLessThan(280)
  })
  // Counted: 20 with both.
  it.each(['few', 'many'] as const)('%s: 25 at most for a turn with nothing to do', (name) => {
    expect(work[name].idle).toBeLessThan(25)
  })
})

it('of ten thousand that rest some objects are held, and 33 bytes for each with room to grow by a quarter', () => {
  const { records, objects, entries, bytesEach } = work.held
  expect(records).toBe(10_000)
  expect(objects).toBeLessThan(100)
  expect(entries).toBeLessThan(100)
  expect(bytesEach).toBeLessThan(33 * 1.25)
})
