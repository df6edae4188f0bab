// Reads the members of a request strictly, and does what its operation says on the orders of the partner.
import type { z } from 'zod'
import { LaneFault } from '../../core/faults/faults.ts'
import { t, type BilingualText } from '../../core/values/fault-text.ts'
import { issueText } from '../../core/values/issue-why.ts'
import { hasMemberTwice, jsonPointer } from '../../core/values/json.ts'
import type { Orders } from '../../ports/orders.ts'
import { operations, pathMembers, type OperationName, schemas } from './protocol.ts'

interface Given {
  /** The number in the path; '' where the path has none. */
  readonly number: string
  readonly body: Uint8Array
}

const shownMax = 80

function wrong(field: string, value: unknown, note: BilingualText): LaneFault {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return new LaneFault('ORDER-01', { field, value: text.slice(0, shownMax), note })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const key of path)
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return at
}

/** The value in the shape of the schema. Throws ORDER-01 with the first member that breaks a rule. */
function shaped<S extends z.ZodType>(schema: S, value: unknown, at: string): z.infer<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  if (issue === undefined) throw wrong(at, value, t('不合规定', 'breaks a rule'))
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...issue.path, ...extra]
  throw wrong(`${at}${jsonPointer(path)}`, valueAt(value, path), issueText(issue))
}

function jsonOf(body: Uint8Array): unknown {
  let text = ''
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    value = JSON.parse(text)
  } catch {
    throw wrong('body', text, t('不是完整的 JSON', 'this is not whole JSON'))
  }
  if (hasMemberTwice(text))
    throw wrong('body', text, t('有一个成员写了两次', 'it has a member twice'))
  return value
}

const read = <S extends z.ZodType>(schema: S, { body }: Given): z.infer<S> =>
  shaped(schema, jsonOf(body), '')

type Act = (orders: Orders, given: Given) => unknown

const acts: Readonly<Record<Exclude<OperationName, 'events'>, Act>> = {
  facts: (orders) => orders.facts(),
  openOrder: (orders, given) =>
    orders.open({ orderNo: given.number, ...read(schemas.Order, given) }),
  order: (orders, { number }) => orders.order(number),
  settleOrder: (orders, given) => orders.settle(given.number, read(schemas.Settlement, given)),
  withdrawOrder: (orders, given) =>
    orders.withdraw(given.number, read(schemas.Withdrawal, given).reason),
  reviewOrder: (orders, given) => orders.review(given.number, read(schemas.Review, given)),
  refund: (orders, given) =>
    orders.refund({ refundNo: given.number, ...read(schemas.Refund, given) }),
  refundState: (orders, { number }) => orders.refundOf(number),
}

export function done(
  name: Exclude<OperationName, 'events'>,
  orders: Orders,
  params: Readonly<Record<string, string>>,
  body: Uint8Array,
): unknown {
  const { body: wanted } = operations[name]
  if (wanted === null && body.length > 0)
    throw wrong('body', '', t('这个请求没有内容', 'this request has no body'))
  const [[member, number] = ['', '']] = Object.entries(params)
  if (member in pathMembers) shaped(pathMembers.orderNo, number, `/${member}`)
  return acts[name](orders, { number, body })
}

export type EventsAsked = z.infer<typeof operations.events.query>

/** Query members as numbers. Throws ORDER-01 for another operation's, or a wrong value. */
export function queryOf(name: OperationName, path: string): EventsAsked | null {
  const at = path.indexOf('?')
  const members = new URLSearchParams(at < 0 ? '' : path.slice(at + 1))
  const given = Object.fromEntries(
    [...members].map(([key, value]) => [key, /^\d{1,15}$/.test(value) ? Number(value) : value]),
  )
  if (new Set(members.keys()).size < members.size)
    throw wrong('query', path.slice(at), t('有一个成员写了两次', 'it has a member twice'))
  if (name === 'events') return shaped(operations.events.query, given, 'query')
  shaped(operations[name].query, given, 'query')
  return null
}
