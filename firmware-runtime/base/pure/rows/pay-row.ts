// Durable steps of payments through a gateway: attempts, their outcomes, refunds.
// They are bodies of ledger rows; money/pure/pay/order.ts folds them.
import type { Fen } from '../values/fen.ts'

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

type RefundState = 'open' | 'done' | 'refused'

export interface KeptRefund {
  readonly refundNo: string
  readonly amountFen: Fen
  readonly why: 'late' | 'person'
  readonly state: RefundState
}

export interface KeptAttempt {
  readonly attemptNo: string
  readonly way: PayWay
  readonly amountFen: Fen
  readonly state: AttemptState
  readonly paidFen: Fen
  readonly refunds: readonly KeptRefund[]
  /** Word of its open item; null: no open item. */
  readonly item: string | null
}

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
  /** The gateway refused and has no such refund: the amount may be requested again. */
  | {
      readonly row: 'refundRefused'
      readonly refundNo: string
      readonly attemptNo: string
      readonly reason: string
    }
  /** An order that was settled long ago is taken up again, as it stood. */
  | {
      readonly row: 'again'
      readonly orderNo: string
      readonly dueFen: Fen
      readonly paidWith: string | null
      readonly attempts: readonly KeptAttempt[]
    }
  | { readonly row: 'item'; readonly attemptNo: string; readonly reason: string }
