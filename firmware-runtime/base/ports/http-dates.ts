// The time that a device reports by HTTP, in whole seconds: the change of the second is located by repeated requests.
// The uncertainty is half the time between two requests.
import type { InstantMs } from '../pure/values/instant.ts'

export interface DateChange {
  /** Time by this machine's clock. */
  readonly atMs: InstantMs
  /** The second that began there, by theirs. */
  readonly secondMs: InstantMs
  readonly errorMs: number
  /** Raw value for that second: the Date header, or the ONVIF answer. */
  readonly said: string
}

/** Rejects without an answer, or if the Date does not advance by seconds. */
export type HttpDates = (url: string) => Promise<DateChange>
