// The last that went over one link, for people who look and for captures. The hot thread only puts a
// reference in; what nobody fetched in time is overwritten, and the gap in the numbers tells it.
import type { Gap } from '../../core/values/gaps.ts'
import type { DriverEvent } from '../../devices/driver.ts'
import type { DeviceTap } from '../hosts/device-host.ts'

/** What happened at the driver's edge. Bytes in, timers and commands are all that a driver hears. */
export type RingHappening =
  | {
      readonly kind: 'in' | 'out'
      readonly bytes: Uint8Array
      /** What of the bytes is not kept. */
      readonly gaps?: readonly Gap[]
      /** Of which request, where a link is more than one connection; without bytes: that one is over. */
      readonly exchange?: string
    }
  | { readonly kind: 'linkUp' }
  | { readonly kind: 'linkDown'; readonly reason: string; readonly exchange?: string }
  | { readonly kind: 'timer'; readonly name: string }
  | { readonly kind: 'command'; readonly command: unknown }

export type RingEvent = {
  /** Rises by one for each event of this link. */
  readonly seq: number
  readonly monoUs: number
  /** Business time, as the driver was told it. */
  readonly atMs: number
} & RingHappening

interface RingPage {
  readonly events: readonly RingEvent[]
  /** Events that were overwritten before they were fetched. */
  readonly dropped: number
}

/** At 10,000 frames a second a watcher has a second and a half. */
const ringEventsMax = 16_384
/** Frames are some fifty bytes; noise comes in pieces of 64 KiB and must not fill the memory (F16). */
export const ringBytesMax = 4 * 1_048_576

const bytesOf = (event: RingEvent): number =>
  event.kind === 'in' || event.kind === 'out' ? event.bytes.length : 0

export class FrameRing implements DeviceTap {
  private readonly slots: (RingEvent | undefined)[] = []
  private readonly max: number
  private readonly businessMs: () => number
  /** Number of the newest event; 0 before the first. */
  lastSeq = 0
  private firstSeq = 1
  /** Bytes of the events that are kept. */
  heldBytes = 0
  /** What the driver told its lane since it began, by type. */
  readonly reportedTypes: Record<string, number> = {}

  constructor(businessMs: () => number, max = ringEventsMax) {
    this.businessMs = businessMs
    this.max = max
  }

  took(event: DriverEvent<unknown>, monoUs: number): void {
    const add = (what: RingHappening): void => this.add(what, monoUs, event.businessNowMs)
    switch (event.type) {
      case 'bytes':
        // A copy: the link may use its buffer again.
        add({ kind: 'in', bytes: event.bytes.slice() })
        return
      case 'linkUp':
        add({ kind: 'linkUp' })
        return
      case 'linkDown':
        add({ kind: 'linkDown', reason: event.reason })
        return
      case 'timer':
        add({ kind: 'timer', name: event.name })
        return
      case 'command':
        add({ kind: 'command', command: event.command })
        return
    }
  }

  sent(bytes: Uint8Array, monoUs: number): void {
    this.add({ kind: 'out', bytes }, monoUs)
  }

  add(what: RingHappening, monoUs: number, atMs = this.businessMs()): void {
    this.put({ ...what, seq: ++this.lastSeq, monoUs: Math.floor(monoUs), atMs })
  }

  reported(type: string): void {
    this.reportedTypes[type] = (this.reportedTypes[type] ?? 0) + 1
  }

  /** Nothing of this link was overwritten yet: a capture of it begins at the beginning. */
  get isWhole(): boolean {
    return this.firstSeq === 1
  }

  since(seq: number, limit = this.max): RingPage {
    const oldest = this.firstSeq
    const from = Math.max(seq + 1, oldest)
    const to = Math.min(this.lastSeq, from + limit - 1)
    const events: RingEvent[] = []
    for (let n = from; n <= to; n++) {
      const event = this.slots[n % this.max]
      if (event !== undefined) events.push(event)
    }
    return { events, dropped: Math.max(0, oldest - seq - 1) }
  }

  private put(event: RingEvent): void {
    this.heldBytes += bytesOf(event)
    while (this.firstSeq <= event.seq - this.max || this.isHeavy(event.seq)) this.dropFirst()
    this.slots[event.seq % this.max] = event
  }

  private isHeavy(newest: number): boolean {
    return this.heldBytes > ringBytesMax && this.firstSeq < newest
  }

  private dropFirst(): void {
    const at = this.firstSeq % this.max
    const first = this.slots[at]
    if (first !== undefined) this.heldBytes -= bytesOf(first)
    this.slots[at] = undefined
    this.firstSeq++
  }
}
