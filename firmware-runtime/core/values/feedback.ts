// What a platform feeds back to a lot (000 A.2.3 b 1 to 5; 001 8.3.1 a): one message, and what it is about.
// A message is a work item of the day's books; core/billing/feedback-items.ts makes it. A driver's own word about a charge
// (5.2.1 f, 5.2.2 i; P36) is one as well, taken at the desk of the lot or by the platform.
import type { Fen } from './fen.ts'
import type { InstantMs } from './instant.ts'

export type FeedbackWord = 'payment' | 'list' | 'clearing' | 'bill' | 'upload' | 'review' | 'driver'

/** What a driver says is wrong, in the order of P36. */
export const complaintKinds = ['amount', 'twice', 'notMine', 'other'] as const
export type ComplaintKind = (typeof complaintKinds)[number]

export const complaintTextMax = 500
export const contactMax = 60

export interface Complaint {
  readonly kind: ComplaintKind
  /** Where the driver can be reached; absent: nobody said, or the platform kept it. */
  readonly contact?: string
  /** The last day for an answer, `YYYY-MM-DD`; absent: the platform named none. */
  readonly answerBy?: string
  /** How its receipt was judged when it was taken; absent: none was shown. */
  readonly receipt?: 'holds' | 'lost'
}

export interface FeedbackMessage {
  /** Counts up by one at its platform; 0: taken at the desk of this lot. */
  readonly seq: number
  /** By which it is known for ever. */
  readonly no: string
  readonly what: FeedbackWord
  readonly atMs: InstantMs
  /** Null: of no charge. */
  readonly outTradeNo: string | null
  readonly feeFen: Fen | null
  readonly text: string
  /** Who sends the record again (A.2.3 b 5); null: nobody has to. */
  readonly resend: 'lot' | 'platform' | null
  /** Of a driver's word alone. */
  readonly complaint?: Complaint
}
