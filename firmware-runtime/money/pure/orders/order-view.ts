// An order of another billing system and its refunds as that system sees them.
import { driverReasons } from '#base/pure/words/manual-reason.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { ownWord } from '#base/pure/words/word-lookup.ts'
import type { OrderEvent, OrderView, RefundView } from './order-shapes.ts'
import {
  eventsAfter,
  stateOf,
  type SentOrder,
  type SentOrders,
  type SentRefund,
} from './sent-orders.ts'

function chargeView({ charge }: SentOrder): OrderView['charge'] {
  if (charge === null || charge.state === 'waits') return null
  const { outTradeNo, amountFen, atMs, cardNo, tac } = charge
  return { outTradeNo, amountFen, atIso: isoOf(atMs), cardEnd: cardNo?.slice(-4) ?? null, tac }
}

const whyView = (reason: string | null): OrderView['why'] =>
  reason === null ? null : { reason, text: ownWord(driverReasons, reason) ?? t(reason, reason) }

export function orderView(order: SentOrder): OrderView {
  const { orderNo, amountFen, paidFen, refundedFen, review } = order
  const why = order.end === null ? whyView(order.why) : null
  const state = stateOf(order)
  return { orderNo, state, amountFen, paidFen, refundedFen, why, charge: chargeView(order), review }
}

export const refundView = (
  { refundNo, amountFen, state }: SentRefund,
  { orderNo }: SentOrder,
): RefundView => ({ refundNo, orderNo, amountFen, state })

/** Events of one partner. */
export function eventsOf(
  sent: SentOrders,
  partnerId: string,
  after: number,
  limit: number,
): { readonly events: readonly OrderEvent[]; readonly next: number } {
  const events: OrderEvent[] = []
  let next = after
  for (const { no, atMs, event, orderId, refundNo, why } of eventsAfter(sent, after)) {
    if (events.length === limit) break
    next = no
    const order = sent.byId.get(orderId)
    if (order?.partnerId !== partnerId) continue
    const refund =
      refundNo === null
        ? undefined
        : sent.refunds.get(sent.refundNos.get(`${partnerId} ${refundNo}`) ?? '')
    events.push({
      no,
      atIso: isoOf(atMs),
      event,
      order: orderView(order),
      refund: refund === undefined ? null : refundView(refund, order),
      why: whyView(why),
    })
  }
  return { events, next }
}
