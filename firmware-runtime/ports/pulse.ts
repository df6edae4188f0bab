// The pulse of a second that a receiver gives on a line of its own: when our clock saw its last edge.
// The system stamps the edge; nobody here waits for it.
import type { InstantMs } from '../core/values/instant.ts'

export interface Pulse {
  /** By our clock, in parts of a millisecond. */
  readonly atMs: InstantMs
  /** As the system said it. */
  readonly said: string
}

/** `name`: of the source, as the system has it (`pps0`). Null: there is none, or it has not come yet. */
export type PulseAt = (name: string) => Pulse | null
