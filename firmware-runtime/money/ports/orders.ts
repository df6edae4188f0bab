// The port between a parking billing system and an ETC access system (clauses 5.1 a, b): acts on orders, and events as their
// answers. A billing system of another maker uses it over HTTP (docs/billing-interface.md).
import type {
  AccessFacts,
  OrderEvent,
  OrderToCharge,
  OrderView,
  RefundToMake,
  RefundView,
  Review,
  Settlement,
} from '../pure/orders/order-shapes.ts'
import type { Cancel } from '#base/ports/clocks.ts'

export type {
  AccessFacts,
  OrderEvent,
  OrderToCharge,
  OrderView,
  RefundToMake,
  RefundView,
  Review,
  Settlement,
} from '../pure/orders/order-shapes.ts'

/**
 * The access system as one billing system has it. Each act is durable before it returns, and the same act again has the same
 * answer. Throws ORDER-01 to ORDER-09.
 */
export interface Orders {
  facts(): AccessFacts
  open(order: OrderToCharge): OrderView
  order(orderNo: string): OrderView
  /** Paid in another way, or free: ETC no longer charges it, and a charge that is reported later is refunded (8.3.1 b). */
  settle(orderNo: string, settlement: Settlement): OrderView
  /** Nothing is owed by this number any more: the car went back in, or its price changed. */
  withdraw(orderNo: string, reason: string): OrderView
  review(orderNo: string, review: Review): OrderView
  refund(refund: RefundToMake): RefundView
  refundOf(refundNo: string): RefundView
  /** At most `limit` events behind `after`; `next` is the place to go on from. */
  events(
    after: number,
    limit: number,
  ): { readonly events: readonly OrderEvent[]; readonly next: number }
  /** Calls back after each change, until cancelled. */
  onEvent(call: () => void): Cancel
}
