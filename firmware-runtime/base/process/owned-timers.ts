// The owner of every timer of a lot: site, lanes, devices and side tasks get this clock and no other. A fault of the
// world in a timer is shown and the lanes go on; any other error is a bug and ends the process, which starts again from
// the ledger. Timers that still wait when the lot is closed are cancelled, so that none fires on a closed ledger.
import { LaneFault } from '../pure/faults/faults.ts'
import type { Cancel, MonoClock } from '../ports/clocks.ts'
import { isTurnBroken } from '../pure/faults/whole-turn.ts'

export class OwnedTimers implements MonoClock {
  private readonly mono: MonoClock
  private readonly waiting = new Set<Cancel>()
  private stopped = false
  /** Null before somebody can be told: the fault is thrown. */
  private take: ((fault: LaneFault) => void) | null = null

  constructor(mono: MonoClock) {
    this.mono = mono
  }

  nowUs(): number {
    return this.mono.nowUs()
  }

  after(delayMs: number, fn: () => void): Cancel {
    if (this.stopped) return () => undefined
    const cancel = this.mono.after(delayMs, () => {
      this.waiting.delete(cancel)
      this.fire(fn)
    })
    this.waiting.add(cancel)
    return () => {
      this.waiting.delete(cancel)
      cancel()
    }
  }

  /** From now on a fault of the world in a timer goes to `take`. */
  toldTo(take: (fault: LaneFault) => void): void {
    this.take = take
  }

  /** Nothing waits any more, and nothing begins to. */
  stop(): void {
    this.stopped = true
    for (const cancel of this.waiting) cancel()
    this.waiting.clear()
  }

  private fire(fn: () => void): void {
    try {
      fn()
    } catch (error) {
      if (this.take === null || !(error instanceof LaneFault) || isTurnBroken(error)) throw error
      this.take(error)
    }
  }
}
