// The number of an order at the gateway: different from numbers of other lots, and of a restarted ledger. It contains
// its time, because a restarted ledger counts its orders from the beginning.
import type { Order } from '#ledger/pure/lot/lot-state.ts'

export const gatewayNo = (lotId: string, { orderId, toMs }: Order): string =>
  `${lotId}-${orderId}-${Math.floor(toMs / 1000).toString(36)}`
