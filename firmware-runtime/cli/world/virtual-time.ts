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
    this.items.push(entry)
    let i = this.items.length - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!this.swapIfLess(i, up)) return
      i = up
    }
  }

  private pop(): Entry | undefined {
    const top = this.items[0]
    const last = this.items.pop()
    if (top === undefined || last === undefined || this.items.length === 0) return top
    this.items[0] = last
    let i = 0
    for (;;) {
      const [l, r] = [2 * i + 1, 2 * i + 2]
      const small = this.less(r, l) ? r : l
      if (small >= this.items.length || !this.swapIfLess(small, i)) return top
      i = small
    }
  }

  private less(a: number, b: number): boolean {
    const [x, y] = [this.items[a], this.items[b]]
    if (x === undefined) return false
    return y === undefined || x.atUs < y.atUs || (x.atUs === y.atUs && x.order < y.order)
  }

  private swapIfLess(a: number, b: number): boolean {
    const [x, y] = [this.items[a], this.items[b]]
    if (x === undefined || y === undefined || !this.less(a, b)) return false
    this.items[a] = y
    this.items[b] = x
    return true
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
