// Time that goes on so many times faster than the machine's, for monotonic timers and for business time alike: a test of minutes
// over real links takes seconds, and no timer is skipped.
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import type { BusinessClock, Cancel, MonoClock } from '#base/ports/clocks.ts'

export class FastClock implements MonoClock {
  private readonly real = systemMonoClock()
  private readonly fromUs = this.real.nowUs()
  private readonly fromMs = systemWallClock().nowMs()
  private readonly times: number

  constructor(times: number) {
    this.times = times
  }

  nowUs(): number {
    return (this.real.nowUs() - this.fromUs) * this.times
  }

  after(delayMs: number, fn: () => void): Cancel {
    return this.real.after(delayMs / this.times, fn)
  }

  wall(): BusinessClock {
    const passedMs = (): number => Math.round(this.nowUs() / 1_000)
    return { nowMs: () => this.fromMs + passedMs(), steadyMs: passedMs }
  }
}
