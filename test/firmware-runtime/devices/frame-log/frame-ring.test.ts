// What a link's ring holds when full: an idle lane fills the rings of its devices with polls within minutes, and keeps them
// full while it runs. The test counts objects, entries and bytes, not the heap.
import { beforeAll, expect, it } from 'vitest'
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { inThread } from '../../../kit/in-thread.ts'
import type { RingWork } from './frame-ring-work.ts'

let work: RingWork
beforeAll(async () => {
  work = await inThread<RingWork>(new URL('frame-ring-work.ts', import.meta.url))
})

it('a full ring holds six numbers an event and its bytes, no object of its own, however long it has been full', () => {
  const events = 16_384
  for (const [polls, ring] of [
    [10_000, work.full],
    [40_000, work.longFull],
  ] as const) {
    expect([ring.events, ring.dropped, ring.heldBytes]).toEqual([
      events,
      2 * polls - events,
      20 * events,
    ])
    // A buffer and its view for every 16 KiB; one object per event would be 16,384.
    expect(ring.objects).toBeLessThan(80)
    expect(ring.entries).toBe(6 * events)
    expect(ring.bytes).toBeLessThan(1.1 * ring.heldBytes)
  }
})

it('what is read is what went over the link, whatever the link does with its buffer', () => {
  const ring = new FrameRing(() => 5, 64)
  const buffer = Buffer.alloc(40_000)
  const sent: string[] = []
  for (let n = 0; n < 300; n++) {
    const bytes = buffer.subarray(0, (n * 7_919) % 40_000).fill(n)
    sent.push(bytes.toString('hex'))
    ring.add({ kind: n % 2 === 0 ? 'in' : 'out', bytes, ...(n % 3 === 0 && { exchange: 'e' }) }, n)
  }
  const { events, dropped } = ring.since(0)
  expect(events.length + dropped).toBe(300)
  expect(events.at(-1)?.seq).toBe(300)
  for (const event of events) {
    const n = event.seq - 1
    const exchange = n % 3 === 0 ? { exchange: 'e' } : {}
    const bytes = new Uint8Array(Buffer.from(sent[n] ?? '', 'hex'))
    const kind = n % 2 === 0 ? 'in' : 'out'
    expect(event).toEqual({ kind, bytes, ...exchange, seq: n + 1, monoUs: n, atMs: 5 })
  }
  expect(ring.heldBytes).toBe(
    events.reduce((sum, e) => sum + ('bytes' in e ? e.bytes.length : 0), 0),
  )
})
