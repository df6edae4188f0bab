// What the ring of a link weighs when it is full: a lane that stands idle fills the rings of its devices with polls within
// minutes, and keeps them for as long as it runs. Bytes after a collection are compared, never a time.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { FrameRing } from '../../../../firmware-runtime/app/frame-log/frame-ring.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** More than a ring keeps. */
const polls = 10_000
const frameBytes = 20

function held(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** A question and its answer, as a driver and its link have them. */
function poll(ring: FrameRing, n: number): void {
  ring.sent(Buffer.alloc(frameBytes, n), n * 1e5 + 0.5)
  const bytes = Buffer.alloc(frameBytes, n + 1)
  ring.took({ type: 'bytes', bytes, atMs: n * 100, businessNowMs: 1.7e12 + n * 100 }, n * 1e5 + 9)
}

it('a full ring weighs 100 bytes an event at most, where an object for each weighs 340', () => {
  const rings = Array.from({ length: 8 }, () => new FrameRing(() => 1.7e12))
  const before = held()
  for (const ring of rings) for (let n = 0; n < polls; n++) poll(ring, n)
  const bytes = held() - before
  const events = rings.reduce((sum, ring) => sum + ring.since(0).events.length, 0)
  expect(events).toBe(8 * 16_384)
  expect(bytes / events).toBeLessThan(100)
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
