// Bodies, paths and answers of a province by its table: from the words of the first dialect into its own, and back.
// An answer is turned into one that the first dialect judges, so that verdicts about money have one home.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MemberRow } from '../../queue/mend.ts'
import { hasMemberTwice, isObject, parsed } from '#base/pure/data/json.ts'
import type { PlatformRequest } from '../../../ports/dialect.ts'
import type { PlatformMethod } from '../../../ports/envelope.ts'
import type { ProvinceTable, RouteRow } from './province-table.ts'

type Members = Readonly<Record<string, unknown>>

const utf8 = new TextDecoder('utf-8')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [names.get(name) ?? name, renamed(inner, names)]),
  )
}

/** A code that belongs to no class of the first dialect: the outcome is unknown. */
const unknownCode = '9'

/** Codes inside a result, as of a charge that failed. */
const innerCodes = ['respCode', 'failCode']

export class Translation {
  private readonly table: ProvinceTable
  private readonly toOwn: ReadonlyMap<string, string>
  private readonly fromOwn: ReadonlyMap<string, string>
  private readonly meanings: ReadonlyMap<string, string>

  constructor(table: ProvinceTable) {
    this.table = table
    const names = Object.entries(table.members)
    this.toOwn = new Map(names)
    this.fromOwn = new Map(names.map(([first, own]) => [own, first]))
    this.meanings = new Map(table.codes.map(({ code, means }) => [code, means]))
  }

  body(text: string): string {
    return text === '' || this.toOwn.size === 0
      ? text
      : JSON.stringify(renamed(parsed(text), this.toOwn))
  }

  /** Under own names; what this province seals is sealed, whatever the first dialect says of it. */
  members(rows: readonly MemberRow[]): readonly MemberRow[] {
    return rows.map((row) => {
      const name = this.toOwn.get(row.name) ?? row.name
      const clause = this.table.sealed[row.name]
      if (clause === undefined) return { ...row, name }
      return 'sealed' in row ? { ...row, name } : { name, sealed: { why: 'evidence', clause } }
    })
  }

  /** A member's own name. */
  own(member: string): string {
    return this.toOwn.get(member) ?? member
  }

  /** Null where the province has no such interface. */
  routeOf(method: PlatformMethod, path: string): RouteRow | null {
    const bare = path.split('?', 1)[0] ?? ''
    const rows = this.table.routes.filter(
      (row) => row.method === method && (bare === row.from || bare.startsWith(`${row.from}/`)),
    )
    return rows.toSorted((a, b) => b.from.length - a.from.length)[0] ?? null
  }

  /** Translates a request whose path and body use the names of the first dialect. */
  request(request: PlatformRequest): PlatformRequest {
    return { ...this.frozen(request), bodyText: this.body(request.bodyText) }
  }

  /** Translates a request whose body was frozen in own names. Throws UPLOAD-01 for content that the province refuses. */
  frozen(request: PlatformRequest): PlatformRequest {
    const route = this.routeOf(request.method, request.path)
    if (route === null)
      throw new LaneFault('UPLOAD-01', {
        field: '',
        value: `${request.method} ${request.path}`.slice(0, 80),
        note: t('这个省份没有这个接口', 'the province has no such interface'),
      })
    return { ...request, path: `${route.to}${request.path.slice(route.from.length)}` }
  }

  /** By its own path, for the access check. */
  requestType(method: PlatformMethod, path: string): string {
    const bare = path.split('?', 1)[0] ?? ''
    const rows = this.table.routes.filter(
      (row) => row.method === method && (bare === row.to || bare.startsWith(`${row.to}/`)),
    )
    return rows.toSorted((a, b) => b.to.length - a.to.length)[0]?.requestType ?? ''
  }

  /** Code of the first dialect; an unknown code maps to one without meaning. */
  meaningOf(code: string): string {
    return this.meanings.get(code) ?? `${unknownCode}${code}`.slice(0, 6)
  }

  /** The last code of the answers, as it came. */
  codeIn(bodyText: string): string | null {
    const { list, code, data } = this.table.answer
    const head = bodyText.split(`"${data}"`, 1)[0] ?? ''
    const found = [...head.matchAll(new RegExp(`"${code}"\\s*:\\s*"([^"]{1,40})"`, 'g'))]
    return (list === null ? found[0] : found.at(-1))?.[1] ?? null
  }

  /** As the first dialect would have it; bytes that are no JSON object stay what they are. */
  answer(body: Uint8Array): Uint8Array {
    const text = utf8.decode(body)
    // With a member twice it says two things: it stays as it is, and is refused as such.
    const value = hasMemberTwice(text) ? null : parsed(text)
    return isObject(value) ? bytesOf(JSON.stringify(this.answered(value))) : body
  }

  /** Translates the answer with a status list, whose items are passed through unchanged as bytes. */
  listAnswer(body: Uint8Array): Uint8Array {
    const { at, data } = this.table.answer
    const name = bytesOf(`"${data}"`)
    const from = indexOf(body, name)
    if (from < 0) return this.answer(body)
    const head = parsed(`${utf8.decode(body.subarray(0, from)).replace(/,\s*$/, '')}}`)
    if (!isObject(head)) return body
    const respCode = this.codeOf(head)
    const start = bytesOf(
      JSON.stringify({ respCode, timestamp: head[at] }).replace(/\}$/, ',"data"'),
    )
    const rest = body.subarray(from + name.length)
    const whole = new Uint8Array(start.length + rest.length)
    whole.set(start)
    whole.set(rest, start.length)
    return whole
  }

  private codeOf(value: Members): string | undefined {
    const { list, code } = this.table.answer
    const rows = list === null ? [value] : value[list]
    const last: unknown = Array.isArray(rows) ? rows.at(-1) : null
    const found = isObject(last) ? last[code] : undefined
    return typeof found === 'string' ? this.meaningOf(found) : undefined
  }

  private answered(value: Members): Members {
    const { at, data, detail, message } = this.table.answer
    const own = renamed(value[data], this.fromOwn)
    const result = isObject(own)
      ? Object.fromEntries(
          Object.entries(own).map(([name, one]) =>
            innerCodes.includes(name) && typeof one === 'string'
              ? [name, this.meaningOf(one)]
              : [name, one],
          ),
        )
      : own
    return {
      respCode: this.codeOf(value),
      message: value[message],
      timestamp: value[at],
      data: result,
      detail: renamed(value[detail], this.fromOwn),
    }
  }
}

/** Offset of the first occurrence of the bytes; -1: not found. */
function indexOf(body: Uint8Array, wanted: Uint8Array): number {
  const [first = 0] = wanted
  for (let at = body.indexOf(first); at >= 0; at = body.indexOf(first, at + 1))
    if (wanted.every((byte, i) => body[at + i] === byte)) return at
  return -1
}
