// Attempts to pay one order through a gateway, and the durable rows that make them what they are.
// State after a restart is a fold over these rows (rules P1 and P6 of payments-and-desk.md 1.6).
import type { Fen } from '../values/fen.ts'
import type { AttemptState, PayRow, PayWay } from '../values/pay-row.ts'

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

/** No attempt may still take money and nothing is on its way back. */
export const isSettled = ({ attempts }: PayOrder): boolean =>
  attempts.every((one) => !isUndecided(one) && one.refunds.every(({ isDone }) => isDone))

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
