// Records that wait for a time, against a sorted list: earliest first, moved, removed, and never forgotten.
// The heap may hold outdated entries, but no more than a bounded number beyond the waiting records.
import { describe, expect, it } from 'vitest'
import {
  emptyWaiting,
  firstWaiting,
  takeAll,
  takeFirst,
  waitUntil,
  type Waiting,
} from '#ledger/pure/queue/waiting.ts'
import { seeded } from '../../../money/pure/billing/random-tariffs.ts'

function takeEach(waiting: Waiting): number[] {
  const times: number[] = []
  for (let first = firstWaiting(waiting); first !== null; first = firstWaiting(waiting)) {
    times.push(first.atMs)
    takeFirst(waiting)
  }
  return times
}

describe('waiting', () => {
  it('gives back any times in order', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const rnd = seeded(seed)
      const waiting = emptyWaiting()
      const times = Array.from({ length: 1 + (seed % 23) }, () => rnd(40))
      times.forEach((atMs, i) => waitUntil(waiting, `U${i}`, atMs))
      expect(takeEach(waiting), `seed ${seed}`).toEqual(times.toSorted((a, b) => a - b))
      expect([waiting.times.size, waiting.heap.length]).toEqual([0, 0])
    }
  })
  it('is a plain list that is sorted, whatever is moved and taken between', () => {
    const rnd = seeded(7)
    const waiting = emptyWaiting()
    const plain = new Map<string, number>()
    for (let i = 0; i < 2000; i++) {
      const earliestMs = Math.min(Infinity, ...plain.values())
      expect(firstWaiting(waiting)?.atMs ?? Infinity).toBe(earliestMs)
      if (rnd(4) === 0) {
        const first = firstWaiting(waiting)
        takeFirst(waiting)
        if (first !== null) plain.delete(first.outboxId)
      } else {
        const [id, atMs] = [`U${rnd(30)}`, rnd(1000)]
        waitUntil(waiting, id, atMs)
        plain.set(id, atMs)
      }
      expect(waiting.times).toEqual(plain)
    }
    expect(takeEach(waiting)).toEqual([...plain.values()].sort((a, b) => a - b))
  })
  it('keeps what was moved on within bounds, and the order with it', () => {
    const waiting = emptyWaiting()
    for (let n = 0; n < 5; n++) waitUntil(waiting, `U${n}`, 10 * n)
    const sizes = new Set<number>()
    for (let round = 0; round < 500; round++)
      for (const n of [3, 1, 4, 0, 2]) {
        waitUntil(waiting, `U${n}`, 1000 * (round + 1) + n)
        sizes.add(waiting.heap.length)
        expect(waiting.heap.length).toBeLessThanOrEqual(2 * 5 + 64)
      }
    // Rebuilding at every step would scan the whole backlog for each record.
    expect(Math.max(...sizes)).toBe(2 * 5 + 64)
    expect(takeEach(waiting)).toEqual([0, 1, 2, 3, 4].map((n) => 500_000 + n))
  })
  it('gives everything back at once, and is empty then', () => {
    const waiting = emptyWaiting()
    for (const n of [3, 1, 2]) waitUntil(waiting, `U${n}`, n)
    expect(takeAll(waiting).sort()).toEqual(['U1', 'U2', 'U3'])
    expect([firstWaiting(waiting), waiting.times.size, waiting.heap.length]).toEqual([null, 0, 0])
    takeFirst(waiting)
    expect(takeAll(waiting)).toEqual([])
  })
})
