// The payment protocol (docs/payment-port.md) as one table: operations, bodies and answers.
// The OpenAPI document is made from it, and every answer is checked against it.
import { z } from 'zod'
import { gatewayStates } from '../pure/pay/answer.ts'
import { fenMax } from '#base/pure/values/fen.ts'

const number = z.string().regex(/^[A-Za-z0-9_-]{6,40}$/)
const fen = z.int().min(0).max(fenMax)
const dayMs = 86_400_000

const attemptNo = number.describe('Made by the lane before anything is sent; used once')
const refundNo = number.describe('Derived from the attempt; a repeat asks for the same money')
const amountFen = fen.min(1).describe('What is due, in fen')

export const schemas = {
  Charge: z.object({
    attemptNo,
    amountFen,
    code: z
      .string()
      .regex(/^\d{16,24}$/)
      .describe('The payment code that the customer showed'),
  }),
  Offer: z.object({
    attemptNo,
    amountFen,
    expiresMs: z.int().min(60_000).max(dayMs).describe('How long the code may be paid for'),
  }),
  Nothing: z.object({}),
  Attempt: z.object({
    attemptNo,
    merchantNo: z.string().min(1).max(64),
    amountFen,
    paidFen: fen.describe('What the customer paid in all'),
    refundedFen: fen.describe('What went back of it'),
    state: z.enum(gatewayStates),
    qrText: z.string().max(512).nullable().describe('What the shown code says; null: none'),
  }),
  RefundRequest: z.object({ refundNo, attemptNo, amountFen }),
  Refund: z.object({
    refundNo,
    attemptNo,
    amountFen,
    state: z.enum(['accepted', 'done', 'failed']),
  }),
  Capabilities: z.object({
    merchantNo: z.string().min(1).max(64),
    ways: z.array(z.enum(['charge', 'offer'])),
    cancelPaid: z.enum(['refuse', 'reverse']),
    minQueryMs: z.int().min(0).max(dayMs),
    page: z
      .enum(['none', 'sign'])
      .optional()
      .describe('`sign`: it hosts a page for drivers at a sign; absent: it has none'),
  }),
  PlateAsks: z.object({
    asks: z
      .array(
        z.object({
          askNo: number.describe('Of this question; the same until it is answered'),
          plate: z.string().max(64).describe('As the driver typed it'),
          visitor: z.string().max(128).describe('The same for each question of one phone'),
          wants: z
            .enum(['sum', 'pay'])
            .describe('`pay`: the driver has seen the sum, and pays now'),
        }),
      )
      .max(50),
  }),
  PlateAnswer: z.object({
    result: z.enum(['owes', 'nothing', 'later']),
    sumFen: fen.describe('What cars of this plate owe in all; 0 unless `owes`'),
    attemptNos: z
      .array(attemptNo)
      .describe('Offers that the driver may pay now; empty unless asked to pay'),
  }),
  Bill: z.object({
    day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
    count: z.int().min(0),
    totalFen: z.int().min(0),
    rows: z.array(z.object({ attemptNo, paidFen: fen, refundedFen: fen })),
  }),
  Error: z.object({ error: z.object({ code: z.string().max(40), message: z.string().max(200) }) }),
}
export type SchemaName = keyof typeof schemas

interface Operation {
  readonly method: 'GET' | 'POST'
  /** With at most one member in braces. */
  readonly path: string
  readonly does: string
  readonly body: SchemaName | null
  readonly answer: SchemaName
}

export const operations = {
  capabilities: {
    method: 'GET',
    path: '/v1/capabilities',
    does: 'What this gateway can do for this merchant',
    body: null,
    answer: 'Capabilities',
  },
  charge: {
    method: 'POST',
    path: '/v1/charges',
    does: 'Charges the customer who showed this code; the same number again is the same charge',
    body: 'Charge',
    answer: 'Attempt',
  },
  offer: {
    method: 'POST',
    path: '/v1/offers',
    does: 'Makes a code over a fixed amount; the same number again is the same offer',
    body: 'Offer',
    answer: 'Attempt',
  },
  query: {
    method: 'GET',
    path: '/v1/attempts/{attemptNo}',
    does: 'Where an attempt stands; NOT_FOUND before a scan, where the scan makes the trade',
    body: null,
    answer: 'Attempt',
  },
  cancel: {
    method: 'POST',
    path: '/v1/attempts/{attemptNo}/cancel',
    does: 'Closes what is not paid; `paying` means not yet, send it again',
    body: 'Nothing',
    answer: 'Attempt',
  },
  plateAsks: {
    method: 'GET',
    path: '/v1/asks',
    does: 'Questions of drivers at its page that are not answered yet',
    body: null,
    answer: 'PlateAsks',
  },
  answerPlate: {
    method: 'POST',
    path: '/v1/asks/{askNo}',
    does: 'The answer to one question; its offers may arrive after it',
    body: 'PlateAnswer',
    answer: 'Nothing',
  },
  refund: {
    method: 'POST',
    path: '/v1/refunds',
    does: 'Asks for money to go back the way it came; the same number again is the same refund',
    body: 'RefundRequest',
    answer: 'Refund',
  },
  queryRefund: {
    method: 'GET',
    path: '/v1/refunds/{refundNo}',
    does: 'Where a refund stands; only this answer says done',
    body: null,
    answer: 'Refund',
  },
  bill: {
    method: 'GET',
    path: '/v1/bills/{day}',
    does: 'Every payment of a day; NOT_READY until it is made',
    body: null,
    answer: 'Bill',
  },
} as const satisfies Record<string, Operation>
export type OperationName = keyof typeof operations

/** Refusal statuses of the gateway with the codes that they carry. */
export const refusals = {
  400: 'BAD_REQUEST: a member is missing or wrong',
  401: 'SIGNATURE, KEY, CLOCK or REPLAYED: the envelope does not hold',
  404: 'NOT_FOUND or NOT_READY',
  409: 'CONFLICT: the number was used with another content',
  422: 'CODE_INVALID or TOO_MUCH: nothing was done',
  429: 'TOO_OFTEN: nothing was done, ask later',
} as const
