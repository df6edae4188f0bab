// Attempts to pay one order through a gateway, and the durable rows that make them what they are.
// State after a restart is a fold over these rows (rules P1 and P6 of payments-and-desk.md 1.6).
import type { Fen } from '#base/pure/values/fen.ts'
import type { AttemptState, KeptAttempt, KeptRefund, PayRow } from '#base/pure/rows/pay-row.ts'

export interface PayRefund extends KeptRefund {
  /** In memory only: the gateway has answered about it, or the reason of its refusal. */
  readonly isHeard: boolean
  readonly refusal: string | null
}

export interface Attempt extends Omit<KeptAttempt, 'refunds'> {
  readonly refunds: readonly PayRefund[]
  /** Known to this process alone: monotonic ms of sending, of the last query and of the first cancel, and how often it tried. */
  readonly sentAtMs: number | null
  readonly queriedAtMs: number | null
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
/** True while the attempt may still take the customer's money. */
export const isLive = ({ state }: Attempt): boolean => isLiveState.has(state)
export const isUndecided = (a: Attempt): boolean => isLive(a) || a.state === 'cancelling'

export const isOnItsWay = ({ state }: KeptRefund): boolean => state === 'open'

/** No attempt may still take money and nothing is on its way back. */
export const isSettled = ({ attempts }: PayOrder): boolean =>
  attempts.every((one) => !isUndecided(one) && !one.refunds.some(isOnItsWay))

/**
 * Fen that may still be refunded: the payment minus all refunds not refused; 0 where the refunds exceed the payment that the
 * gateway now reports.
 */
export const refundableFen = ({ paidFen, refunds }: Pick<Attempt, 'paidFen' | 'refunds'>): Fen =>
  Math.max(
    0,
    refunds.reduce(
      (left, { amountFen, state }) => (state === 'refused' ? left : left - amountFen),
      paidFen,
    ),
  )

export const withAttempt = (
  order: PayOrder,
  attemptNo: string,
  change: (attempt: Attempt) => Attempt,
): PayOrder => ({
  ...order,
  attempts: order.attempts.map((one) => (one.attemptNo === attemptNo ? change(one) : one)),
})

const keptAgain = ({ refunds, ...kept }: KeptAttempt): Attempt => ({
  ...kept,
  refunds: refunds.map((one) => ({ ...one, isHeard: false, refusal: null })),
  sentAtMs: null,
  queriedAtMs: null,
  cancelAtMs: null,
  cancels: 0,
  watches: 0,
  refundAsks: 0,
})

const newAttempt = ({ attemptNo, way, amountFen }: Extract<PayRow, { row: 'made' }>): Attempt =>
  keptAgain({ attemptNo, way, amountFen, state: 'made', paidFen: 0, refunds: [], item: null })

/** The row by which a settled order is taken up again. */
export function againRow({ orderId, dueFen, paidWith, attempts }: PayOrder): PayRow {
  const kept = attempts.map((one): KeptAttempt => {
    const { attemptNo, way, amountFen, state, paidFen, item } = one
    const refunds = one.refunds.map(({ refundNo, amountFen: fen, why, state: now }) => ({
      refundNo,
      amountFen: fen,
      why,
      state: now,
    }))
    return { attemptNo, way, amountFen, state, paidFen, refunds, item }
  })
  return { row: 'again', orderNo: orderId, dueFen, paidWith, attempts: kept }
}

function ended(
  one: Attempt,
  { refundNo, row }: Extract<PayRow, { row: 'refundDone' | 'refundRefused' }>,
): Attempt {
  const state = row === 'refundDone' ? 'done' : 'refused'
  const refunds = one.refunds.map((back) =>
    back.refundNo === refundNo ? ({ ...back, state } as const) : back,
  )
  const isOver = refundableFen({ ...one, refunds }) === 0 && !refunds.some(isOnItsWay)
  return { ...one, refunds, item: isOver ? null : one.item }
}

/** The one way in which an order changes durably. */
export function applyPayRow(order: PayOrder, row: PayRow): PayOrder {
  switch (row.row) {
    case 'made':
      return { ...order, attempts: [...order.attempts, newAttempt(row)] }
    case 'state': {
      const { state, paidFen } = row
      // A certain outcome closes the item that requested it.
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
        refunds: [
          ...one.refunds,
          { refundNo, amountFen, why, state: 'open', isHeard: false, refusal: null },
        ],
      }))
    }
    case 'refundDone':
    case 'refundRefused':
      return withAttempt(order, row.attemptNo, (one) => ended(one, row))
    case 'again': {
      const { orderNo, dueFen, paidWith, attempts } = row
      return { ...order, orderId: orderNo, dueFen, paidWith, attempts: attempts.map(keptAgain) }
    }
    case 'item':
      return withAttempt(order, row.attemptNo, (one) => ({ ...one, item: row.reason }))
  }
}
