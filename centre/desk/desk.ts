// The desk of the centre: its pages and calls for the people of an operator, in a browser. HTTP on loopback, HTTPS
// beyond. A call is a POST of JSON below /api/ by its name, from a page of the desk itself; its session is a cookie.
import { Readable } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { faults, LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { must } from '#base/pure/values/must.ts'
import { pageHeaders } from '#base/pure/data/page-headers.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import type { SecretHasher } from '#ledger/ports/people.ts'
import type { AlarmPost } from '../alarm/post.ts'
import type { Authority } from '../authority/authority.ts'
import type { CentreDatabase } from '../schema/pools.ts'
import type { Asked, Right, Visit } from './call.ts'
import { calls } from './calls/table.ts'
import { inLots } from './in-lots.ts'
import { pageFiles } from './page-files.ts'
import { deskHasher, Secrets } from './secrets.ts'
import { linesOf, streamInLots } from './streamed.ts'

export interface DeskOptions {
  readonly database: Pick<CentreDatabase, 'desk' | 'people'>
  readonly authority: Authority
  readonly post: AlarmPost
  readonly host: string
  /** 0: a free port. */
  readonly port: number
  /** PEM; null on loopback. */
  readonly tls: { readonly key: string; readonly cert: string } | null
  /** Of the built pages. */
  readonly pageDir: string
  readonly clock: WallClock
  /** Reports an unexpected error. */
  failed(error: unknown): void
  readonly hasher?: SecretHasher
  /** Address of the door, shown to people who have a lot join. */
  readonly doorUrl: string
  /** A call has come; the function is called when it is answered. */
  called?(): () => void
}

export interface Desk {
  readonly url: string
  /** One-time password of the first person; null once it was changed. */
  readonly signIn: { readonly name: string; readonly password: string } | null
  close(): Promise<void>
}

const bodyBytesMax = 16 * 1024
/** As long as browsers keep one at most. */
const cookieS = 400 * 86_400
/** The rows of the table as the desk carries them out: their types are checked where each is declared. */
interface AnyCall {
  readonly right: Right
  readonly args: z.ZodType
  readonly onWalls?: true
  answer?(args: unknown, asked: Asked | Visit): Promise<unknown>
  chunks?(args: unknown, asked: Asked): AsyncIterable<readonly unknown[]>
}
const callAt = (name: string): AnyCall | undefined =>
  Object.hasOwn(calls, name)
    ? ((calls as Readonly<Record<string, unknown>>)[name] as AnyCall)
    : undefined

const statusOf: Readonly<Record<string, number>> = {
  'API-01': 400,
  'API-02': 403,
  'CENTRE-22': 409,
  'CENTRE-26': 409,
  'CENTRE-32': 401,
  'CENTRE-33': 429,
  'CENTRE-34': 401,
  'CENTRE-35': 403,
  'CENTRE-38': 404,
  'CENTRE-39': 503,
  'CENTRE-40': 409,
  'CENTRE-41': 403,
  'PEOPLE-10': 429,
}

/** A fault with its words, so that a page needs no table of them. */
function bodyOf({ code, detail: { field = '', value = '', note } }: LaneFault) {
  const { what, means, todo } = faults[code]
  const why = typeof note === 'string' ? t(note, note) : (note ?? null)
  return { error: { code, field, value: value.slice(0, 80), why, what, means, todo } }
}

/** Throws API-01 with the field that breaks the rule. */
function argumentsOf(schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...extra]
  throw new LaneFault('API-01', { field: jsonPointer(path), note: issueWhy(issue) })
}

const cookieOf = (request: FastifyRequest, name: string): string | null => {
  const parts = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
  const own = parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
  return own === '' ? null : own
}

/** Throws API-02 for a request that no page of this desk has made: another site, or no browser. */
function mustBeOwn(request: FastifyRequest, isHttps: boolean): void {
  const { host = '', origin = '' } = request.headers
  const isHost = isHttps || isLoopback(host.replace(/:\d+$/, ''))
  if (!isHost || origin !== `${isHttps ? 'https' : 'http'}://${host}`)
    throw new LaneFault('API-02', { field: 'Origin', value: origin })
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw new LaneFault('API-01', { field: 'Content-Type' })
}

class Serving {
  private readonly options: DeskOptions
  readonly secrets: Secrets

  constructor(options: DeskOptions) {
    this.options = options
    const { database, clock, hasher = deskHasher() } = options
    this.secrets = new Secrets(database.people, clock, hasher)
  }

  async serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    reply.headers(pageHeaders).header('etc-now', String(this.options.clock.nowMs()))
    const { name = '' } = request.params as Readonly<Record<string, string>>
    // Pages ask for the sequence each second, which would hide the slow ones.
    const answered = name === 'state.seq' ? undefined : this.options.called?.()
    try {
      mustBeOwn(request, this.options.tls !== null)
      const answer = await this.answer(name, request, reply)
      return answer instanceof Readable
        ? reply.type('application/x-ndjson').send(answer)
        : reply.send({ answer })
    } catch (error) {
      return this.refuse(reply, error)
    } finally {
      answered?.()
    }
  }

  private async answer(name: string, request: FastifyRequest, reply: FastifyReply) {
    const call = callAt(name)
    if (call === undefined) throw new LaneFault('API-01', { field: 'name', value: name })
    const visit = this.visitOf(request, reply)
    if (call.right === 'anybody') return call.answer?.(argumentsOf(call.args, request.body), visit)
    const isUsed = request.headers['etc-used'] === '1'
    const person = await this.secrets.personOf(visit.token, isUsed)
    if (person.oneTime && call.right === 'person') throw new LaneFault('CENTRE-35')
    if (person.wall !== null && call.onWalls !== true)
      throw new LaneFault('API-02', { field: 'name', value: name })
    const run: Visit['run'] = (work, isSteady) =>
      inLots(this.options.database.desk, visit.token, work, isSteady)
    const stream: Asked['stream'] = (work) =>
      streamInLots(this.options.database.desk, visit.token, work)
    const asked = { ...visit, run, stream, person }
    const given = argumentsOf(call.args, request.body)
    if (call.chunks !== undefined) return linesOf(call.chunks(given, asked), this.options.failed)
    return call.answer?.(given, asked)
  }

  private visitOf(request: FastifyRequest, reply: FastifyReply): Visit {
    const { database, authority, post, clock, tls, doorUrl } = this.options
    // A browser sends a cookie to every port of a host.
    const cookie = `etc-desk-${request.socket.localPort ?? 0}`
    const browser = `${cookie}-browser`
    const flags = `Path=/; HttpOnly; SameSite=Strict${tls === null ? '' : '; Secure'}`
    return {
      nowMs: clock.nowMs(),
      run: (work) => inLots(database.desk, null, work),
      secrets: this.secrets,
      authority,
      post,
      doorUrl,
      token: cookieOf(request, cookie),
      from: { address: request.ip, browser: cookieOf(request, browser) },
      keepBrowser: (token) => {
        reply.header('set-cookie', `${browser}=${token}; ${flags}; Max-Age=${cookieS}`)
      },
      keep: (token, lasts = false) => {
        const age = token === null ? '; Max-Age=0' : lasts ? `; Max-Age=${cookieS}` : ''
        reply.header('set-cookie', `${cookie}=${token ?? ''}; ${flags}${age}`)
      },
    }
  }

  refuse(reply: FastifyReply, error: unknown): FastifyReply {
    if (!(error instanceof LaneFault)) this.options.failed(error)
    const fault = error instanceof LaneFault ? error : new LaneFault('CENTRE-39')
    return reply
      .headers(pageHeaders)
      .code(statusOf[fault.code] ?? 400)
      .send(bodyOf(fault))
  }
}

/** Errors of the server's own reading (too large, no JSON, another content type) have a status; a bug has none. */
const faultOfReading = (error: unknown): unknown =>
  error instanceof Error && 'statusCode' in error
    ? new LaneFault('API-01', { field: 'body' })
    : error

function appOf({ tls, pageDir }: DeskOptions, serving: Serving): FastifyInstance {
  const options = { bodyLimit: bodyBytesMax, exposeHeadRoutes: false, forceCloseConnections: true }
  const app: FastifyInstance =
    tls === null
      ? fastify(options)
      : (fastify({
          ...options,
          https: { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.2' },
        }) as unknown as FastifyInstance)
  const files = pageFiles(pageDir)
  app.setErrorHandler((error, _, reply) => serving.refuse(reply, faultOfReading(error)))
  app.setNotFoundHandler((request, reply) => {
    const file = request.method === 'GET' ? files.get(request.url) : undefined
    reply.headers(pageHeaders)
    return file === undefined
      ? reply.code(404).type('text/plain').send('')
      : reply.type(file.type).send(file.bytes)
  })
  app.post('/api/:name', (request, reply) => serving.serve(request, reply))
  return app
}

/** Throws CENTRE-31 beyond loopback without `tls`, FILE-01 without built pages, CENTRE-25 for an address that is not free. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { host, port, tls } = options
  if (tls === null && !isLoopback(host)) throw new LaneFault('CENTRE-31', { value: host })
  const serving = new Serving(options)
  const app = appOf(options, serving)
  const signIn = await serving.secrets.firstPerson()
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('CENTRE-25', { value: `${host}:${port}`, note })
  }
  const bound = app.server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has an address')
  const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  return {
    url: `${tls === null ? 'http' : 'https'}://${shown}:${bound.port}`,
    signIn,
    close: () => app.close(),
  }
}
