// Virtual monotonic time: one heap of events ordered by (time, order of asking), nothing random.
// Device time stands still while no car is about, so that idle polls of months cost no event.
import { must } from '../../core/values/must.ts'
import type { Cancel, MonoClock } from '../../ports/clocks.ts'

interface Entry {
  readonly atUs: number
  readonly order: number
  readonly fn: () => void
  dead: boolean
}

/** Smallest (atUs, order) first. */
class Heap {
  private readonly items: Entry[] = []

  get first(): Entry | undefined {
    while (this.items[0]?.dead === true) this.pop()
    return this.items[0]
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

  pop(): Entry | undefined {
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
        return () => {
          entry.dead = true
        }
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
      next.pop()
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
}
