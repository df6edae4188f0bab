// The time of a lost machine that no copy covers.
import type { InstantMs } from './instant.ts'

/** Time of which the lost machine wrote rows that nobody has. */
export interface LostSpan {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}
