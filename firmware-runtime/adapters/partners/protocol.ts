// The published interface between billing and access (docs/billing-interface.md) as one table: operations, bodies, answers.
// The OpenAPI document is made from it, and every request and answer is checked against it.
import { z } from 'zod'
import {
  orderEvents,
  reviewStates,
  sentMeans,
  sentOrderStates,
} from '../../core/values/sent-order.ts'
import { fenMax } from '../../core/values/fen.ts'
import { plateColours } from '../../core/values/plates/plate.ts'

/** Version of the interface; a version stays served for as long as `versions` lists it. */
export const interfaceVersion = 1

const number = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/)
const fen = z.int().min(0).max(fenMax)
const iso = z.iso.datetime({ offset: true })
const laneId = z.string().min(1).max(64)
const plate = z.string().min(1).max(16)
const reason = z.string().trim().min(1).max(100)
const person = z.string().trim().min(1).max(60)

const orderNo = number.describe('Made by the billing system before it sends anything; used once')
const refundNo = number.describe('Made by the billing system; the same number is the same refund')
const text = z.object({ zh: z.string(), en: z.string() })

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

/** Requests refuse members that they do not have; readers of an answer ignore them. */
export const schemas = {
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
  Events: z.object({
    events: z.array(
      z.object({
        no: z.int().min(1).describe('Rises; gaps are no loss'),
        atIso: iso,
        event: z.enum(orderEvents),
        order: orderView,
        refund: refundView.nullable(),
      }),
    ),
    next: z.int().min(0).describe('`after` of the next request'),
  }),
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
  Error: z.object({
    error: z.object({
      code: z.string().describe('Stable'),
      field: z.string().nullable(),
      value: z.string().nullable(),
      message: text,
    }),
  }),
} as const
export type SchemaName = keyof typeof schemas

/** Longest wait for an event, ms: below the 30 s after which many proxies and clients give up. */
const waitMsMax = 25_000

/** Members in braces of the paths. */
export const pathMembers = { orderNo, refundNo } as const

const noQuery = z.strictObject({})
const eventsQuery = z.strictObject({
  after: z
    .int()
    .min(0)
    .describe('Number of the last event that was processed; 0 for the first request'),
  waitMs: z
    .int()
    .min(0)
    .max(waitMsMax)
    .optional()
    .describe('How long to wait for an event; 0 or absent: not at all'),
})

export interface Operation {
  readonly method: 'GET' | 'PUT'
  /** With at most one of `pathMembers` in braces. */
  readonly path: string
  readonly does: string
  readonly query: typeof noQuery | typeof eventsQuery
  readonly body: SchemaName | null
  readonly answer: SchemaName
}

export const operations = {
  facts: {
    method: 'GET',
    path: '/v1/access',
    does: 'What this access system is: its lanes, how it charges, whether it can',
    query: noQuery,
    body: null,
    answer: 'Facts',
  },
  openOrder: {
    method: 'PUT',
    path: '/v1/orders/{orderNo}',
    does: 'Sends an order to be charged by ETC; the same number with the same content is the same order',
    query: noQuery,
    body: 'Order',
    answer: 'OrderView',
  },
  order: {
    method: 'GET',
    path: '/v1/orders/{orderNo}',
    does: 'Where an order stands',
    query: noQuery,
    body: null,
    answer: 'OrderView',
  },
  settleOrder: {
    method: 'PUT',
    path: '/v1/orders/{orderNo}/settlement',
    does: 'The order was paid in another way, or is free: ETC takes nothing for it any more',
    query: noQuery,
    body: 'Settlement',
    answer: 'OrderView',
  },
  withdrawOrder: {
    method: 'PUT',
    path: '/v1/orders/{orderNo}/withdrawal',
    does: 'Takes an order back that nobody has paid: the car went back in, or its price changed',
    query: noQuery,
    body: 'Withdrawal',
    answer: 'OrderView',
  },
  reviewOrder: {
    method: 'PUT',
    path: '/v1/orders/{orderNo}/review',
    does: 'Answers the event `review`: the charge is right, or it is disputed and a person decides',
    query: noQuery,
    body: 'Review',
    answer: 'OrderView',
  },
  refund: {
    method: 'PUT',
    path: '/v1/refunds/{refundNo}',
    does: 'Asks for money of a paid order to go back to the card it came from',
    query: noQuery,
    body: 'Refund',
    answer: 'RefundView',
  },
  refundState: {
    method: 'GET',
    path: '/v1/refunds/{refundNo}',
    does: 'Where a refund stands; only `success` says that it is done',
    query: noQuery,
    body: null,
    answer: 'RefundView',
  },
  events: {
    method: 'GET',
    path: '/v1/events',
    does: 'What happened to the orders of this billing system, in order, none left out',
    query: eventsQuery,
    body: null,
    answer: 'Events',
  },
} as const satisfies Record<string, Operation>
export type OperationName = keyof typeof operations

/** Statuses of refusals with their codes. */
export const refusals = {
  400: 'ORDER-01: a member is missing, unknown, written twice or wrong; names field and value',
  401: 'ORDER-02: signature, certificate, time or nonce does not hold; names the part',
  403: 'ORDER-03: this partner has no right to the operation',
  404: 'ORDER-04: no such order or refund of this partner; ORDER-05: no such version; ORDER-01: no such path',
  405: 'ORDER-01: the path has no such method',
  409: 'ORDER-06: the number was used with other content; ORDER-07: it is being charged, ask again; ORDER-08: it has ended',
  413: 'ORDER-01: the body is too large',
  422: 'ORDER-09: the content does not fit: lane, clock, amount, plate or charge; names the field',
  429: 'ORDER-10: too many open orders, or another order is open in that lane; ORDER-11: too many requests at once',
  503: 'ORDER-12, or the code of another fault of the access system: send the same again',
} as const
export type RefusalStatus = keyof typeof refusals

/** Status of a code; another code is a fault of the access system. */
export const statusOfCode: Readonly<Record<string, RefusalStatus>> = {
  'ORDER-01': 400,
  'ORDER-02': 401,
  'ORDER-03': 403,
  'ORDER-04': 404,
  'ORDER-05': 404,
  'ORDER-06': 409,
  'ORDER-07': 409,
  'ORDER-08': 409,
  'ORDER-09': 422,
  'ORDER-10': 429,
  'ORDER-11': 429,
}
