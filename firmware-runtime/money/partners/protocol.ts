// The published interface between billing and access (docs/billing-interface.md) as one table: the subjects with their
// operations, bodies and answers, the news of all, and the refusals. The OpenAPI document is made from it, and every request
// and answer is checked against it.
import { z } from 'zod'
import type { PartnerRight } from '#base/pure/lot/published-members.ts'
import { invoiceActs, invoiceSubject } from './invoices.ts'
import { memberActs, memberSubject } from './members.ts'
import { orderActs, orderSubject } from './orders.ts'
import { iso, text } from './shapes.ts'
import { spaceActs, spaceSubject } from './spaces.ts'
import type { Act, Operation } from './subject.ts'

/** Version of the interface; a version stays served for as long as `versions` lists it. */
export const interfaceVersion = 1

/** Listed once: schemas, operations, acts, members of paths and news are made of it. */
const subjects = [
  { ...orderSubject, acts: orderActs },
  { ...memberSubject, acts: memberActs },
  { ...invoiceSubject, acts: invoiceActs },
  { ...spaceSubject, acts: spaceActs },
] as const
type Listed = (typeof subjects)[number]
type AllOf<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void
  ? A
  : never
const joined = <K extends 'schemas' | 'operations' | 'acts' | 'pathMembers'>(part: K) =>
  Object.assign({}, ...subjects.map((one) => one[part])) as AllOf<Listed[K]>
const told = Object.assign({}, ...subjects.map(({ news }) => news.members)) as AllOf<
  Listed['news']['members']
>

const newsSchemas = {
  Events: z.object({
    events: z.array(
      z.object({
        no: z.int().min(1).describe('Rises; gaps are no loss'),
        atIso: iso,
        event: z.enum(subjects.flatMap(({ news }) => [...news.events])),
        ...told,
      }),
    ),
    next: z.int().min(0).describe('`after` of the next request'),
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

/** Longest wait for an event, ms: below the 30 s after which many proxies and clients give up. */
const waitMsMax = 25_000

export const eventsQuery = z.strictObject({
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

/** Read with any right: a partner learns what its rights are about. */
const newsOperations = {
  events: {
    method: 'GET',
    path: '/v1/events',
    does: 'What happened to what this partner has a right to, in order, none left out',
    query: eventsQuery,
    answer: 'Events',
  },
} as const satisfies Record<string, Operation>

export const schemas = { ...joined('schemas'), ...newsSchemas } as const
export type SchemaName = keyof typeof schemas

export const operations = { ...joined('operations'), ...newsOperations } as const
export type OperationName = keyof typeof operations
export type ActName = Exclude<OperationName, 'events'>

/** By operation; the port is that of its right. */
export const acts = joined('acts') as Readonly<Record<ActName, Act<unknown>>>

/** The right that an operation needs; null: any. */
export const rightOf = (name: OperationName): PartnerRight | null =>
  subjects.find((one) => name in one.operations)?.right ?? null

/** Members in braces of the paths. */
export const pathMembers: Readonly<Record<string, z.ZodType>> = joined('pathMembers')

/** Statuses of refusals with their codes. */
export const refusals = {
  400: 'ORDER-01: a member is missing, unknown, written twice or wrong; names field and value',
  401: 'ORDER-02: signature, certificate, time or nonce does not hold; names the part',
  403: 'ORDER-03: this partner has no right to the operation',
  404: 'ORDER-04: no such order, refund, receipt or invoice of this partner; ORDER-05: no such version; ORDER-01: no such path',
  405: 'ORDER-01: the path has no such method',
  409: 'ORDER-06: the number was used with other content, or the other side changed it meanwhile; ORDER-07: it is being charged, ask again; ORDER-08: it has ended; ORDER-13: the receipt is invoiced',
  413: 'ORDER-01: the body is too large',
  422: 'ORDER-09: the content does not fit: lane, clock, amount, plate or charge; MEMBER-01, MEMBER-02: the member breaks a rule, or has a plate of another; names the field',
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
  'ORDER-13': 409,
  'MEMBER-01': 422,
  'MEMBER-02': 422,
}
