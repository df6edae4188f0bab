// Virtual monotonic time: one heap of events ordered by (time, order of asking), nothing random.
// Device time stands still while no car is about, so that idle polls of months cost no event.
import { must } from '#base/pure/values/must.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'

interface Entry {
  atUs: number
  order: number
  fn: () => void
  /** Cancelled or fired. */
  dead: boolean
  /** Heap key: its own time and order, or those of the cancelled timer whose slot it reuses. */
  placeUs: number
  placeOrder: number
}

/** Place of what lies in no heap. */
const gone = -1
/** Cancelled timers that may wait in a heap beside as many live ones. */
const deadMin = 256

const isBefore = (a: Entry, b: Entry): boolean =>
  a.placeUs < b.placeUs || (a.placeUs === b.placeUs && a.placeOrder < b.placeOrder)

/** Smallest (atUs, order) first. */
class Heap {
  private items: Entry[] = []
  private deadCount = 0
  /** Cancelled ones, the last one first; what left the heap meanwhile is dead and has no order. */
  private readonly free: Entry[] = []

  get size(): number {
    return this.items.length
  }

  get first(): Entry | undefined {
    for (let top = this.items[0]; top !== undefined; top = this.items[0]) {
      if (top.dead) {
        this.pop()
        top.placeOrder = gone
        this.deadCount--
      } else if (top.placeOrder === top.order) return top
      else {
        // It took the place of one that was due earlier: now it goes to its own.
        this.pop()
        this.place(top)
      }
    }
    return undefined
  }

  /**
   * Most timers are cancelled long before their time; left where they are, the heap of a month would
   * be theirs. The order of the living does not depend on how they lie in the heap.
   */
  cancel(entry: Entry, order: number): void {
    if (entry.dead || entry.order !== order) return
    entry.dead = true
    this.free.push(entry)
    this.deadCount++
    if (this.deadCount < deadMin || this.deadCount * 2 < this.items.length) return
    const living = this.items.filter((item) => !item.dead)
    this.items = []
    this.free.length = 0
    this.deadCount = 0
    for (const item of living) this.place(item)
  }

  /** Takes the first entry, which lives. */
  take(): void {
    const entry = this.pop()
    if (entry !== undefined) entry.dead = true
  }

  /**
   * A timer reuses the slot of the timer cancelled last, if that slot is before its own time: a watchdog that is reset with
   * each poll then moves in the heap once per its full length.
   */
  add(atUs: number, order: number, fn: () => void): Entry {
    const { free } = this
    while (free.at(-1)?.placeOrder === gone) free.pop()
    const spare = free.at(-1)
    if (spare !== undefined && spare.placeUs <= atUs) {
      free.pop()
      this.deadCount--
      spare.atUs = atUs
      spare.order = order
      spare.fn = fn
      spare.dead = false
      return spare
    }
    const entry = { atUs, order, fn, dead: false, placeUs: atUs, placeOrder: order }
    this.push(entry)
    return entry
  }

  private place(entry: Entry): void {
    entry.placeUs = entry.atUs
    entry.placeOrder = entry.order
    this.push(entry)
  }

  private push(entry: Entry): void {
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
      const left = items[2 * i + 1]
      const right = items[2 * i + 2]
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
  /** Clock of devices and their drivers: runs only while it is needed. */
  readonly deviceClock: MonoClock = this.clockOver(this.device, () => this.atUs - this.behindUs)

  private clockOver(heap: Heap, nowUs: () => number): MonoClock {
    return {
      nowUs,
      after: (delayMs, fn): Cancel => {
        const atUs = nowUs() + Math.max(0, Math.round(delayMs * 1000))
        const order = this.order++
        const entry = heap.add(atUs, order, fn)
        return () => heap.cancel(entry, order)
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

  /** Runs all timers up to that time, or until `done` returns true. Returns true in the latter case. */
  runTo(untilUs: number, done: () => boolean = () => false): boolean {
    for (;;) {
      if (done()) return true
      const main = this.main.first
      const device = this.awake > 0 ? this.device.first : undefined
      const mainUs = main === undefined ? Infinity : main.atUs
      const deviceUs = device === undefined ? Infinity : device.atUs + this.behindUs
      const isDevice =
        deviceUs < mainUs ||
        (deviceUs === mainUs && device !== undefined && device.order < (main?.order ?? Infinity))
      const entry = isDevice ? device : main
      const at = isDevice ? deviceUs : mainUs
      if (entry === undefined || at > untilUs) {
        this.moveTo(untilUs)
        return done()
      }
      this.moveTo(at)
      if (isDevice) this.device.take()
      else this.main.take()
      this.events++
      entry.fn()
    }
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
