// Payments of a stay by ETC and by hand, from its rows alone, so that old stays work as well: the amount left of each, and the
// progress of its refunds. Payments by code are in money/pure/pay/stay-orders.ts.
import type { RefundByHand } from '../pay/refund-by-hand.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LedgerRow, OutboxState, RefundState } from '#base/pure/rows/ledger-row.ts'
import { takesOf, type PaymentMeans } from '#base/pure/values/payment-means.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'

type RowOf<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>

/** The record of a charge or of a refund for the platform; `state` null: nothing was answered yet. */
interface UploadRecord {
  readonly outboxId: string
  readonly state: OutboxState | null
  readonly note: string
}

export interface StayRefund {
  readonly refundId: string
  readonly amountFen: Fen
  readonly byPeople: boolean
  readonly operator: string
  readonly approvedBy: string | null
  readonly reason: string
  readonly askedAtMs: InstantMs
  /** Null: no step is known. */
  readonly state: RefundState | null
  /** Upload record; null: the refund is not requested from a platform but made by hand. */
  readonly record: UploadRecord | null
}

/** A payment of a stay, or of a sold pass, which has no stay, order or lane. */
export interface StayPayment {
  /** Trade number of a charge, else the number of the payment. */
  readonly no: string
  readonly means: PaymentMeans
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string
  /** Deduction of a charge; null for a payment taken by hand. */
  readonly deductionId: string | null
  readonly state: 'paid' | 'unknown' | 'refused' | 'sent'
  readonly amountFen: Fen
  readonly paidFen: Fen
  /** Record of the charge; null where the platform never hears of it. */
  readonly record: UploadRecord | null
  readonly refunds: readonly StayRefund[]
}

/** A rejected refund by people takes nothing; one ordered by a rule stays owed until it is made. */
const takes = ({ byPeople, state }: StayRefund): boolean => !(byPeople && state === 'rejected')

/** Fen that may still be refunded. The charge of a test car is refunded automatically. */
export const leftFen = ({
  state,
  orderId,
  paidFen,
  refunds,
}: Pick<StayPayment, 'state' | 'orderId' | 'paidFen' | 'refunds'>): Fen =>
  state !== 'paid' || isTestOrder(orderId)
    ? 0
    : Math.max(
        0,
        refunds.filter(takes).reduce((left, { amountFen }) => left - amountFen, paidFen),
      )

function recordsOf(rows: readonly LedgerRow[]) {
  const states = new Map<string, RowOf<'outboxState'>>()
  for (const row of rows) if (row.kind === 'outboxState') states.set(row.body.outboxId, row)
  return (fits: (row: RowOf<'outbox'>) => boolean): UploadRecord | null => {
    const found = rows.findLast((row): row is RowOf<'outbox'> => row.kind === 'outbox' && fits(row))
    if (found === undefined) return null
    const { outboxId } = found.body
    const { state = null, note = null } = states.get(outboxId)?.body ?? {}
    return { outboxId, state, note: note ?? '' }
  }
}

export function stayPayments(rows: readonly LedgerRow[]): StayPayment[] {
  const recordOf = recordsOf(rows)
  const states = new Map<string, RefundState>()
  for (const row of rows)
    if (row.kind === 'refundState') states.set(row.body.refundId, row.body.state)
  const refundsOf = (fits: (row: RowOf<'refund'>) => boolean): StayRefund[] =>
    rows.flatMap((row) => {
      if (row.kind !== 'refund' || !fits(row)) return []
      const { atMs, amountFen = 0, body } = row
      const { refundId, operator, approvedBy, reason, byPeople = false } = body
      const state = states.get(refundId) ?? null
      const record = recordOf((one) => one.body.businessNo === refundId)
      const people = { operator, approvedBy, reason, askedAtMs: atMs, byPeople }
      return [{ refundId, amountFen, ...people, state, record }]
    })
  const codes = payOrdersOf(rows)
  return rows.flatMap((row): StayPayment[] => {
    const { stayId = '', orderId = '', laneId = '', amountFen = 0 } = row
    const refs = { stayId, orderId, laneId }
    if (row.kind === 'intent') {
      const { deductionId = '', body } = row
      const outcome = rows.findLast(
        (one) => one.kind === 'outcome' && one.deductionId === deductionId,
      )
      const state = outcome?.kind === 'outcome' ? outcome.body.state : 'sent'
      return [
        {
          no: body.outTradeNo,
          means: 'etc',
          ...refs,
          deductionId,
          state,
          amountFen,
          // A card may have lost more than the requested amount.
          paidFen: state === 'paid' ? (outcome?.amountFen ?? amountFen) : 0,
          record: recordOf(
            (one) =>
              one.deductionId === deductionId &&
              (one.body.op === 'charge' || one.body.op === 'exitUpload'),
          ),
          refunds: refundsOf((one) => one.deductionId === deductionId),
        },
      ]
    }
    if (row.kind !== 'payment') return []
    const { paymentId: no, means } = row.body
    const isOwn = means === 'etc' || (means === 'qr' && codes.has(orderId))
    if (isOwn || takesOf(means) !== 'amount') return []
    const refunds = refundsOf((one) => one.body.paymentId === no)
    const paid = { state: 'paid', amountFen, paidFen: amountFen } as const
    return [{ no, means, ...refs, deductionId: null, ...paid, record: null, refunds }]
  })
}

/**
 * A refund of ETC that may be made by hand: no platform makes it, and its amount is still available. A refund ordered by
 * people and rejected by the platform had released its amount.
 */
export function refundToGive(
  rows: readonly LedgerRow[],
  refundId: string,
): Pick<RefundByHand, 'refundId' | 'stayId' | 'amountFen'> | null {
  for (const payment of stayPayments(rows)) {
    const refund = payment.refunds.find((one) => one.refundId === refundId)
    if (refund === undefined) continue
    const { state, record, amountFen } = refund
    const isTheirs = state === 'rejected' || record === null || record.state === 'held'
    const fits = takes(refund) || amountFen <= leftFen(payment)
    return isTheirs && fits && state !== 'success'
      ? { refundId, stayId: payment.stayId, amountFen }
      : null
  }
  return null
}
