// An access system in memory for tests of the published interface: the rules of money/ports/orders.ts over maps, and acts of
// the test in place of cars and platform.
import type { OrderCharge } from '#money/pure/orders/order-shapes.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { OrderEventName } from '#base/pure/values/sent-order.ts'
import type {
  AccessFacts,
  OrderEvent,
  Orders,
  OrderToCharge,
  OrderView,
  RefundToMake,
  RefundView,
  Review,
  Settlement,
} from '#money/ports/orders.ts'

interface Kept {
  readonly partner: string
  readonly content: string
  readonly laneId: string | null
  readonly plate: string
  view: OrderView
  settlement: Settlement | null
}

interface KeptRefund {
  readonly content: string
  view: RefundView
}

const clockMs = 300_000
/** Each partner has numbers of its own. */
const keyOf = (partner: string, number: string): string => `${partner} ${number}`
const refused = (code: 'ORDER-04' | 'ORDER-06' | 'ORDER-08', value: string): LaneFault =>
  new LaneFault(code, { field: '/orderNo', value })

export class MemoryAccess {
  readonly lanes = ['exit1', 'exit2']
  /** Orders and refunds by partner and number. */
  readonly orders = new Map<string, Kept>()
  readonly refunds = new Map<string, KeptRefund>()
  readonly events: (OrderEvent & { readonly partner: string })[] = []
  /** What the lane does with a new order, at once; default: nothing. */
  onOpened: (order: OrderToCharge) => void = () => undefined
  private readonly calls = new Set<() => void>()

  ordersOf(partner: string): Orders {
    return {
      facts: () => this.facts(partner),
      open: (order) => this.open(partner, order),
      order: (orderNo) => this.mine(partner, orderNo).view,
      settle: (orderNo, settlement) => this.settle(partner, orderNo, settlement),
      withdraw: (orderNo) => this.withdraw(partner, orderNo),
      review: (orderNo, review) => this.review(partner, orderNo, review),
      refund: (refund) => this.refund(partner, refund),
      refundOf: (refundNo) => this.refundOf(partner, refundNo),
      events: (after, limit) => {
        const events = this.events
          .filter((one) => one.partner === partner && one.no > after)
          .slice(0, limit)
          .map(({ partner: _, ...event }) => event)
        return { events, next: events.at(-1)?.no ?? after }
      },
      onEvent: (call) => {
        this.calls.add(call)
        return () => this.calls.delete(call)
      },
    }
  }

  get listeners(): number {
    return this.calls.size
  }

  /** An act of the lane or of the platform. */
  change(orderNo: string, event: OrderEventName, view: Partial<OrderView>): void {
    this.turn(this.orderOf(orderNo), event, view)
  }

  private turn(kept: Kept, event: OrderEventName, view: Partial<OrderView>): void {
    kept.view = { ...kept.view, ...view }
    this.says(kept.partner, event, kept.view)
  }

  /** The first partner's order of this number. */
  orderOf(orderNo: string): Kept {
    const kept = [...this.orders.values()].find(({ view }) => view.orderNo === orderNo)
    if (kept === undefined) throw new Error(`no order ${orderNo}`)
    return kept
  }

  /** A charge of an order without a lane is reviewed. */
  pay(orderNo: string, isReviewed = this.orderOf(orderNo).laneId === null): void {
    const { amountFen } = this.orderOf(orderNo).view
    const atIso = new Date().toISOString()
    const outTradeNo = `T-${orderNo}`
    const charge: OrderCharge = { outTradeNo, amountFen, atIso, cardEnd: '0017', tac: '5A5A5A5A' }
    this.change(orderNo, 'charging', { state: 'charging', charge })
    this.change(orderNo, 'paid', { state: 'paid', paidFen: amountFen })
    if (isReviewed) this.change(orderNo, 'review', { review: 'asked' })
  }

  notPay(orderNo: string): void {
    const text = { zh: '余额不足', en: 'balance too low' }
    this.change(orderNo, 'notPaid', { state: 'open', why: { reason: 'insufficient', text } })
  }

  private facts(partner: string): AccessFacts {
    const open = [...this.orders.values()].filter(({ view }) => view.state === 'open')
    return {
      versions: [1],
      lotId: 'LOT1',
      chargeMode: 'card',
      lanes: this.lanes.map((laneId) => {
        const here = open.find((one) => one.laneId === laneId && one.partner === partner)
        return { laneId, isUp: true, orderNo: here?.view.orderNo ?? null }
      }),
      platformUp: true,
      nowIso: new Date().toISOString(),
    }
  }

  private says(partner: string, event: OrderEventName, order: OrderView, refund?: RefundView) {
    const atIso = new Date().toISOString()
    // Gaps, as ledger rows of other kinds make them.
    const no = this.events.length * 3 + 1
    this.events.push({
      partner,
      no,
      atIso,
      event,
      order,
      refund: refund ?? null,
      why: event === 'notPaid' ? order.why : null,
    })
    for (const call of this.calls) call()
  }

  private mine(partner: string, orderNo: string): Kept {
    const kept = this.orders.get(keyOf(partner, orderNo))
    if (kept === undefined) throw refused('ORDER-04', orderNo)
    return kept
  }

  private open(partner: string, order: OrderToCharge): OrderView {
    const { orderNo, laneId, plate, amountFen } = order
    const before = this.orders.get(keyOf(partner, orderNo))
    const content = canonicalJson(order)
    if (before !== undefined) {
      if (before.content !== content) throw refused('ORDER-06', orderNo)
      return before.view
    }
    if (Math.abs(Date.parse(order.madeAtIso) - Date.now()) > clockMs)
      throw new LaneFault('ORDER-09', { field: '/madeAtIso', value: order.madeAtIso })
    if (laneId !== null && !this.lanes.includes(laneId))
      throw new LaneFault('ORDER-09', { field: '/laneId', value: laneId })
    const held = [...this.orders.values()].find(
      (one) => laneId !== null && one.laneId === laneId && one.view.state === 'open',
    )
    if (held !== undefined)
      throw new LaneFault('ORDER-10', { field: '/laneId', value: held.view.orderNo })
    const nothing = { paidFen: 0, refundedFen: 0, why: null, charge: null, review: null }
    const view: OrderView = { orderNo, state: 'open', amountFen, ...nothing }
    this.orders.set(keyOf(partner, orderNo), {
      partner,
      content,
      laneId,
      plate,
      view,
      settlement: null,
    })
    this.says(partner, 'opened', view)
    this.onOpened(order)
    return this.mine(partner, orderNo).view
  }

  private settle(partner: string, orderNo: string, settlement: Settlement): OrderView {
    const kept = this.mine(partner, orderNo)
    if (kept.settlement !== null) {
      if (canonicalJson(kept.settlement) !== canonicalJson(settlement))
        throw refused('ORDER-06', orderNo)
      return kept.view
    }
    if (kept.view.state !== 'open') throw refused('ORDER-08', orderNo)
    kept.settlement = settlement
    const { amountFen: paidFen } = settlement
    this.turn(kept, 'settled', { state: 'settled', paidFen })
    return kept.view
  }

  private withdraw(partner: string, orderNo: string): OrderView {
    const kept = this.mine(partner, orderNo)
    if (kept.view.state === 'withdrawn') return kept.view
    if (kept.view.state !== 'open') throw refused('ORDER-08', orderNo)
    this.turn(kept, 'withdrawn', { state: 'withdrawn' })
    return kept.view
  }

  private review(partner: string, orderNo: string, review: Review): OrderView {
    const kept = this.mine(partner, orderNo)
    const { charge, review: was } = kept.view
    if (charge?.outTradeNo !== review.outTradeNo)
      throw new LaneFault('ORDER-09', { field: '/outTradeNo', value: review.outTradeNo })
    if (review.result === 'agreed' && review.amountFen !== charge.amountFen)
      throw new LaneFault('ORDER-09', { field: '/amountFen', value: String(review.amountFen) })
    if (was === review.result) return kept.view
    if (was !== 'asked') throw refused('ORDER-08', orderNo)
    this.turn(kept, 'reviewed', { review: review.result })
    return kept.view
  }

  private refund(partner: string, refund: RefundToMake): RefundView {
    const { refundNo, orderNo, amountFen } = refund
    const before = this.refunds.get(keyOf(partner, refundNo))
    const content = canonicalJson(refund)
    if (before !== undefined) {
      if (before.content !== content) throw refused('ORDER-06', refundNo)
      return before.view
    }
    const kept = this.mine(partner, orderNo)
    if (kept.view.state !== 'paid' || kept.view.refundedFen + amountFen > kept.view.paidFen)
      throw new LaneFault('ORDER-09', { field: '/amountFen', value: String(amountFen) })
    const view: RefundView = { refundNo, orderNo, amountFen, state: 'success' }
    this.refunds.set(keyOf(partner, refundNo), { content, view })
    kept.view = { ...kept.view, refundedFen: kept.view.refundedFen + amountFen }
    this.says(partner, 'refund', kept.view, view)
    return view
  }

  private refundOf(partner: string, refundNo: string): RefundView {
    const kept = this.refunds.get(keyOf(partner, refundNo))
    if (kept === undefined) throw refused('ORDER-04', refundNo)
    return kept.view
  }
}
