// Sends events to a partner by one signed POST (docs/billing-interface.md). A single try: the caller repeats it.
import type { Cancel } from '#base/ports/clocks.ts'

export interface Webhook {
  /** `done`: the number up to which the partner has processed the events, or why there is none. Called once. */
  post(body: string, done: (next: number | null, why: string) => void): Cancel
}
