// Virtual monotonic time: one heap of events ordered by (time, order of asking), nothing random.
// Device time stands still while no car is about, so that idle polls of months cost no event.
import { must } from '../../core/values/must.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

interface Entry {
  readonly atUs: number
  readonly order: number
  readonly fn: () => void
  /** Cancelled or taken: nobody waits for it any more. */
  dead: boolean
}

/** Cancelled timers that may wait in a heap beside as many live ones. */
const deadMin = 256

const isBefore = (a: Entry, b: Entry): boolean =>
  a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order)

/** Smallest (atUs, order) first. */
class Heap {
  private items: Entry[] = []
  private deadCount = 0

  get size(): number {
    return this.items.length
  }

  get first(): Entry | undefined {
    while (this.items[0]?.dead === true) {
      this.pop()
      this.deadCount--
    }
    return this.items[0]
  }

  /**
   * Most timers are cancelled long before their time; left where they are, the heap of a month would
   * be theirs. The order of the living does not depend on how they lie in the heap.
   */
  cancel(entry: Entry): void {
    if (entry.dead) return
    entry.dead = true
    this.deadCount++
    if (this.deadCount < deadMin || this.deadCount * 2 < this.items.length) return
    const living = this.items.filter((item) => !item.dead)
    this.items = []
    this.deadCount = 0
    for (const item of living) this.push(item)
  }

  /** Takes the first entry, which lives. */
  take(): void {
    const entry = this.pop()
    if (entry !== undefined) entry.dead = true
  }

  push(entry: Entry): void {
    const { items } = this
    let i = items.length
    items.push(entry)
    while (i > 0) {
      const up = (i - 1) >> 1
      const above = items[up]
      if (above === undefined || !isBefore(entry, above)) break
      items[i] = above
      i = up
    }
    items[i] = entry
  }

  private pop(): Entry | undefined {
    const { items } = this
    const top = items[0]
    const last = items.pop()
    if (top === last || last === undefined) return top
    // The last one goes down from the top to its place; what is before it goes up.
    let i = 0
    for (;;) {
      const [left, right] = [items[2 * i + 1], items[2 * i + 2]]
      if (left === undefined) break
      const isRight = right !== undefined && isBefore(right, left)
      const next = isRight ? right : left
      if (!isBefore(next, last)) break
      items[i] = next
      i = 2 * i + (isRight ? 2 : 1)
    }
    items[i] = last
    return top
  }
}

export class VirtualTime {
  private readonly main = new Heap()
  private readonly device = new Heap()
  private order = 0
  private atUs = 0
  /** Device time minus main time, µs; only grows apart while devices sleep. */
  private behindUs = 0
  private awake = 0
  events = 0

  /** Clock of the runtime: always runs. */
  readonly clock: MonoClock = this.clockOver(this.main, () => this.atUs)
  /** Clock of devices and of their drivers: runs while somebody needs them. */
  readonly deviceClock: MonoClock = this.clockOver(this.device, () => this.atUs - this.behindUs)

  private clockOver(heap: Heap, nowUs: () => number): MonoClock {
    return {
      nowUs,
      after: (delayMs, fn): Cancel => {
        const entry: Entry = {
          atUs: nowUs() + Math.max(0, Math.round(delayMs * 1000)),
          order: this.order++,
          fn,
          dead: false,
        }
        heap.push(entry)
        return () => heap.cancel(entry)
      },
    }
  }

  /** Devices run until as many `sleep` calls came. */
  wake(): void {
    this.awake++
  }

  sleep(): void {
    must(this.awake > 0, 'only who is awake can sleep')
    this.awake--
  }

  /** Runs everything up to that time, or until `done` says so. True when `done` did. */
  runTo(untilUs: number, done: () => boolean = () => false): boolean {
    for (;;) {
      if (done()) return true
      const next = this.nextHeap()
      const entry = next?.first
      const at =
        entry === undefined
          ? Infinity
          : next === this.main
            ? entry.atUs
            : entry.atUs + this.behindUs
      if (next === null || at > untilUs) {
        this.moveTo(untilUs)
        return done()
      }
      this.moveTo(at)
      next.take()
      this.events++
      entry?.fn()
    }
  }

  private nextHeap(): Heap | null {
    const main = this.main.first
    const device = this.awake > 0 ? this.device.first : undefined
    if (main === undefined) return device === undefined ? null : this.device
    if (device === undefined) return this.main
    const deviceUs = device.atUs + this.behindUs
    if (deviceUs !== main.atUs) return deviceUs < main.atUs ? this.device : this.main
    return device.order < main.order ? this.device : this.main
  }

  private moveTo(atUs: number): void {
    if (atUs <= this.atUs) return
    if (this.awake === 0) this.behindUs += atUs - this.atUs
    this.atUs = atUs
  }

  get nowUs(): number {
    return this.atUs
  }

  /** Timers held, cancelled ones that were not yet let go of included. */
  get waiting(): number {
    return this.main.size + this.device.size
  }
}
