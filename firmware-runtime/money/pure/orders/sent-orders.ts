// Orders that another billing system has sent, as a fold over ledger rows: where each stands, and what happened to it. They are
// kept for a week after their end, so that a number is not used again and events can be fetched late.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { must } from '#base/pure/values/must.ts'
import { heardNo } from '#base/pure/lot/partner-heard.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { LedgerRow, RefundState } from '#base/pure/rows/ledger-row.ts'
import {
  sentMeansOf,
  type OrderEventName,
  type ReviewState,
  type SentMeans,
  type SentOrderState,
} from '#base/pure/values/sent-order.ts'

export interface SentRefund {
  readonly refundNo: string
  readonly refundId: string
  readonly orderId: string
  readonly amountFen: Fen
  readonly reason: string
  readonly operator: string
  readonly approvedBy: string | null
  readonly atMs: InstantMs
  state: RefundState | 'sent'
}

interface SentCharge {
  readonly deductionId: string
  readonly outTradeNo: string
  readonly amountFen: Fen
  atMs: InstantMs
  cardNo: string | null
  tac: string | null
  /** A record of it goes to the platform, which can refund it. */
  hasRecord: boolean
  /** `waits`: by card, before C6 is sent; nothing has moved. */
  state: 'waits' | 'runs' | 'unknown' | 'paid'
}

export interface SentOrder {
  readonly partnerId: string
  readonly orderNo: string
  readonly stayNo: string
  readonly orderId: string
  readonly stayId: string
  readonly laneId: string | null
  readonly plate: string
  readonly colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly leftAtMs: InstantMs | null
  readonly madeAtMs: InstantMs
  readonly amountFen: Fen
  paidFen: Fen
  refundedFen: Fen
  /** How it ended; null: open. */
  end: 'paid' | 'settled' | 'withdrawn' | null
  endedAtMs: InstantMs | null
  /** The payment that settled it: another one under its number is refused. */
  settled: { readonly means: SentMeans; readonly amountFen: Fen } | null
  /** The reason with which it was taken back; null: it was not. */
  withdrawnFor: string | null
  /** Why ETC has not paid it. */
  why: string | null
  charge: SentCharge | null
  review: ReviewState | null
  /** Trade number of the last charge that was disputed. */
  disputedNo: string | null
  /** Since when its review is as it is. */
  reviewSinceMs: InstantMs | null
}

interface SentEvent {
  /** Number of its row. */
  readonly no: number
  readonly atMs: InstantMs
  readonly event: OrderEventName
  readonly orderId: string
  readonly refundNo: string | null
  /** Of `notPaid`: why ETC had not paid it then; null for other events. */
  readonly why: string | null
}

export interface SentOrders {
  readonly byId: Map<string, SentOrder>
  /** Order ids by partner and number. */
  readonly byNo: Map<string, string>
  /** The open order of each lane. */
  readonly byLane: Map<string, string>
  readonly open: Set<string>
  /** The open order of each stay, by partner and number of the stay. */
  readonly byStay: Map<string, string>
  /** Stays of orders that have ended; each stay is still to be closed. */
  readonly ending: Set<string>
  /** Since when a review is asked, by order. */
  readonly asked: Map<string, InstantMs>
  /** Refunds by the id of ours, and ids by partner and number. */
  readonly refunds: Map<string, SentRefund>
  readonly refundNos: Map<string, string>
  /** By partner: it has fetched all events up to this row. */
  readonly heard: Map<string, number>
  /** In row order. */
  readonly events: SentEvent[]
}

export const emptySentOrders = (): SentOrders => ({
  byId: new Map(),
  byNo: new Map(),
  byLane: new Map(),
  open: new Set(),
  byStay: new Map(),
  ending: new Set(),
  asked: new Map(),
  refunds: new Map(),
  refundNos: new Map(),
  heard: new Map(),
  events: [],
})

export const numberKey = (partnerId: string, number: string): string => `${partnerId} ${number}`

const sentKeptMs = 7 * 86_400_000

export function stateOf({ end, charge }: SentOrder): SentOrderState {
  if (end !== null) return end
  if (charge?.state === 'unknown') return 'unknown'
  return charge?.state === 'runs' || charge?.state === 'paid' ? 'charging' : 'open'
}

type Note = (event: OrderEventName, refundNo?: string) => void

type Folds = {
  [K in LedgerRow['kind']]?: (
    order: SentOrder,
    row: Extract<LedgerRow, { kind: K }>,
    note: Note,
    sent: SentOrders,
  ) => void
}

function ended(sent: SentOrders, order: SentOrder, end: SentOrder['end'], atMs: InstantMs): void {
  order.end ??= end
  order.endedAtMs ??= atMs
  sent.open.delete(order.orderId)
  sent.byStay.delete(numberKey(order.partnerId, order.stayNo))
  sent.ending.add(order.stayId)
  if (order.laneId !== null && sent.byLane.get(order.laneId) === order.orderId)
    sent.byLane.delete(order.laneId)
}

const folds: Folds = {
  intent: (order, row, note) => {
    const { deductionId = '', amountFen = 0, atMs } = row
    const { outTradeNo, chargeMode, cardNo } = row.body
    const state = chargeMode === 'card' ? 'waits' : 'runs'
    const numbers = { deductionId, outTradeNo, amountFen, atMs, cardNo }
    order.charge = { ...numbers, tac: null, hasRecord: false, state }
    if (state === 'runs') charging(order, note)
  },
  armed: (order, row, note) => {
    const { charge } = order
    if (charge?.deductionId !== row.deductionId || charge === null) return
    charge.state = 'runs'
    charge.cardNo = row.body.cardNo
    charging(order, note)
  },
  outcome: (order, row, note) => {
    const { charge } = order
    if (charge === null || charge.deductionId !== row.deductionId) return
    const { state, cardNo, proof } = row.body
    if (state === 'refused') {
      order.charge = null
      return
    }
    charge.cardNo = cardNo ?? charge.cardNo
    charge.tac = proof?.tac ?? charge.tac
    charge.atMs = row.atMs
    charge.state = state
    if (state === 'unknown') note('unknown')
  },
  outbox: (order, { deductionId, body }) => {
    const isCharge = body.op === 'charge' || body.op === 'exitUpload'
    if (isCharge && order.charge?.deductionId === deductionId && order.charge !== null)
      order.charge.hasRecord = true
  },
  payment: (order, row, note, sent) => {
    const { amountFen = 0 } = row
    order.paidFen += amountFen
    const means = sentMeansOf(row.body)
    const end = means === null ? 'paid' : 'settled'
    // A late success of a settled order is refunded: it stays settled.
    if (order.end !== null) return
    if (means !== null) order.settled = { means, amountFen }
    ended(sent, order, end, row.atMs)
    note(end)
  },
  exception: (order, row, note) => {
    whyNot(order, row.body.reason, note)
  },
  sentOrder: (order, row, note, sent) => {
    const { what, why } = row.body
    if (what === 'notPaid') {
      whyNot(order, why, note)
      return
    }
    order.withdrawnFor = why
    ended(sent, order, 'withdrawn', row.atMs)
    note('withdrawn')
  },
  /** Not paid within the time in which the lot collects: the billing system has it again. */
  stayClosed: (order, row, note, sent) => {
    if (order.end !== null) return
    ended(sent, order, 'withdrawn', row.atMs)
    note('withdrawn')
  },
  review: (order, row, note, sent) => {
    order.review = row.body.result
    order.reviewSinceMs = row.atMs
    if (order.review === 'disputed') order.disputedNo = order.charge?.outTradeNo ?? null
    if (order.review === 'asked') sent.asked.set(order.orderId, row.atMs)
    else sent.asked.delete(order.orderId)
    note(row.body.result === 'asked' ? 'review' : 'reviewed')
  },
  refund: (order, row, note, sent) => {
    const { amountFen = 0 } = row
    order.refundedFen += amountFen
    const { refundId, refundNo = refundId, reason, operator, approvedBy } = row.body
    const { orderId } = order
    const refund: SentRefund = {
      refundNo,
      refundId,
      orderId,
      amountFen,
      reason,
      operator,
      approvedBy,
      atMs: row.atMs,
      state: 'sent',
    }
    sent.refunds.set(refundId, refund)
    sent.refundNos.set(numberKey(order.partnerId, refundNo), refundId)
    note('refund', refundNo)
  },
}

/** What was wrong before this charge is told again if it is wrong after it. */
function charging(order: SentOrder, note: Note): void {
  order.why = null
  note('charging')
}

function whyNot(order: SentOrder, why: string, note: Note): void {
  if (order.end !== null || order.why === why) return
  order.why = why
  note('notPaid')
}

function noteIn(sent: SentOrders, order: SentOrder, row: LedgerRow): Note {
  return (event, refundNo) => {
    const { seq: no, atMs } = row
    const why = event === 'notPaid' ? order.why : null
    sent.events.push({ no, atMs, event, orderId: order.orderId, refundNo: refundNo ?? null, why })
  }
}

function opened(sent: SentOrders, row: Extract<LedgerRow, { kind: 'orderMade' }>): void {
  const { sent: facts, plate, fromMs } = row.body
  if (facts === undefined) return
  sweep(sent, row.atMs)
  const { orderId = '', stayId = '', amountFen = 0 } = row
  const order: SentOrder = {
    ...facts,
    orderId,
    stayId,
    plate: plate ?? '',
    enteredAtMs: fromMs,
    amountFen,
    paidFen: 0,
    refundedFen: 0,
    end: null,
    endedAtMs: null,
    settled: null,
    withdrawnFor: null,
    why: null,
    charge: null,
    review: null,
    disputedNo: null,
    reviewSinceMs: null,
  }
  sent.byId.set(orderId, order)
  sent.byNo.set(numberKey(facts.partnerId, facts.orderNo), orderId)
  sent.open.add(orderId)
  sent.byStay.set(numberKey(facts.partnerId, facts.stayNo), orderId)
  if (facts.laneId !== null) sent.byLane.set(facts.laneId, orderId)
  noteIn(sent, order, row)('opened')
}

/** Forgets what ended a week ago. The maps are in the order of their rows, so that the oldest are first. */
function sweep(sent: SentOrders, nowMs: InstantMs): void {
  for (const order of sent.byId.values()) {
    if (order.endedAtMs === null) continue
    if (nowMs - order.endedAtMs < sentKeptMs) break
    sent.byId.delete(order.orderId)
    sent.byNo.delete(numberKey(order.partnerId, order.orderNo))
  }
  for (const refund of sent.refunds.values()) {
    if (sent.byId.has(refund.orderId)) break
    sent.refunds.delete(refund.refundId)
  }
  for (const [key, refundId] of sent.refundNos) {
    if (sent.refunds.has(refundId)) break
    sent.refundNos.delete(key)
  }
  let gone = 0
  while (gone < sent.events.length && !sent.byId.has(sent.events[gone]?.orderId ?? '')) gone++
  if (gone > 0) sent.events.splice(0, gone)
}

function refundStep(sent: SentOrders, row: Extract<LedgerRow, { kind: 'refundState' }>): void {
  const refund = sent.refunds.get(row.body.refundId)
  const order = sent.byId.get(refund?.orderId ?? '')
  if (refund === undefined || order === undefined || refund.state === row.body.state) return
  refund.state = row.body.state
  // The money stayed here.
  if (refund.state === 'rejected') order.refundedFen -= refund.amountFen
  noteIn(sent, order, row)('refund', refund.refundNo)
}

/** Takes one row into the state. Rows come in ledger order, each exactly once. */
export function foldSentOrders(sent: SentOrders, row: LedgerRow): void {
  if (row.kind === 'orderMade') opened(sent, row)
  if (row.kind === 'event') {
    const heard = heardNo(row.body, row.atMs)
    if (heard !== null) sent.heard.set(heard.partnerId, heard.no)
  }
  if (sent.byId.size === 0) return
  if (row.kind === 'refundState') refundStep(sent, row)
  const order = sent.byId.get(row.orderId ?? '')
  if (order === undefined) return
  const fold = folds[row.kind] as
    | ((order: SentOrder, row: LedgerRow, note: Note, sent: SentOrders) => void)
    | undefined
  fold?.(order, row, noteIn(sent, order, row), sent)
  if (row.kind === 'stayClosed') sent.ending.delete(order.stayId)
}

/** Events behind a row number, oldest first. */
export function eventsAfter(sent: SentOrders, after: number): readonly SentEvent[] {
  const { events } = sent
  let [low, high] = [0, events.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const found = events[middle]
    must(found !== undefined, 'the middle lies inside')
    if (found.no <= after) low = middle + 1
    else high = middle
  }
  return events.slice(low)
}

/** True while the record of a charge must not leave: its review is asked, or disputed. */
export function isHeldBack(
  { sent }: { readonly sent: SentOrders },
  { deductionId }: { readonly deductionId: string | null },
): boolean {
  if (sent.byId.size === 0 || deductionId === null) return false
  const review = sent.byId.get(deductionId.split('.', 1)[0] ?? '')?.review
  return review === 'asked' || review === 'disputed'
}

/** Events that say what became of an order: how far a partner has fetched these is a row. */
const told: readonly OrderEventName[] = ['paid', 'settled', 'withdrawn', 'refund', 'reviewed']

/** True when the partner fetched something up to `after` that no row says yet. */
export function isNewsHeard(sent: SentOrders, partnerId: string, after: number): boolean {
  const beforeNo = sent.heard.get(partnerId) ?? 0
  if (after <= beforeNo) return false
  return eventsAfter(sent, beforeNo).some(
    ({ no, event, orderId }) =>
      no <= after && told.includes(event) && sent.byId.get(orderId)?.partnerId === partnerId,
  )
}
