// The pulse-per-second signal of a receiver: when the clock of this machine saw its last edge.
// The operating system stamps the edge; reading it does not block.
import type { InstantMs } from '../pure/values/instant.ts'

export interface Pulse {
  /** Time by this machine's clock, with fractions of a millisecond. */
  readonly atMs: InstantMs
  /** Raw text from the system. */
  readonly said: string
}

/** `name`: system name of the source (`pps0`). Null: no such source, or no pulse yet. */
export type PulseAt = (name: string) => Pulse | null
