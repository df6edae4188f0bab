// Orders of another billing system for tests of screens: one that waits, one that is paid, one in dispute.
import type { PartnerRow, SentOrderRow } from '#money/calls/partner-views.ts'

const order: SentOrderRow = {
  orderId: 'n1-O2',
  stayId: 'n1-S1',
  partnerId: 'acme',
  orderNo: 'order-1',
  laneId: 'exit',
  plate: '测A10001',
  madeAtIso: '2026-11-29T08:00:00+08:00',
  amountFen: 700,
  paidFen: 0,
  refundedFen: 0,
  state: 'open',
  why: null,
  review: null,
  reviewSinceIso: null,
}
export const sentText = { zh: '未读到 ETC 标签', en: 'ETC tag not read' }
const rows: readonly SentOrderRow[] = [
  { ...order, why: sentText },
  { ...order, orderId: 'n1-O3', orderNo: 'order-2', state: 'paid', paidFen: 700, laneId: null },
  { ...order, orderId: 'n1-O4', orderNo: 'order-3', state: 'paid', review: 'disputed' },
]
const partners: readonly PartnerRow[] = [
  { partnerId: 'acme', askedIso: order.madeAtIso, openOrders: 1, pushFails: null },
]
export const sentOrders = { rows, partners } as const
