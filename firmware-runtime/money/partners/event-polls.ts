// Requests that wait for an event of one partner: each ends with the event, when its time is over, when its connection
// closes, or when the server does.
import { setImmediate } from 'node:timers/promises'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { PartnerFeed, PartnerNews } from '../ports/partner.ts'
import type { EventsAsked } from './acts.ts'

/** Events of one answer: about 100 kB. */
const eventsMax = 200

export class EventPolls {
  private readonly mono: MonoClock
  private readonly waitingMax: number
  private readonly ends = new Set<() => void>()
  private readonly counts = new Map<string, number>()
  private isClosed = false

  /** `waitingMax`: requests of one partner that wait at once. */
  constructor(mono: MonoClock, waitingMax: number) {
    this.mono = mono
    this.waitingMax = waitingMax
  }

  /** `onGone` registers what to call when the connection closes. Throws ORDER-11. */
  async answer(
    partnerId: string,
    feed: PartnerFeed,
    { after, waitMs = 0 }: EventsAsked,
    onGone: (call: () => void) => void,
  ): Promise<PartnerNews> {
    const first = await feed.events(after, eventsMax)
    if (first.events.length > 0 || waitMs === 0 || this.isClosed) return first
    const count = this.counts.get(partnerId) ?? 0
    if (count >= this.waitingMax) throw new LaneFault('ORDER-11', { value: String(count) })
    this.counts.set(partnerId, count + 1)
    try {
      return await this.waited(feed, { after, waitMs }, onGone)
    } finally {
      this.counts.set(partnerId, (this.counts.get(partnerId) ?? 1) - 1)
    }
  }

  /** Ends each waiting request with what there is. */
  close(): void {
    this.isClosed = true
    for (const end of this.ends) end()
  }

  private async waited(
    feed: PartnerFeed,
    { after, waitMs }: { readonly after: number; readonly waitMs: number },
    onGone: (call: () => void) => void,
  ): Promise<PartnerNews> {
    const over = Promise.withResolvers<void>()
    let changed = Promise.withResolvers<void>()
    let isOver = false
    let from = after
    const end = (): void => {
      isOver = true
      over.resolve()
    }
    const cancels: Cancel[] = [
      this.mono.after(waitMs, end),
      // The act that calls back completes before its events are read.
      feed.onEvent(() => changed.resolve()),
    ]
    this.ends.add(end)
    onGone(end)
    try {
      for (;;) {
        const found = await feed.events(from, eventsMax)
        if (found.events.length > 0 || isOver) return found
        // Further rows are read in the next loop turn, so that the lanes are not held up.
        if (found.next > from) await setImmediate()
        else await Promise.race([changed.promise, over.promise])
        from = found.next
        changed = Promise.withResolvers<void>()
      }
    } finally {
      this.ends.delete(end)
      for (const cancel of cancels) cancel()
    }
  }
}
