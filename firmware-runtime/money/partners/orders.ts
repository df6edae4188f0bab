// Orders of another billing system (money/ports/orders.ts) in the published interface.
import { z } from 'zod'
import {
  orderEvents,
  reviewStates,
  sentMeans,
  sentOrderStates,
} from '#base/pure/values/sent-order.ts'
import { plateColours } from '#base/pure/plates/plate.ts'
import { fen, iso, laneId, number, person, plate, reason, text } from './shapes.ts'
import type { ActsOf, Subject } from './subject.ts'

const orderNo = number.describe('Made by the billing system before it sends anything; used once')
const refundNo = number.describe('Made by the billing system; the same number is the same refund')

const order = {
  stayNo: number.describe("The billing system's number of the stay; the same in all its orders"),
  laneId: laneId
    .nullable()
    .describe(
      'Lane in which the car waits; null: it left its space and is charged where it is read',
    ),
  plate: plate.describe('As the billing system knows it'),
  colour: z.enum(plateColours),
  enteredAtIso: iso,
  leftAtIso: iso.nullable().describe('When it left its space; null in a lane'),
  madeAtIso: iso.describe('When the amount was fixed; within 5 minutes of the other clock'),
  amountFen: fen.min(1).describe('What ETC shall take, in fen'),
}

const orderView = z.object({
  orderNo,
  state: z.enum(sentOrderStates),
  amountFen: fen,
  paidFen: fen,
  refundedFen: fen,
  why: z
    .object({ reason: z.string(), text })
    .nullable()
    .describe('Why ETC has not paid it up to now, for the driver; null: nothing is wrong'),
  charge: z
    .object({
      outTradeNo: z.string(),
      amountFen: fen,
      atIso: iso,
      cardEnd: z.string().nullable().describe('Last four digits of the card'),
      tac: z.string().nullable(),
    })
    .nullable()
    .describe('The charge that paid it or that has no result yet'),
  review: z.enum(reviewStates).nullable(),
})

const refundView = z.object({
  refundNo,
  orderNo,
  amountFen: fen,
  state: z.enum(['sent', 'pending', 'approved', 'abnormal', 'success', 'rejected']),
})

const schemas = {
  Order: z.strictObject(order),
  OrderView: orderView,
  Settlement: z.strictObject({
    means: z.enum(sentMeans),
    amountFen: fen.describe('What was taken; 0 only where it is free'),
    atIso: iso,
  }),
  Withdrawal: z.strictObject({ reason }),
  Review: z.strictObject({
    result: z.enum(['agreed', 'disputed']),
    outTradeNo: z.string().min(1).max(64),
    amountFen: fen,
    plate,
  }),
  Refund: z.strictObject({
    orderNo,
    amountFen: fen.min(1),
    reason,
    operator: person,
    approvedBy: person.describe('Another person than the operator (5.2.1 c)'),
  }),
  RefundView: refundView,
  Facts: z.object({
    versions: z.array(z.int()),
    lotId: z.string(),
    chargeMode: z.enum(['card', 'online']),
    lanes: z.array(
      z.object({
        laneId,
        isUp: z.boolean().describe('The antenna answers'),
        orderNo: orderNo.nullable().describe('The order whose car it reads now'),
      }),
    ),
    platformUp: z.boolean().describe('The ETC platform answers'),
    nowIso: iso,
  }),
} as const

export const orderSubject = {
  right: 'orders',
  pathMembers: { orderNo, refundNo },
  schemas,
  operations: {
    facts: {
      method: 'GET',
      path: '/v1/access',
      does: 'What this access system is: its lanes, how it charges, whether it can',
      answer: 'Facts',
    },
    openOrder: {
      method: 'PUT',
      path: '/v1/orders/{orderNo}',
      does: 'Sends an order to be charged by ETC; the same number with the same content is the same order',
      body: 'Order',
      answer: 'OrderView',
    },
    order: {
      method: 'GET',
      path: '/v1/orders/{orderNo}',
      does: 'Where an order stands',
      answer: 'OrderView',
    },
    settleOrder: {
      method: 'PUT',
      path: '/v1/orders/{orderNo}/settlement',
      does: 'The order was paid in another way, or is free: ETC takes nothing for it any more',
      body: 'Settlement',
      answer: 'OrderView',
    },
    withdrawOrder: {
      method: 'PUT',
      path: '/v1/orders/{orderNo}/withdrawal',
      does: 'Takes an order back that nobody has paid: the car went back in, or its price changed',
      body: 'Withdrawal',
      answer: 'OrderView',
    },
    reviewOrder: {
      method: 'PUT',
      path: '/v1/orders/{orderNo}/review',
      does: 'Answers the event `review`: the charge is right, or it is disputed and a person decides',
      body: 'Review',
      answer: 'OrderView',
    },
    refund: {
      method: 'PUT',
      path: '/v1/refunds/{refundNo}',
      does: 'Asks for money of a paid order to go back to the card it came from',
      body: 'Refund',
      answer: 'RefundView',
    },
    refundState: {
      method: 'GET',
      path: '/v1/refunds/{refundNo}',
      does: 'Where a refund stands; only `success` says that it is done',
      answer: 'RefundView',
    },
  },
  news: {
    events: orderEvents,
    members: {
      order: schemas.OrderView.nullable(),
      refund: schemas.RefundView.nullable(),
      why: schemas.OrderView.shape.why
        .optional()
        .describe(
          'Of `notPaid`: the reason when it happened, also where `order` has gone on since',
        ),
    },
  },
} as const satisfies Subject

export const orderActs: ActsOf<typeof orderSubject> = {
  facts: (orders) => orders.facts(),
  openOrder: (orders, given) =>
    orders.open({ orderNo: given.number, ...given.read(schemas.Order) }),
  order: (orders, given) => orders.order(given.number),
  settleOrder: (orders, given) => orders.settle(given.number, given.read(schemas.Settlement)),
  withdrawOrder: (orders, given) =>
    orders.withdraw(given.number, given.read(schemas.Withdrawal).reason),
  reviewOrder: (orders, given) => orders.review(given.number, given.read(schemas.Review)),
  refund: (orders, given) =>
    orders.refund({ refundNo: given.number, ...given.read(schemas.Refund) }),
  refundState: (orders, given) => orders.refundOf(given.number),
}
