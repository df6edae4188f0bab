// The access system as another billing system has it: its acts become rows, and lanes read the cars of its orders.
// Each act is durable before it returns. What happened is read from the fold of the rows alone.
import { personRefundRows } from '#money/pure/billing/person-refund.ts'
import type { StayPayment } from '#money/pure/billing/stay-payments.ts'
import type { LateEnv, RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { LaneEvent, LaneState } from '../pure/lane.ts'
import { isSentLane, layoutOf } from '../pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import {
  endedStayRows,
  openRows,
  refundBarOf,
  reviewRows,
  sentOrderOf,
  sentRefundOf,
  settleRows,
  withdrawRows,
  type PartnerLanes,
} from '#money/pure/orders/order-acts.ts'
import type { QueueState } from '#ledger/pure/queue/queue.ts'
import { eventsOf, orderView, refundView } from '#money/pure/orders/order-view.ts'
import { silentReviews } from '../pure/open/review.ts'
import { isNewsHeard, type SentOrder } from '#money/pure/orders/sent-orders.ts'
import { heardRow } from '#base/pure/lot/partner-heard.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { Orders, OrderView, RefundToMake, RefundView } from '#money/ports/orders.ts'

/** The ledger of the lot, as far as orders need it. */
interface OrdersLedger {
  readonly lot: LotState
  readonly queue: Pick<QueueState, 'byDeduction'>
  nowMs(): InstantMs
  monoMs(): number
  mint(letter: string): string
  took<Step extends { readonly lastId: number }>(step: Step): Step
  lateEnv(): LateEnv
  frozen(rows: readonly RowRequest[]): RowDraft[]
  /** False: the disk is full, and nothing was written. */
  appendQuietly(rows: readonly RowDraft[]): boolean
}

interface OrdersParts {
  readonly ledger: OrdersLedger
  readonly config: LotConfig
  readonly mono: MonoClock
  readonly lanes: ReadonlyMap<string, { readonly state: LaneState }>
  dispatch(laneId: string, event: LaneEvent): void
  /** Appends rows of an act; uploads that they need start now. */
  carryOut(rows: readonly RowDraft[]): void
  platformUp(): boolean
}

/** An order whose lane is idle is given to it again: after a start, and after what made the lane let go of it. */
const againMs = 5_000
const versions = [1]

const lanesOf = ({ lanes }: LotConfig, partnerId: string): PartnerLanes => {
  const own = lanes.filter(({ ordersFrom }) => ordersFrom === partnerId)
  return {
    lanes: own.filter(isSentLane).map(({ id }) => id),
    hasGantry: own.some((lane) => layoutOf(lane).open !== undefined),
  }
}

export class PartnerOrders {
  private readonly own: OrdersParts
  private readonly listeners = new Set<() => void>()
  /** Monotonic ms at which a lane was given its order last. */
  private readonly givenAtMs = new Map<string, number>()
  private lastNo = 0
  /** When each partner asked for events last. */
  private readonly askedAtMs = new Map<string, InstantMs>()
  /** Webhooks that take no events, by partner. */
  readonly pushFailures = new Map<string, { readonly sinceMs: InstantMs; readonly why: string }>()
  private wake: Cancel | null = null
  private reviewWake: Cancel | null = null
  private syncing = false
  private stopped = false

  constructor(own: OrdersParts) {
    this.own = own
    this.lastNo = own.ledger.lot.sent.events.at(-1)?.no ?? 0
  }

  stop(): void {
    this.stopped = true
    this.wake?.()
    this.reviewWake?.()
  }

  /** Partners whose orders the lanes take. */
  get ids(): readonly string[] {
    return [...new Set(this.own.config.lanes.flatMap(({ ordersFrom }) => ordersFrom ?? []))]
  }

  /** Null: not since the start. */
  askedMs(partnerId: string): InstantMs | null {
    return this.askedAtMs.get(partnerId) ?? null
  }

  /** Null: no lane takes orders of this partner. */
  of(partnerId: string): Orders | null {
    const of = lanesOf(this.own.config, partnerId)
    return of.lanes.length === 0 && !of.hasGantry ? null : this.ordersOf(partnerId, of)
  }

  private ordersOf(partnerId: string, of: PartnerLanes): Orders {
    const { ledger } = this.own
    const { sent } = ledger.lot
    const env = () => ({
      partnerId,
      nowMs: ledger.nowMs(),
      mint: (letter: string) => ledger.mint(letter),
    })
    const known = (orderNo: string): SentOrder => sentOrderOf(sent, partnerId, orderNo)
    return {
      facts: () => ({
        versions,
        lotId: this.own.config.lotId,
        chargeMode: this.own.config.chargeMode,
        lanes: this.own.config.lanes
          .filter(({ ordersFrom }) => ordersFrom === partnerId)
          .map(({ id: laneId }) => ({
            laneId,
            isUp: this.own.lanes.get(laneId)?.state.rsuUp ?? false,
            orderNo: sent.byId.get(sent.byLane.get(laneId) ?? '')?.orderNo ?? null,
          })),
        platformUp: this.own.platformUp(),
        nowIso: isoOf(ledger.nowMs()),
      }),
      open: (order) => {
        const rows = openRows(sent, order, of, env())
        if (rows !== null) this.own.carryOut(rows)
        this.sync()
        return orderView(known(order.orderNo))
      },
      order: (orderNo) => orderView(known(orderNo)),
      settle: (orderNo, settlement) => {
        const order = known(orderNo)
        return this.end(order, settleRows(order, settlement, env()))
      },
      withdraw: (orderNo, reason) => {
        const order = known(orderNo)
        return this.end(order, withdrawRows(order, reason, env()))
      },
      review: (orderNo, review) => {
        const order = known(orderNo)
        const { deductionId = '' } = order.charge ?? {}
        const outboxId = ledger.queue.byDeduction.get(deductionId) ?? null
        const rows = reviewRows(order, review, { ...env(), outboxId })
        if (rows !== null) this.own.carryOut(rows)
        return orderView(order)
      },
      refund: (refund) => this.refund(partnerId, known(refund.orderNo), refund),
      refundOf: (refundNo) => {
        const refund = sentRefundOf(sent, partnerId, refundNo)
        const order = present(sent.byId.get(refund.orderId), 'a refund is kept with its order')
        return refundView(refund, order)
      },
      events: (after, limit) => {
        this.heard(partnerId, after)
        return eventsOf(sent, partnerId, after, limit)
      },
      onEvent: this.onEvent,
    }
  }

  private readonly onEvent = (call: () => void): Cancel => {
    this.listeners.add(call)
    return () => this.listeners.delete(call)
  }

  /** Events of a partner for whom we fetch them ourselves: nothing says that it has heard them. */
  newsOf(partnerId: string): Pick<Orders, 'events' | 'onEvent'> {
    const { sent } = this.own.ledger.lot
    return {
      events: (after, limit) => eventsOf(sent, partnerId, after, limit),
      onEvent: this.onEvent,
    }
  }

  /** The partner has fetched or taken events now. */
  asked(partnerId: string): void {
    this.askedAtMs.set(partnerId, this.own.ledger.nowMs())
    this.pushFailures.delete(partnerId)
  }

  /** Its webhook takes no events; `asked` ends it. */
  pushFails(partnerId: string, why: string): void {
    this.pushFailures.set(partnerId, { sinceMs: this.own.ledger.nowMs(), why })
  }

  /** The partner has processed all events up to `after`. Full disk: written with the next request. */
  private heard(partnerId: string, after: number): void {
    const { ledger } = this.own
    const { sent } = ledger.lot
    this.asked(partnerId)
    const no = Math.min(after, sent.events.at(-1)?.no ?? 0)
    if (isNewsHeard(sent, partnerId, no))
      ledger.appendQuietly([heardRow(partnerId, no, ledger.nowMs())])
  }

  /** The end of the order is durable before a lane lets go of its car, so that none takes the order again. */
  private end(order: SentOrder, rows: readonly RowDraft[] | null): OrderView {
    if (rows !== null) this.own.carryOut(rows)
    for (const [laneId, { state }] of this.own.lanes)
      if (state.car?.orderId === order.orderId) this.own.dispatch(laneId, { type: 'taken' })
    return orderView(order)
  }

  private refund(partnerId: string, order: SentOrder, asked: RefundToMake): RefundView {
    const { ledger } = this.own
    const { lot } = ledger
    const known = refundBarOf(lot.sent, order, asked, partnerId)
    if (known !== null) return refundView(known, order)
    const { amountFen, operator: by, approvedBy, reason, refundNo } = asked
    const request = { amountFen, by, approvedBy, aloneFenMax: 0, reason }
    const { rows } = ledger.took(personRefundRows(paymentOf(order), request, ledger.lateEnv()))
    const named = rows.map((row) =>
      row.kind === 'refund' ? { ...row, body: { ...row.body, refundNo } } : row,
    )
    this.own.carryOut(ledger.frozen(named))
    return refundView(sentRefundOf(lot.sent, partnerId, refundNo), order)
  }

  /** After every turn: ends stays and reviews that are over, gives idle lanes their order, and calls the listeners. */
  sync(): void {
    const { sent } = this.own.ledger.lot
    if (this.syncing || this.stopped || sent.byId.size === 0) return
    this.syncing = true
    try {
      this.endStays()
      this.endReviews()
      this.giveLanes()
    } finally {
      this.syncing = false
    }
    const lastNo = sent.events.at(-1)?.no ?? 0
    if (lastNo === this.lastNo) return
    this.lastNo = lastNo
    for (const call of this.listeners) call()
  }

  private endStays(): void {
    const { ledger, lanes } = this.own
    if (ledger.lot.sent.ending.size === 0) return
    const inLanes = new Set([...lanes.values()].flatMap(({ state }) => state.car?.stayId ?? []))
    const rows = endedStayRows(ledger.lot, inLanes, ledger.nowMs())
    if (rows.length > 0) ledger.appendQuietly(rows)
  }

  private endReviews(): void {
    const { ledger, mono } = this.own
    const nowMs = ledger.nowMs()
    const { rows, nextMs } = silentReviews(ledger.lot, nowMs)
    if (rows.length > 0) ledger.appendQuietly(rows)
    this.reviewWake?.()
    this.reviewWake = nextMs === null ? null : mono.after(nextMs - nowMs, () => this.sync())
  }

  private giveLanes(): void {
    const { ledger, lanes, dispatch, mono } = this.own
    const monoMs = ledger.monoMs()
    let waitMs: number | null = null
    for (const [laneId, orderId] of ledger.lot.sent.byLane) {
      const order = ledger.lot.sent.byId.get(orderId)
      if (order === undefined || lanes.get(laneId)?.state.name !== 'idle') continue
      const dueMs = (this.givenAtMs.get(orderId) ?? -Infinity) + againMs
      if (monoMs < dueMs) {
        waitMs = Math.min(waitMs ?? Infinity, dueMs - monoMs)
        continue
      }
      this.givenAtMs.set(orderId, monoMs)
      dispatch(laneId, { type: 'sent', plate: order.plate, colour: order.colour })
    }
    this.wake?.()
    this.wake = waitMs === null ? null : mono.after(waitMs, () => this.sync())
    for (const orderId of this.givenAtMs.keys())
      if (!ledger.lot.sent.open.has(orderId)) this.givenAtMs.delete(orderId)
  }
}

/** The payment of an order by ETC, as refunds look at it. */
function paymentOf({ stayId, orderId, laneId, charge, paidFen }: SentOrder): StayPayment {
  const { deductionId, outTradeNo, hasRecord, amountFen } = present(charge, 'it was paid by ETC')
  return {
    no: outTradeNo,
    means: 'etc',
    stayId,
    orderId,
    laneId: laneId ?? '',
    deductionId,
    state: 'paid',
    amountFen,
    paidFen,
    record: hasRecord ? { outboxId: '', state: null, note: '' } : null,
    refunds: [],
  }
}
