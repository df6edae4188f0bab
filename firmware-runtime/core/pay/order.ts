// Attempts to pay one order through a gateway, and the durable rows that make them what they are.
// State after a restart is a fold over these rows (rules P1 and P6 of payments-and-desk.md 1.6).
import type { Fen } from '../values/fen.ts'

/** `charge`: the customer shows a code and we read it; `offer`: we show one and he reads it. */
export type PayWay = 'charge' | 'offer'

type AttemptState =
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

export interface PayRefund {
  readonly refundNo: string
  readonly amountFen: Fen
  readonly why: 'late' | 'person'
  readonly isDone: boolean
}

export interface Attempt {
  readonly attemptNo: string
  readonly way: PayWay
  readonly amountFen: Fen
  readonly state: AttemptState
  readonly paidFen: Fen
  readonly refunds: readonly PayRefund[]
  /** Word of its open item; null: none is open. */
  readonly item: string | null
  /** Known to this process alone: monotonic ms of sending and of the first cancel, and how often it tried. */
  readonly sentAtMs: number | null
  readonly cancelAtMs: number | null
  readonly cancels: number
  readonly watches: number
  readonly refundAsks: number
}

export interface PayOrder {
  readonly orderId: string
  readonly dueFen: Fen
  /** Number of its attempt, or another means; null while it is not paid. */
  readonly paidWith: string | null
  /** ETC is charging this order now: no other means may begin (P1). */
  readonly etcRuns: boolean
  readonly attempts: readonly Attempt[]
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
      readonly why: PayRefund['why']
      readonly requestedBy: string | null
      readonly approvedBy: string | null
    }
  | { readonly row: 'refundDone'; readonly refundNo: string; readonly attemptNo: string }
  | { readonly row: 'item'; readonly attemptNo: string; readonly reason: string }

export const emptyOrder = (orderId: string, dueFen: Fen): PayOrder => ({
  orderId,
  dueFen,
  paidWith: null,
  etcRuns: false,
  attempts: [],
})

const isLiveState: ReadonlySet<AttemptState> = new Set(['made', 'sent', 'pending'])
/** It may still take the customer's money by itself. */
export const isLive = ({ state }: Attempt): boolean => isLiveState.has(state)
export const isUndecided = (a: Attempt): boolean => isLive(a) || a.state === 'cancelling'

/** What may still go back: paid, less every refund that was asked for. */
export const refundableFen = ({ paidFen, refunds }: Attempt): Fen =>
  refunds.reduce((left, { amountFen }) => left - amountFen, paidFen)

export const withAttempt = (
  order: PayOrder,
  attemptNo: string,
  change: (attempt: Attempt) => Attempt,
): PayOrder => ({
  ...order,
  attempts: order.attempts.map((one) => (one.attemptNo === attemptNo ? change(one) : one)),
})

const newAttempt = ({ attemptNo, way, amountFen }: Extract<PayRow, { row: 'made' }>): Attempt => ({
  attemptNo,
  way,
  amountFen,
  state: 'made',
  paidFen: 0,
  refunds: [],
  item: null,
  sentAtMs: null,
  cancelAtMs: null,
  cancels: 0,
  watches: 0,
  refundAsks: 0,
})

/** The one way in which an order changes durably. */
export function applyPayRow(order: PayOrder, row: PayRow): PayOrder {
  switch (row.row) {
    case 'made':
      return { ...order, attempts: [...order.attempts, newAttempt(row)] }
    case 'state': {
      const { state, paidFen } = row
      // An end that is certain closes the item that asked for it.
      const ends = state !== 'cancelling' && state !== 'pending'
      const item = state === 'odd' ? row.reason : null
      return withAttempt(order, row.attemptNo, (one) => ({
        ...one,
        state,
        paidFen,
        ...(ends ? { item } : {}),
      }))
    }
    case 'orderPaid':
      return { ...order, paidWith: row.with }
    case 'refund': {
      const { refundNo, amountFen, why } = row
      return withAttempt(order, row.attemptNo, (one) => ({
        ...one,
        refunds: [...one.refunds, { refundNo, amountFen, why, isDone: false }],
      }))
    }
    case 'refundDone':
      return withAttempt(order, row.attemptNo, (one) => {
        const refunds = one.refunds.map((back) =>
          back.refundNo === row.refundNo ? { ...back, isDone: true } : back,
        )
        const isOver = refundableFen(one) === 0 && refunds.every(({ isDone }) => isDone)
        return { ...one, refunds, item: isOver ? null : one.item }
      })
    case 'item':
      return withAttempt(order, row.attemptNo, (one) => ({ ...one, item: row.reason }))
  }
}
