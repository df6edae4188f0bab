// The machine's monotonic time with a lead that a test can increase: timers within the skipped time fire at once,
// as after a pause of the process. So no test waits half a minute for "not found" to become certain (P13).
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { BusinessClock, Cancel, MonoClock } from '#base/ports/clocks.ts'

interface Waiting {
  readonly delayMs: number
  dueUs: number
  readonly fn: () => void
  cancel: Cancel
}

export class SkipClock implements MonoClock {
  private readonly real = systemMonoClock()
  private readonly waiting = new Set<Waiting>()
  private skippedUs = 0

  nowUs(): number {
    return this.real.nowUs() + this.skippedUs
  }

  after(delayMs: number, fn: () => void): Cancel {
    const one: Waiting = {
      delayMs,
      dueUs: this.nowUs() + delayMs * 1000,
      fn,
      cancel: () => undefined,
    }
    this.waiting.add(one)
    this.arm(one)
    return () => {
      this.waiting.delete(one)
      one.cancel()
    }
  }

  /** Business time with a lead over the machine's, which also advances with the skipped time. */
  wall(aheadMs: number): BusinessClock {
    const real = systemWallClock()
    const skippedMs = (): number => Math.round(this.skippedUs / 1000)
    return {
      nowMs: () => real.nowMs() + aheadMs + skippedMs(),
      steadyMs: () => real.steadyMs() + skippedMs(),
    }
  }

  /** Timers of up to `sparesMs` keep their remaining time, so that a leap does not make a pending answer late. */
  leap(ms: number, sparesMs = 0): void {
    this.skippedUs += ms * 1000
    for (const one of this.waiting) {
      if (one.delayMs <= sparesMs) one.dueUs += ms * 1000
      one.cancel()
      this.arm(one)
    }
  }

  private arm(one: Waiting): void {
    const leftMs = Math.max(0, (one.dueUs - this.nowUs()) / 1000)
    one.cancel = this.real.after(leftMs, () => {
      this.waiting.delete(one)
      one.fn()
    })
  }
}
