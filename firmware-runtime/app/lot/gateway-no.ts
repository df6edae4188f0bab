// The number of an order at the gateway: unlike that of another lot, or of a ledger that began anew.
// Its time is in it, because a ledger that began anew counts its orders from the start.
import type { Order } from '../../core/lot/lot-state.ts'

export const gatewayNo = (lotId: string, { orderId, toMs }: Order): string =>
  `${lotId}-${orderId}-${Math.floor(toMs / 1000).toString(36)}`
