// What a platform feeds back to a lot (000 A.2.3 b 1 to 5; 001 8.3.1 a): one message, and what it is about.
// A message is a work item of the day's books; money/pure/billing/feedback-items.ts makes it. A driver's own word about a charge
// (5.2.1 f, 5.2.2 i; P36) is one as well, taken at the desk of the lot or by the platform.
import type { Fen } from './fen.ts'
import type { InstantMs } from './instant.ts'

export type FeedbackWord = 'payment' | 'list' | 'clearing' | 'bill' | 'upload' | 'review' | 'driver'

/** Kinds of driver feedback, in the order of P36. */
export const complaintKinds = ['amount', 'twice', 'notMine', 'other'] as const
export type ComplaintKind = (typeof complaintKinds)[number]

export const complaintTextMax = 500
export const contactMax = 60

export interface Complaint {
  readonly kind: ComplaintKind
  /** Contact of the driver; absent: not given, or kept by the platform. */
  readonly contact?: string
  /** Last day for an answer, `YYYY-MM-DD`; absent: no deadline from the platform. */
  readonly answerBy?: string
  /** Verdict on the driver's receipt when the feedback was recorded; absent: no receipt shown. */
  readonly receipt?: 'holds' | 'lost'
}

export interface FeedbackMessage {
  /** Counts up by one at its platform; 0: taken at the desk of this lot. */
  readonly seq: number
  /** Permanent number of the message. */
  readonly no: string
  readonly what: FeedbackWord
  readonly atMs: InstantMs
  /** Null: of no charge. */
  readonly outTradeNo: string | null
  readonly feeFen: Fen | null
  readonly text: string
  /** Party that sends the record again (A.2.3 b 5); null: not required. */
  readonly resend: 'lot' | 'platform' | null
  /** Driver feedback only. */
  readonly complaint?: Complaint
}
