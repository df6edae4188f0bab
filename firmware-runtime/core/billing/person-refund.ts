// Money of a payment by ETC or by hand that people give back: what stands against it, and its rows. Of ETC it is asked
// of the platform, behind its charge; what a person took goes back by hand, the way it came, with its row.
import type { LateEnv, NumberedRows, RowRequest } from '../charge/freeze-row.ts'
import type { Fen } from '../values/fen.ts'
import { numbered, type Minting } from '../values/ids.ts'
import type { LedgerRow, RowDraft } from '../values/rows/ledger-row.ts'
import type { RefundMeans } from '../values/refund-means.ts'
import { isSamePerson } from '../values/same-person.ts'
import { isTestOrder } from '../values/test-order.ts'
import { isUndecided } from '../pay/order.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import { leftFen, stayPayments, type StayPayment } from './stay-payments.ts'

interface RefundRequest {
  readonly amountFen: Fen
  readonly by: string
  /** Null: one person alone. */
  readonly approvedBy: string | null
  /** What is left of what one person may do alone. */
  readonly aloneFenMax: Fen
  readonly reason: string
}

export type RefundBar =
  | 'samePerson'
  | 'needsSecond'
  /** It goes back by itself. */
  | 'firstCar'
  | 'notPaid'
  /** Nobody knows yet whether it was charged (8.3.2 d). */
  | 'notSettled'
  /** Another charge or payment by code of the stay: where it was made it goes back by itself, and this would be too much. */
  | 'otherNotSettled'
  | 'moreThanPaid'
  /** The platform did not take the record of the charge, and a person has to mend that first. */
  | 'chargeHeld'

const isOpen = ({ state }: StayPayment): boolean => state === 'unknown' || state === 'sent'

/** A charge or a payment by code of the stay without a result bars every other payment of it, whatever its means. */
export function openBar(rows: readonly LedgerRow[], no: string): RefundBar | null {
  const charges = stayPayments(rows).filter(isOpen)
  const attempts = [...payOrdersOf(rows).values()].flatMap(({ order }) => order.attempts)
  const open = [
    ...charges.map((charge) => charge.no),
    ...attempts.filter(isUndecided).map(({ attemptNo }) => attemptNo),
  ]
  return open.some((one) => one !== no) ? 'otherNotSettled' : null
}

/**
 * What one person alone gave back of a stay, by whatever means and in however many parts: what a lot lets one person do
 * is for all of it together. What was refused gave nothing.
 */
export function aloneBackFen(rows: readonly LedgerRow[]): Fen {
  const alone = new Map<string, Fen>()
  const fenOf = new Map<string, Fen>()
  for (const { kind, amountFen = 0, body } of rows) {
    if (kind === 'refund') {
      fenOf.set(body.refundId, amountFen)
      if (body.byPeople === true && body.approvedBy === null) alone.set(body.refundId, amountFen)
    } else if (kind === 'refundState') {
      const { refundId, state, by, approvedBy } = body
      if (state === 'rejected') alone.delete(refundId)
      if (by !== undefined && approvedBy === null) alone.set(refundId, fenOf.get(refundId) ?? 0)
    } else if (kind === 'pay') {
      if (body.row === 'refund' && body.why === 'person' && body.approvedBy === null)
        alone.set(body.refundNo, body.amountFen)
      if (body.row === 'refundRefused') alone.delete(body.refundNo)
    }
  }
  return [...alone.values()].reduce((sum, fen) => sum + fen, 0)
}

/** Money goes back by two different people, or by one as far as the lot lets one do it alone. */
export function secondBar({
  amountFen,
  by,
  approvedBy,
  aloneFenMax,
}: Omit<RefundRequest, 'reason'>): 'samePerson' | 'needsSecond' | null {
  if (approvedBy !== null && isSamePerson(by, approvedBy)) return 'samePerson'
  return approvedBy === null && amountFen > aloneFenMax ? 'needsSecond' : null
}

/** Null: it may go back. */
export function refundBar(payment: StayPayment, request: RefundRequest): RefundBar | null {
  const { amountFen } = request
  const { state, record, orderId } = payment
  const second = secondBar(request)
  if (second !== null) return second
  if (isTestOrder(orderId)) return 'firstCar'
  if (isOpen(payment)) return 'notSettled'
  if (state !== 'paid') return 'notPaid'
  if (amountFen <= 0 || amountFen > leftFen(payment)) return 'moreThanPaid'
  return record?.state === 'held' ? 'chargeHeld' : null
}

/** What a person took goes back as it came. */
const meansBack = ({ means }: StayPayment): RefundMeans => (means === 'cash' ? 'cash' : 'transfer')

export const personRefundRows = (
  payment: StayPayment,
  request: RefundRequest,
  env: LateEnv,
): NumberedRows => numbered(env, (step) => ({ rows: rowsOf(payment, request, step) }))

/** The refund and what is asked of the platform, or what says that it is given, are one transaction. */
function rowsOf(
  payment: StayPayment,
  { amountFen, by, approvedBy, reason }: RefundRequest,
  env: LateEnv & Minting,
): RowRequest[] {
  const { no, stayId, orderId, laneId, deductionId, paidFen, record } = payment
  const { nowMs: atMs } = env
  const refundId = env.mint('R')
  const refs = { laneId, stayId, orderId }
  const people = { reason, operator: by, approvedBy, byPeople: true } as const
  if (deductionId === null) {
    // The price of a pass is of none of them.
    const ofStay = stayId === '' ? {} : refs
    const state = { refundId, state: 'success', means: meansBack(payment) } as const
    return [
      { kind: 'refund', atMs, ...ofStay, amountFen, body: { refundId, paymentId: no, ...people } },
      { kind: 'refundState', atMs, ...(stayId === '' ? {} : { stayId }), body: state },
    ]
  }
  const of = { ...refs, deductionId }
  const row: RowDraft = {
    kind: 'refund',
    atMs,
    ...of,
    amountFen,
    body: { refundId, outTradeNo: no, ...people },
  }
  // The platform never hears of this charge: people give the money (refunds.given).
  if (!env.hasPlatform || record === null || record.state === 'rejected') return [row]
  const facts = {
    refundId,
    deduction: { ...of, amountFen: paidFen, outTradeNo: no },
    amountFen,
    reason,
    atMs,
    operator: by,
    // Who may do it alone approves it alone.
    approvedBy: approvedBy ?? by,
  }
  return [row, { kind: 'freeze', atMs, outboxId: env.mint('U'), op: 'refund', facts }]
}
