// Orders of other billing systems as people of the access system see them, and the end of a dispute by a person.
import type { PartnerRow, SentOrderRow } from '../../calls/partner-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { orderView } from '../../pure/orders/order-view.ts'
import type { SentOrder } from '../../pure/orders/sent-orders.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { bothOf } from '#base/pure/words/fault-text.ts'
import { noteWhy } from '#base/pure/words/notes.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const rowsMax = 1_000

function rowOf(order: SentOrder): SentOrderRow {
  const { orderId, stayId, partnerId, orderNo, laneId, plate, amountFen, madeAtMs } = order
  const { state, paidFen, refundedFen, why, charge, ...view } = orderView(order)
  // A disputed charge that was not made waits for nobody.
  const review = charge === null ? null : view.review
  const { reviewSinceMs } = order
  const named = { orderId, stayId, partnerId, orderNo, laneId, plate }
  const stands = { amountFen, state, paidFen, refundedFen, review }
  return {
    ...named,
    ...stands,
    madeAtIso: isoOf(madeAtMs),
    why: why?.text ?? null,
    reviewSinceIso: reviewSinceMs === null ? null : isoOf(reviewSinceMs),
  }
}

interface PartnerLot extends Lot<'acts'> {
  readonly runtime: Pick<LotRuntime, 'lot' | 'nowMs' | 'carryOut' | 'partners'>
}

export const partnerCalls = defineCalls(({ runtime, acts }: PartnerLot) => ({
  'partners.orders': () => {
    const { sent } = runtime.lot
    const { ids, pushFailures } = runtime.partners
    const all = [...new Set([...ids, ...pushFailures.keys()])]
    const partners = all.map((partnerId): PartnerRow => {
      const open = [...sent.open].filter((id) => sent.byId.get(id)?.partnerId === partnerId)
      const askedMs = runtime.partners.askedMs(partnerId)
      const askedIso = askedMs === null ? null : isoOf(askedMs)
      const failure = pushFailures.get(partnerId)
      const pushFails =
        failure === undefined
          ? null
          : { sinceIso: isoOf(failure.sinceMs), why: bothOf(noteWhy(failure.why)) }
      return { partnerId, askedIso, openOrders: open.length, pushFails }
    })
    const rows = [...sent.byId.values()].slice(-rowsMax).map(rowOf).toReversed()
    return { rows, partners }
  },
  ...acts.table({
    'partners.review': ({ orderId, by, reason }, act) => {
      const order = runtime.lot.sent.byId.get(orderId)
      if (order?.review !== 'disputed' || order.charge === null)
        throw new LaneFault('ARG-01', { field: '/orderId', value: orderId })
      const { stayId, charge } = order
      const refs = { stayId, orderId, ...(charge && { deductionId: charge.deductionId }) }
      const body = { result: 'agreed', by, why: reason } as const
      runtime.carryOut([
        act.row(orderId, refs),
        { kind: 'review', atMs: runtime.nowMs(), ...refs, body },
      ])
    },
  }),
}))
