// The latest data of one link, for people and for captures. Stored as numbers and bytes in blocks, not as objects; what
// is not fetched in time is overwritten, which shows as a gap in the numbers.
import type { Gap } from '#base/pure/words/gaps.ts'
import type { DriverEvent } from '../pure/driver.ts'
import type { DeviceTap } from '../hosts/device-host.ts'

interface BytesHead {
  readonly kind: 'in' | 'out'
  /** Bytes that are left out. */
  readonly gaps?: readonly Gap[]
  /** Its request, on a link of several connections; without bytes: the request is over. */
  readonly exchange?: string
}

type OtherHappening =
  | { readonly kind: 'linkUp' }
  | { readonly kind: 'linkDown'; readonly reason: string; readonly exchange?: string }
  | { readonly kind: 'timer'; readonly name: string }
  | { readonly kind: 'command'; readonly command: unknown }

/** An event of the driver. Bytes, timers and commands are all its inputs. */
export type RingHappening = (BytesHead & { readonly bytes: Uint8Array }) | OtherHappening

export type RingEvent = {
  /** Rises by one for each event of this link. */
  readonly seq: number
  readonly monoUs: number
  /** Business time given to the driver. */
  readonly atMs: number
} & RingHappening

interface RingPage {
  readonly events: readonly RingEvent[]
  /** Events that were overwritten before they were fetched. */
  readonly dropped: number
}

/** At 10,000 frames a second a watcher has one and a half seconds. */
const ringEventsMax = 16_384
/** Frames have some fifty bytes; noise comes in pieces of 64 KiB and must not fill the memory (F16). */
export const ringBytesMax = 4 * 1_048_576

/** Bytes of many events share a block: separate arrays would need ten times the memory. */
const blockBytes = 16_384
const noBytes = new Uint8Array(0)

/** The part of an event without numbers and bytes. */
type RingHead = BytesHead | OtherHappening
const plainHeads = { in: { kind: 'in' }, out: { kind: 'out' } } as const

const isBytes = <H extends RingHead>(head: H): head is Extract<H, BytesHead> =>
  head.kind === 'in' || head.kind === 'out'

/** Plain events share their head. */
function headOf(what: RingHappening): RingHead {
  if (!isBytes(what)) return what
  const { bytes: _, ...head } = what
  return head.exchange === undefined && head.gaps === undefined ? plainHeads[what.kind] : head
}

/** Events with a frame of their own, which older captures do not have. */
export const uncounted: readonly string[] = ['commandAnswered', 'versionRead']

export class FrameRing implements DeviceTap {
  private readonly heads: (RingHead | undefined)[] = []
  private readonly monoUs: number[] = []
  private readonly atMs: number[] = []
  /** Position of the bytes of an event. */
  private readonly blocks: Uint8Array[] = []
  private readonly starts: number[] = []
  private readonly lengths: number[] = []
  private block = noBytes
  private blockUsed = 0
  private readonly max: number
  private readonly businessMs: () => number
  /** Number of the newest event; 0: none yet. */
  lastSeq = 0
  private firstSeq = 1
  /** Number of bytes stored. */
  heldBytes = 0
  /** Events that the driver emitted since its start, by type. */
  readonly reportedTypes: Record<string, number> = {}

  constructor(businessMs: () => number, max = ringEventsMax) {
    this.businessMs = businessMs
    this.max = max
  }

  took(event: DriverEvent<unknown>, monoUs: number): void {
    const add = (what: RingHappening): void => this.add(what, monoUs, event.businessNowMs)
    switch (event.type) {
      case 'bytes':
        add({ kind: 'in', bytes: event.bytes })
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
    const bytes = 'bytes' in what ? what.bytes : noBytes
    const seq = ++this.lastSeq
    this.heldBytes += bytes.length
    while (this.firstSeq <= seq - this.max || this.isHeavy(seq)) this.dropFirst()
    const at = seq % this.max
    this.heads[at] = headOf(what)
    this.monoUs[at] = Math.floor(monoUs)
    this.atMs[at] = atMs
    this.keep(at, bytes)
  }

  reported(type: string): void {
    if (uncounted.includes(type)) return
    this.reportedTypes[type] = (this.reportedTypes[type] ?? 0) + 1
  }

  /** Nothing was overwritten yet: a capture begins with the driver's start. */
  get isWhole(): boolean {
    return this.firstSeq === 1
  }

  since(seq: number, limit = this.max): RingPage {
    const oldest = this.firstSeq
    const from = Math.max(seq + 1, oldest)
    const to = Math.min(this.lastSeq, from + limit - 1)
    const events: RingEvent[] = []
    for (let n = from; n <= to; n++) {
      const event = this.eventOf(n)
      if (event !== null) events.push(event)
    }
    return { events, dropped: Math.max(0, oldest - seq - 1) }
  }

  private eventOf(seq: number): RingEvent | null {
    const at = seq % this.max
    const head = this.heads[at]
    if (head === undefined) return null
    const numbers = { seq, monoUs: this.monoUs[at] ?? 0, atMs: this.atMs[at] ?? 0 }
    if (!isBytes(head)) return { ...head, ...numbers }
    const start = this.starts[at] ?? 0
    const bytes = (this.blocks[at] ?? noBytes).slice(start, start + (this.lengths[at] ?? 0))
    return { ...head, bytes, ...numbers }
  }

  /** Copies the bytes, because the link may reuse its buffer. A block is freed with its last event. */
  private keep(at: number, bytes: Uint8Array): void {
    const { length } = bytes
    if (length > this.block.length - this.blockUsed) {
      this.block = new Uint8Array(Math.max(blockBytes, length))
      this.blockUsed = 0
    }
    this.block.set(bytes, this.blockUsed)
    this.blocks[at] = length === 0 ? noBytes : this.block
    this.starts[at] = this.blockUsed
    this.lengths[at] = length
    this.blockUsed += length
  }

  private isHeavy(newest: number): boolean {
    return this.heldBytes > ringBytesMax && this.firstSeq < newest
  }

  private dropFirst(): void {
    const at = this.firstSeq % this.max
    this.heldBytes -= this.lengths[at] ?? 0
    this.heads[at] = undefined
    this.blocks[at] = noBytes
    this.firstSeq++
  }
}
