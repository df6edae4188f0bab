// Tells somebody outside that a person is called at a lane.
// One try: who asks repeats it, with the same body.
import type { Cancel } from './clocks.ts'

export interface CallHook {
  /** `done` says whether it was taken, and why not. The same body with the same id is the same call. */
  post(body: string, callId: string, done: (isTaken: boolean, reason: string) => void): Cancel
}
