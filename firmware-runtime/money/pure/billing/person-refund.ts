// A person refunds a payment made by ETC or by hand: what forbids it, and its rows. A refund of ETC is requested from the
// platform after its charge; a payment taken by hand is refunded by hand, by the same means.
import type { LateEnv, NumberedRows, RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import { numbered, type Minting } from '#base/pure/values/ids.ts'
import type { LedgerRow, RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'
import { isTestOrder } from '#base/pure/values/test-order.ts'
import { isUndecided } from '../pay/order.ts'
import { payOrdersOf } from '../pay/stay-orders.ts'
import { leftFen, stayPayments, type StayPayment } from './stay-payments.ts'

interface RefundRequest {
  readonly amountFen: Fen
  readonly by: string
  /** Null: one person alone. */
  readonly approvedBy: string | null
  /** Fen that one person may still refund without approval. */
  readonly aloneFenMax: Fen
  readonly reason: string
}

export type RefundBar =
  | 'samePerson'
  | 'needsSecond'
  /** The charge of a test car is refunded automatically. */
  | 'firstCar'
  | 'notPaid'
  /** The outcome of the charge is not known yet (8.3.2 d). */
  | 'notSettled'
  /** Another charge or payment by code of the stay has no outcome; if it succeeded it is refunded automatically. */
  | 'otherNotSettled'
  | 'moreThanPaid'
  /** The platform rejected the record of the charge; a person must correct it first. */
  | 'chargeHeld'

const isOpen = ({ state }: StayPayment): boolean => state === 'unknown' || state === 'sent'

/** A charge or payment by code without a result blocks refunds of all other payments of the stay. */
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
 * Fen of a stay that one person refunded without approval, over all means and parts: the limit of the lot applies to the
 * sum. Refused refunds do not count.
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

/** A refund needs two different people, or one person within the limit that the lot sets for one. */
export function secondBar({
  amountFen,
  by,
  approvedBy,
  aloneFenMax,
}: Omit<RefundRequest, 'reason'>): 'samePerson' | 'needsSecond' | null {
  if (approvedBy !== null && isSamePerson(by, approvedBy)) return 'samePerson'
  return approvedBy === null && amountFen > aloneFenMax ? 'needsSecond' : null
}

/** Null: the refund is allowed. */
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

/** Cash is refunded in cash, everything else by transfer. */
const meansBack = ({ means }: StayPayment): RefundMeans => (means === 'cash' ? 'cash' : 'transfer')

export const personRefundRows = (
  payment: StayPayment,
  request: RefundRequest,
  env: LateEnv,
): NumberedRows => numbered(env, (step) => ({ rows: rowsOf(payment, request, step) }))

/** One transaction: the refund with the request to the platform, or with the row that says the money was handed out. */
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
    // The price of a period pass belongs to no lane, stay or order.
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
  // The platform has no record of this charge: the attendant hands out the money (refunds.given).
  if (!env.hasPlatform || record === null || record.state === 'rejected') return [row]
  const facts = {
    refundId,
    deduction: { ...of, amountFen: paidFen, outTradeNo: no },
    amountFen,
    reason,
    atMs,
    operator: by,
    // A person who may refund alone is also the approver.
    approvedBy: approvedBy ?? by,
  }
  return [row, { kind: 'freeze', atMs, outboxId: env.mint('U'), op: 'refund', facts }]
}
