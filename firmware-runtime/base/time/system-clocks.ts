// Real implementations of base/ports/clocks.ts: wall clocks, monotonic time with timers, and random numbers.
// TraceClock is the business clock of a replay: only the trace moves it.
import { randomBytes } from 'node:crypto'
import { uptime } from 'node:os'
import type { BusinessClock, Cancel, MonoClock, Random } from '../ports/clocks.ts'
import { must } from '../pure/values/must.ts'
import type { InstantMs } from '../pure/values/instant.ts'

/** Node turns a longer delay into 1 ms (signed 32-bit), so longer waits are split. */
const timerLegMsMax = 2_147_483_647

/** Business or transport time of a live site: the clock of the machine. */
export const systemWallClock = (): BusinessClock => ({
  nowMs: () => Date.now(),
  // Time since the machine was started, including suspension, during which the clock of timers stops.
  steadyMs: () => Math.round(uptime() * 1000),
})

/** Business time of a replay. Never goes back: a stay must not get a negative length. */
export class TraceClock implements BusinessClock {
  private atMs: InstantMs
  constructor(startMs: InstantMs) {
    must(Number.isSafeInteger(startMs), `${startMs} is not an instant`)
    this.atMs = startMs
  }

  nowMs(): InstantMs {
    return this.atMs
  }

  /** Only the trace moves this clock, so it is its own steady count, ms. */
  steadyMs(): number {
    return this.atMs
  }

  set(atMs: InstantMs): void {
    must(Number.isSafeInteger(atMs), `${atMs} is not an instant`)
    must(atMs >= this.atMs, `the trace goes back from ${this.atMs} to ${atMs}`)
    this.atMs = atMs
  }

  advance(byMs: number): void {
    this.set(this.atMs + byMs)
  }
}

/** Monotonic time and timers of the machine. */
export function systemMonoClock(): MonoClock {
  const startNs = process.hrtime.bigint()
  const nowUs = (): number => Number((process.hrtime.bigint() - startNs) / 1000n)
  return {
    nowUs,
    after(delayMs: number, fn: () => void): Cancel {
      must(delayMs >= 0, `a wait of ${delayMs} ms`)
      const dueUs = nowUs() + delayMs * 1000
      let handle: NodeJS.Timeout
      const arm = (): void => {
        const leftMs = Math.max(0, Math.ceil((dueUs - nowUs()) / 1000))
        // Node may fire a fraction of a millisecond early: the rest is waited for again, so that code comparing two
        // readings of this clock never sees a timer before its time.
        handle = setTimeout(
          () => (nowUs() >= dueUs ? fn() : arm()),
          Math.min(leftMs, timerLegMsMax),
        )
      }
      arm()
      return () => clearTimeout(handle)
    },
  }
}

export const systemRandom = (): Random => ({ bytes: (count) => new Uint8Array(randomBytes(count)) })
