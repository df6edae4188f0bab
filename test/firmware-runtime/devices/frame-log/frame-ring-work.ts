// Counts what full rings hold for frame-ring.test.ts, in a separate thread (test/kit/in-thread.ts).
// Requests and answers are added as a driver and its link add them.
import { FrameRing } from '#devices/frame-log/frame-ring.ts'
import { heldBy } from '../../../kit/held.ts'
import { tell } from '../../../kit/in-thread.ts'

const frameBytes = 20

function poll(ring: FrameRing, n: number): void {
  ring.sent(Buffer.alloc(frameBytes, n), n * 1e5 + 0.5)
  const bytes = Buffer.alloc(frameBytes, n + 1)
  ring.took({ type: 'bytes', bytes, atMs: n * 100, businessNowMs: 1.7e12 + n * 100 }, n * 1e5 + 9)
}

/** What a ring holds after `polls` polls. */
function heldBehind(polls: number) {
  const { made, objects, entries, bytes } = heldBy(() => {
    const ring = new FrameRing(() => 1.7e12)
    for (let n = 0; n < polls; n++) poll(ring, n)
    return ring
  })
  const { events, dropped } = made.since(0)
  return { objects, entries, bytes, heldBytes: made.heldBytes, events: events.length, dropped }
}

const counts = { full: heldBehind(10_000), longFull: heldBehind(40_000) }
export type RingWork = typeof counts
tell(counts)
