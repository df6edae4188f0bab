// Durable steps of payments through a gateway: an attempt, what became of it, what went back.
// They are bodies of ledger rows; core/pay/order.ts folds them.
import type { Fen } from './fen.ts'

/** `charge`: the customer shows a code and we read it; `offer`: we show one and he reads it. */
export type PayWay = 'charge' | 'offer'

export type AttemptState =
  /** Row synced, not sent. After a restart it may have been sent. */
  | 'made'
  | 'sent'
  | 'pending'
  | 'paid'
  | 'failed'
  | 'cancelling'
  | 'closed'
  | 'reversed'
  /** Another amount, paid twice, or paid and then not: a person's. */
  | 'odd'

export type PayRow =
  | {
      readonly row: 'made'
      readonly attemptNo: string
      readonly way: PayWay
      readonly amountFen: Fen
    }
  | {
      readonly row: 'state'
      readonly attemptNo: string
      readonly state: Exclude<AttemptState, 'made' | 'sent'>
      readonly paidFen: Fen
      readonly reason: string
    }
  /** The order is paid with this attempt, or with this other means. */
  | { readonly row: 'orderPaid'; readonly with: string }
  | {
      readonly row: 'refund'
      readonly refundNo: string
      readonly attemptNo: string
      readonly amountFen: Fen
      readonly why: 'late' | 'person'
      readonly requestedBy: string | null
      readonly approvedBy: string | null
    }
  | { readonly row: 'refundDone'; readonly refundNo: string; readonly attemptNo: string }
  | { readonly row: 'item'; readonly attemptNo: string; readonly reason: string }
