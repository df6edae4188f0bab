// Messages of a platform to a lot (000 A.2.3 b; 001 8.3.1 a), requested from the last accepted one on.
// Nothing is stored here: the caller stores what it accepts.
import type { FeedbackMessage } from '#base/pure/values/feedback.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'

export type FeedbackAnswer =
  /** `lastSeq`: of the newest message that there is; more may be left behind these. */
  | {
      readonly kind: 'messages'
      readonly lastSeq: number
      readonly messages: readonly FeedbackMessage[]
    }
  /** The platform has no such interface. */
  | { readonly kind: 'none'; readonly reason: string }
  /** No trustworthy answer. */
  | { readonly kind: 'silent'; readonly reason: string }

export interface PlatformFeedback {
  /** Called back once. `wrong`: it breaks its rule, the fault names the field. */
  after(
    seq: number,
    done: (answer: FeedbackAnswer | { readonly kind: 'wrong'; readonly fault: LaneFault }) => void,
  ): void
}
