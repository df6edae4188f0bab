// Virtual time for a driver against a model: timers in order, advanced by the test, in microseconds.
// Wall time starts at a fixed instant and advances along.
import { instantOf } from '#base/pure/values/instant.ts'
import type { BusinessClock, Cancel, MonoClock } from '#base/ports/clocks.ts'

export const wallAtStartMs = instantOf(2026, 11, 20, 34_215_000)

export class VirtualClock implements MonoClock {
  private us = 0
  private order = 0
  private readonly timers = new Map<number, { readonly atUs: number; readonly fn: () => void }>()
  readonly wall: BusinessClock = {
    nowMs: () => Math.round(wallAtStartMs + this.us / 1000),
    steadyMs: () => Math.round(this.us / 1000),
  }

  nowUs(): number {
    return this.us
  }

  after(delayMs: number, fn: () => void): Cancel {
    const id = ++this.order
    this.timers.set(id, { atUs: this.us + Math.round(delayMs * 1000), fn })
    return () => void this.timers.delete(id)
  }

  run(forMs: number): void {
    const untilUs = this.us + Math.round(forMs * 1000)
    for (;;) {
      let next: readonly [number, { readonly atUs: number; readonly fn: () => void }] | null = null
      for (const entry of this.timers)
        if (entry[1].atUs <= untilUs && (next === null || entry[1].atUs < next[1].atUs))
          next = entry
      if (next === null) break
      this.timers.delete(next[0])
      this.us = Math.max(this.us, next[1].atUs)
      next[1].fn()
    }
    this.us = untilUs
  }
}
