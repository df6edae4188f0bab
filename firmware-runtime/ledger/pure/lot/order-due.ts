// What an order still owes, and who paid it.
import type { Fen } from '#base/pure/values/fen.ts'
import type { LotState, Order } from './lot-state.ts'

/** Fen still due on an order. */
export const dueFen = (order: Order): Fen => Math.max(0, order.amountFen - order.paidFen)

/** True for an order paid in full by ETC alone; false for an order of 0 fen. */
export function paidByEtc(lot: LotState, orderId: string): boolean {
  const order = lot.orders.get(orderId)
  if (order === undefined || order.settledOtherwise) return false
  return order.paidFen > 0 && dueFen(order) === 0
}
