// The three clocks of design.md section 2. They are never converted into each other
// outside the composition root: business (stays, tariffs), transport (signing, TLS), mono (timeouts).
import type { InstantMs } from '../pure/values/instant.ts'

/** A wall clock: business or transport time. */
export interface WallClock {
  nowMs(): InstantMs
}

/** Business time with the count that checks it: a clock that is set is found by its own count. */
export interface BusinessClock extends WallClock {
  /** Elapsed ms since an arbitrary start. It counts on during suspension and cannot be set. */
  steadyMs(): number
}

export type Cancel = () => void

/** Monotonic time and timers: real over links, virtual in simulation. */
export interface MonoClock {
  /** Microseconds since an arbitrary start; never goes back. */
  nowUs(): number
  /** Calls `fn` once after `delayMs`; the returned function cancels. */
  after(delayMs: number, fn: () => void): Cancel
}

/** The only source of randomness. */
export interface Random {
  bytes(count: number): Uint8Array
}
