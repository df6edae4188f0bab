// What a platform feeds back to a lot (000 A.2.3 b 1 to 5; 001 8.3.1 a): one message, and what it is about.
// A message is a work item of the day's books; core/billing/feedback-items.ts makes it.
import type { Fen } from './fen.ts'
import type { InstantMs } from './instant.ts'

export type FeedbackWord = 'payment' | 'list' | 'clearing' | 'bill' | 'upload' | 'review'

export interface FeedbackMessage {
  /** Counts up by one at its platform. */
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
}
