// Interval and duration of clock and modem readings in a survey, and the result of a run. Each run ends: by its count,
// by its time, or when it is stopped.
import type { FaultCode, Why } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'

export interface Pace {
  readonly count: number
  /** Interval of readings, ms; a clock is observed over half an hour. */
  readonly everyMs: number
  /** Time limit of the whole run, which ends with the readings so far. */
  readonly withinMs: number
  readonly signal: AbortSignal
}

/** Why readings are missing; null: none are. */
export interface RunFault {
  readonly code: FaultCode
  readonly note: Why
}

/** Resolves early when the run is stopped. */
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
