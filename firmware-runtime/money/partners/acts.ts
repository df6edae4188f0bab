// Reads the members of a request strictly, and does what its operation says on the port of its right.
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { issueText } from '#base/pure/words/issue-why.ts'
import { hasMemberTwice, jsonPointer } from '#base/pure/data/json.ts'
import { unseenIn, unseenWords } from '#base/pure/words/visible-text.ts'
import {
  type ActName,
  acts,
  type eventsQuery,
  type OperationName,
  operations,
  pathMembers,
} from './protocol.ts'
import type { Given, Operation } from './subject.ts'

const noQuery = z.strictObject({})

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
  if (read.success) {
    const unseen = unseenIn(read.data)
    if (unseen === null) return read.data
    throw wrong(`${at}${jsonPointer(unseen)}`, valueAt(read.data, unseen), unseenWords)
  }
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

export function done(
  name: ActName,
  port: unknown,
  asked: Pick<Given, 'query'> & {
    readonly params: Readonly<Record<string, string>>
    readonly body: Uint8Array
  },
): unknown {
  const { params, body, query } = asked
  const { body: wanted }: Operation = operations[name]
  if (wanted === undefined && body.length > 0)
    throw wrong('body', '', t('这个请求没有内容', 'this request has no body'))
  const [[member, number] = ['', '']] = Object.entries(params)
  const shape = pathMembers[member]
  if (shape !== undefined) shaped(shape, number, `/${member}`)
  return acts[name](port, { number, query, read: (schema) => shaped(schema, jsonOf(body), '') })
}

export type EventsAsked = z.infer<typeof eventsQuery>

/** Query members, digits as numbers where a text does not fit. Throws ORDER-01 for another operation's, or a wrong value. */
export function queryOf(name: OperationName, path: string): Readonly<Record<string, unknown>> {
  const at = path.indexOf('?')
  const members = new URLSearchParams(at < 0 ? '' : path.slice(at + 1))
  if (new Set(members.keys()).size < members.size)
    throw wrong('query', path.slice(at), t('有一个成员写了两次', 'it has a member twice'))
  const { query = noQuery }: Operation = operations[name]
  const shapes: Readonly<Record<string, z.ZodType>> = query.shape
  const given = Object.fromEntries(
    [...members].map(([key, value]) => {
      const isText = shapes[key]?.safeParse(value).success === true
      return [key, !isText && /^\d{1,15}$/.test(value) ? Number(value) : value]
    }),
  )
  return shaped(query, given, 'query')
}
