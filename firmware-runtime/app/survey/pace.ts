// How often and how long a survey reads a clock or a modem, and what a run of readings comes to.
// Each run ends: with its count, with its time, or when it is stopped.
import type { FaultCode, Why } from '../../core/faults/faults.ts'
import type { MonoClock } from '../../ports/clocks.ts'

export interface Pace {
  readonly count: number
  /** From one reading to the next; a clock is shown over half an hour with it. */
  readonly everyMs: number
  /** The whole run ends after this, with what it has. */
  readonly withinMs: number
  readonly signal: AbortSignal
}

/** Why readings are missing; null: none are. */
export interface RunFault {
  readonly code: FaultCode
  readonly note: Why
}

/** Ends early, and without a word, when the run is stopped. */
export function pause(mono: MonoClock, forMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal.aborted || forMs <= 0) return Promise.resolve()
  const end = (): void => {
    cancel()
    signal.removeEventListener('abort', end)
    resolve()
  }
  const cancel = mono.after(forMs, end)
  signal.addEventListener('abort', end)
  return promise
}

export const nowMsOf = (mono: MonoClock): number => Math.floor(mono.nowUs() / 1000)
