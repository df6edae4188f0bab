// The time that a device tells by HTTP: whole seconds, so that the moment is looked for at which one begins.
// Half of what lies between two questions is how wrong it may be.
import type { InstantMs } from '../core/values/instant.ts'

export interface DateChange {
  /** By our clock. */
  readonly atMs: InstantMs
  /** The second that began there, by theirs. */
  readonly secondMs: InstantMs
  readonly errorMs: number
  /** As the device said that second: the value of its Date, or its answer to ONVIF. */
  readonly said: string
}

/** Rejects where nobody answers, or no Date goes on by seconds. */
export type HttpDates = (url: string) => Promise<DateChange>
