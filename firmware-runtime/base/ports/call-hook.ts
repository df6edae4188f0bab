// Notifies an outside receiver that the attendant is called at a lane.
// A single try: the caller repeats it with the same body.
import type { Cancel } from './clocks.ts'

export interface CallHook {
  /** `done` reports acceptance, or the reason of a failure. The same body with the same id is the same call. */
  post(body: string, callId: string, done: (isTaken: boolean, reason: string) => void): Cancel
}
