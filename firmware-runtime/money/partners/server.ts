// The HTTP server of the interface between billing and access (docs/billing-interface.md): verifies the envelope, reads
// the request strictly, and signs every answer, refusals included. Plain HTTP on loopback, HTTPS on a named card.
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { LaneFault, faults, noteBehind } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { must } from '#base/pure/values/must.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { PartnerFeed, PartnerPorts } from '../ports/partner.ts'
import { done, type EventsAsked, queryOf } from './acts.ts'
import { EventPolls } from './event-polls.ts'
import {
  interfaceVersion,
  type OperationName,
  operations,
  type RefusalStatus,
  rightOf,
  schemas,
  statusOfCode,
} from './protocol.ts'
import type { Partner, PartnerSeal } from './seal.ts'
import type { Operation } from './subject.ts'
import { RequestTurns } from './turns.ts'
import { serveFreeSpaces, type WebSpaces } from './web.ts'

export interface PartnerServerOptions {
  readonly seal: PartnerSeal
  /** What the lot has for a partner, by right, and the news of the rights it has; null: nothing. */
  portsOf(partner: Partner): PartnerPorts
  feedOf(partner: Partner): PartnerFeed | null
  /** Free spaces without signature; absent: none. */
  readonly web?: WebSpaces | null
  readonly mono: MonoClock
  readonly host: string
  /** 0: a free port. */
  readonly port: number
  /** Required beyond loopback. */
  readonly tls: { readonly keyFile: string; readonly certFile: string } | null
  /** Reports an unexpected error, a bug of this program. */
  failed(error: unknown): void
  readonly limits?: Partial<PartnerLimits>
}

interface PartnerLimits {
  readonly bodyBytesMax: number
  readonly connectionsMax: number
  /** Requests that wait for their turn; a refusal costs a signature, too. */
  readonly requestsMax: number
  /** Requests of one partner that wait for an event. */
  readonly pollsMax: number
  /** Time for a whole request to arrive. */
  readonly requestTimeoutMs: number
  /** Time for answers under way when the server closes. */
  readonly closeMs: number
}

export const partnerLimits: PartnerLimits = {
  bodyBytesMax: 16 * 1024,
  connectionsMax: 1_000,
  requestsMax: 20_000,
  pollsMax: 8,
  requestTimeoutMs: 10_000,
  closeMs: 1_000,
}

export interface PartnerServer {
  readonly url: string
  close(): Promise<void>
}

/** A refusal whose status does not follow from its code. */
class Refusal extends Error {
  readonly status: RefusalStatus
  readonly fault: LaneFault
  constructor(status: RefusalStatus, field: string, value: string, note: BilingualText) {
    super(note.en)
    this.status = status
    this.fault = new LaneFault('ORDER-01', { field, value: value.slice(0, 80), note })
  }
}

const bodyOf = ({ code, detail }: LaneFault): unknown => {
  const { field, value, note } = detail
  const { what } = faults[code]
  const message = t(`${what.zh}${noteBehind(note, 'zh')}`, `${what.en}${noteBehind(note, 'en')}`)
  return { error: { code, field: field ?? null, value: value ?? null, message } }
}

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

const fits = (pattern: string, path: string): boolean => {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => part.startsWith('{') || part === given[i])
  )
}

/** A path of another version is refused before its envelope is read, which another version may write differently. */
function mustBeVersion(path: string): void {
  const [, version] = /^\/v(\d{1,9})(?:\/|$)/.exec(path) ?? []
  if (version === undefined || Number(version) === interfaceVersion) return
  const note = t(`有:${interfaceVersion}`, `served: ${interfaceVersion}`)
  throw new LaneFault('ORDER-05', { field: 'path', value: version, note })
}

function unserved(method: string, path: string): Refusal {
  const methods = Object.values<Operation>(operations)
    .filter((one) => fits(one.path, path))
    .map((one) => one.method)
  if (methods.length === 0) return new Refusal(404, 'path', path, t('没有这个路径', 'no such path'))
  const named = methods.join(', ')
  return new Refusal(405, 'method', method, t(`要用 ${named}`, `expected ${named}`))
}

/** Errors of the server's own reading, before a handler runs. */
function refusalOfReading(error: unknown, limit: number): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Refusal(413, 'body', '', t(`超过 ${limit} 字节`, `more than ${limit} bytes`))
  return new Refusal(400, 'body', '', t('请求不完整', 'the request is not whole'))
}

class Serving {
  private readonly options: PartnerServerOptions
  private readonly limits: PartnerLimits
  private readonly turns: RequestTurns
  readonly polls: EventPolls

  constructor(options: PartnerServerOptions, limits: PartnerLimits) {
    this.options = options
    this.limits = limits
    this.turns = new RequestTurns(limits.requestsMax)
    this.polls = new EventPolls(options.mono, limits.pollsMax)
  }

  /** `name`: null for a path or method that is not in the table. */
  async serve(name: OperationName | null, request: FastifyRequest, reply: FastifyReply) {
    const asked: { nonce: string | null } = { nonce: null }
    try {
      await this.turns.next()
      const answer = await this.answer(name, request, asked)
      return this.send(reply, 200, answer, asked.nonce)
    } catch (error) {
      return this.refuse(reply, error, asked.nonce)
    }
  }

  private async answer(
    name: OperationName | null,
    request: FastifyRequest,
    asked: { nonce: string | null },
  ): Promise<unknown> {
    const { method, url } = request.raw as IncomingMessage & { method: string; url: string }
    const path = pathOf(url)
    mustBeVersion(path)
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { authorization } = request.headers
    const { partner, nonce } = this.options.seal.partnerOf({
      method,
      path: url,
      authorization,
      body,
    })
    asked.nonce = nonce
    if (name === null) throw unserved(method, path)
    const answer = await this.carriedOut(name, partner, { request, url, body })
    return schemas[operations[name].answer].parse(answer)
  }

  /** Throws ORDER-03 for a partner without the right, or for whom the lot has nothing of it. */
  private carriedOut(
    name: OperationName,
    partner: Partner,
    asked: { readonly request: FastifyRequest; readonly url: string; readonly body: Uint8Array },
  ): unknown {
    const { request, url, body } = asked
    const notGiven = (): LaneFault =>
      new LaneFault('ORDER-03', { field: 'path', value: pathOf(url) })
    if (name === 'events') {
      const feed = this.options.feedOf(partner)
      if (feed === null) throw notGiven()
      const query = queryOf(name, url) as EventsAsked
      return this.polls.answer(partner.id, feed, query, (gone) =>
        request.raw.socket.once('close', gone),
      )
    }
    const right = rightOf(name)
    const port =
      right !== null && partner.rights.includes(right) ? this.options.portsOf(partner)[right] : null
    if (port === null) throw notGiven()
    return done(name, port, { params: paramsOf(request), query: queryOf(name, url), body })
  }

  refuse(reply: FastifyReply, error: unknown, nonce: string | null): FastifyReply {
    if (error instanceof Refusal) return this.send(reply, error.status, bodyOf(error.fault), nonce)
    if (!(error instanceof LaneFault)) this.options.failed(error)
    const fault = error instanceof LaneFault ? error : new LaneFault('ORDER-12')
    return this.send(reply, statusOfCode[fault.code] ?? 503, bodyOf(fault), nonce)
  }

  /** An error without a status is none of the request: a bug that the framework caught. */
  refuseReading(reply: FastifyReply, error: unknown): FastifyReply {
    const isOfRequest = error instanceof Error && 'statusCode' in error
    const refusal = isOfRequest ? refusalOfReading(error, this.limits.bodyBytesMax) : error
    return this.refuse(reply, refusal, null)
  }

  private send(reply: FastifyReply, status: number, value: unknown, nonce: string | null) {
    const body = bytes(value)
    return reply.code(status).headers(this.headersOf(body, nonce)).send(body)
  }

  private headersOf(body: Uint8Array, nonce: string | null): Record<string, string> {
    return {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...this.options.seal.headersOf(body, nonce),
    }
  }

  /** Bytes that are no HTTP request, or the half of one. */
  refuseBytes(socket: Socket): void {
    if (!socket.writable) return
    const { fault } = refusalOfReading(null, 0)
    const body = bytes(bodyOf(fault))
    const headers = { ...this.headersOf(body, null), 'Content-Length': String(body.length) }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    const head = ['HTTP/1.1 400 Bad Request', ...lines, 'Connection: close']
    socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]))
  }
}

const paramsOf = ({ params }: FastifyRequest): Readonly<Record<string, string>> =>
  params as Record<string, string>

function appOf(
  { tls, web = null, ...own }: PartnerServerOptions,
  limits: PartnerLimits,
  serving: Serving,
): FastifyInstance {
  const options = {
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.requestTimeoutMs,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle' as const,
    clientErrorHandler: (_: Error, socket: Socket) => serving.refuseBytes(socket),
    frameworkErrors: (error: Error, _: FastifyRequest, reply: FastifyReply) => {
      serving.refuseReading(reply, error)
    },
  }
  const { requestTimeoutMs } = limits
  const http = {
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // A request over its time is found by the next check.
    connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
  }
  const app: FastifyInstance =
    tls === null
      ? fastify({ ...options, http })
      : (fastify({ ...options, https: { ...http, ...keysOf(tls) } }) as unknown as FastifyInstance)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, parsed) => parsed(null, body))
  app.setErrorHandler((error, _, reply) => serving.refuseReading(reply, error))
  app.setNotFoundHandler((request, reply) => serving.serve(null, request, reply))
  if (web !== null) serveFreeSpaces(app, web, own)
  for (const [name, { method, path }] of Object.entries(operations))
    app.route({
      method,
      url: path.replace(/\{(\w+)\}/, ':$1'),
      handler: (request, reply) => serving.serve(name as OperationName, request, reply),
    })
  return app
}

function keysOf({ keyFile, certFile }: { readonly keyFile: string; readonly certFile: string }) {
  const read = (file: string): Buffer => {
    try {
      return readFileSync(file)
    } catch (error) {
      throw new LaneFault('CERT-01', { file, note: error instanceof Error ? error.message : '' })
    }
  }
  return { key: read(keyFile), cert: read(certFile), minVersion: 'TLSv1.2' as const }
}

/** Throws LOT-02 for a card without TLS, CERT-01 for its files, LINK-01 for an address that is not free. */
export async function openPartnerServer(options: PartnerServerOptions): Promise<PartnerServer> {
  const limits = { ...partnerLimits, ...options.limits }
  const { host, port, tls } = options
  if (tls === null && !isLoopback(host)) {
    const note = t('对本机之外要有 HTTPS', 'HTTPS is needed beyond loopback')
    throw new LaneFault('LOT-02', { field: '/published/keyFile', value: host, note })
  }
  const serving = new Serving(options, limits)
  let app: FastifyInstance
  try {
    app = appOf(options, limits, serving)
  } catch (error) {
    if (error instanceof LaneFault || tls === null) throw error
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('CERT-01', { file: tls.certFile, note })
  }
  app.server.maxConnections = limits.connectionsMax
  try {
    await app.listen({ host, port })
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error)
    throw new LaneFault('LINK-01', { field: '/published', value: `${host}:${port}`, note })
  }
  const bound = app.server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has a port')
  return {
    url: `${tls === null ? 'http' : 'https'}://${host}:${bound.port}`,
    async close() {
      serving.polls.close()
      const stop = options.mono.after(limits.closeMs, () => app.server.closeAllConnections())
      await app.close()
      stop()
    },
  }
}
