// The control API over HTTP on loopback: a token for every request, no foreign origins, hard limits.
// Rows H01 to H10 of reliability-security.md section 7; this file's test has each of them.
import { t, whyIn, type Why } from '../pure/words/fault-text.ts'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { LaneFault } from '../pure/faults/faults.ts'
import { must } from '../pure/values/must.ts'
import type { ApiSession } from '../ports/api-host.ts'
import { isToken } from './token.ts'

interface ApiServerOptions {
  readonly token: string
  /** The session behind the token; called for every request, because a reopened lot has a new one. */
  session(): ApiSession
  /** Reports an unexpected error, a bug of this program; the owner ends the server. */
  failed(error: unknown): void
  /** Origins of windows that may call; none by default. */
  readonly origins?: readonly string[]
  readonly limits?: Partial<ApiLimits>
}

interface ApiLimits {
  readonly bodyBytesMax: number
  readonly connectionsMax: number
  readonly streamsMax: number
  readonly callsPerSec: number
  readonly callsBurst: number
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
}

export const apiLimits: ApiLimits = {
  bodyBytesMax: 512 * 1024,
  connectionsMax: 64,
  streamsMax: 16,
  callsPerSec: 100,
  callsBurst: 200,
  headersTimeoutMs: 5000,
  requestTimeoutMs: 10_000,
}

export interface ApiServer {
  readonly url: string
  close(): Promise<void>
}

type Refusal = readonly [status: number, code: string, why: Why]

class Refused extends Error {
  readonly refusal: Refusal
  constructor(...refusal: Refusal) {
    super(whyIn(refusal[2]))
    this.refusal = refusal
  }
}

/** The bearer token of a request; '' for another authorisation. Tokens are compared in constant time. */
const bearerOf = (request: IncomingMessage): string =>
  /^Bearer ([0-9a-f]{1,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''

/** Seat id of a window; null for a script that has only the machine's token. */
function seatOf({ headers }: IncomingMessage): string | null {
  const seat = headers['x-etc-lane-seat']
  if (seat === undefined) return null
  if (typeof seat === 'string' && /^[0-9a-f]{0,64}$/.test(seat)) return seat
  throw new Refused(400, 'API-01', t('席位号是 64 位十六进制', 'the seat is 64 hex digits'))
}

function send(response: ServerResponse, status: number, value: unknown, close = false): void {
  if (response.headersSent || response.destroyed) return
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(close ? { connection: 'close' } : {}),
  })
  response.end(body)
}

/** A refusal in the shape of a refused call, without texts: window and command line have them by code. */
const refusalBody = ([, code, why]: Refusal): unknown => {
  const said = typeof why === 'string' ? {} : { why }
  const error = { code, message: whyIn(why), means: '', todo: '', field: '', value: '', ...said }
  return { ok: false, error }
}

class TokenBucket {
  private left: number
  private atMs = performance.now()
  private readonly perSec: number
  private readonly burst: number

  constructor(perSec: number, burst: number) {
    this.perSec = perSec
    this.burst = burst
    this.left = burst
  }

  take(): boolean {
    const nowMs = performance.now()
    this.left = Math.min(this.burst, this.left + ((nowMs - this.atMs) * this.perSec) / 1000)
    this.atMs = nowMs
    if (this.left < 1) return false
    this.left--
    return true
  }
}

/** Uses event listeners: leaving an async iteration would end the request before its refusal is sent. */
function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  const tooLarge = new Refused(
    413,
    'API-01',
    t(`内容超过 ${bytesMax} 字节`, `the body is larger than ${bytesMax} bytes`),
  )
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const parts: Uint8Array[] = []
  let bytes = Number(request.headers['content-length'] ?? '0') > bytesMax ? Infinity : 0
  if (bytes > bytesMax) reject(tooLarge)
  request.on('data', (part: Uint8Array) => {
    bytes += part.length
    if (bytes > bytesMax) reject(tooLarge)
    else parts.push(part)
  })
  request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
  request.on('error', reject)
  request.on('close', () => reject(new Error('the asker went away')))
  return promise
}

function callOf(text: string): { name: string; args: unknown } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Refused(400, 'API-01', error instanceof Error ? error.message : String(error))
  }
  const named = typeof value === 'object' && value !== null && 'name' in value ? value : null
  if (typeof named?.name !== 'string')
    throw new Refused(400, 'API-01', t('没有写调用的名字', 'no name of a call'))
  return { name: named.name, args: 'args' in named ? named.args : {} }
}

class ApiHandler {
  private readonly options: ApiServerOptions
  private readonly limits: ApiLimits
  private readonly bucket: TokenBucket
  private readonly hosts = new Set<string>()
  private streams = 0

  constructor(options: ApiServerOptions, limits: ApiLimits) {
    this.options = options
    this.limits = limits
    this.bucket = new TokenBucket(limits.callsPerSec, limits.callsBurst)
  }

  listensAt(port: number): void {
    this.hosts.add(`127.0.0.1:${port}`)
    this.hosts.add(`localhost:${port}`)
  }

  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.mustBeAllowed(request)
      const [path = '', query = ''] = (request.url ?? '').split('?', 2)
      if (path === '/v1/call') await this.call(request, response)
      else if (path === '/v1/stream') this.stream(request, response, new URLSearchParams(query))
      else throw new Refused(404, 'API-01', t('没有这个路径', 'no such path'))
    } catch (error) {
      // A client that disconnects during its request is not a fault.
      if (request.destroyed && !request.complete) return
      if (!(error instanceof Refused)) throw error
      request.resume()
      send(response, error.refusal[0], refusalBody(error.refusal), true)
    }
  }

  private mustBeAllowed({ headers }: IncomingMessage): void {
    // DNS rebinding: a foreign name that resolves to this machine is refused, too.
    if (!this.hosts.has(headers.host ?? ''))
      throw new Refused(403, 'API-03', t('主机名不是本机的', 'foreign host name'))
    const { origin } = headers
    if (origin !== undefined && this.options.origins?.includes(origin) !== true)
      throw new Refused(403, 'API-03', t('来源不是本机的', 'foreign origin'))
  }

  private mustKnow(request: IncomingMessage): void {
    if (!isToken(bearerOf(request), this.options.token))
      throw new Refused(
        401,
        'API-03',
        t('没有令牌,或不是这次启动的', 'the token is missing or not of this start'),
      )
  }

  private async call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mustKnow(request)
    if (request.method !== 'POST')
      throw new Refused(405, 'API-01', t('要用 POST', 'POST is wanted'))
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
    if (type !== 'application/json')
      throw new Refused(415, 'API-01', t('要用 application/json', 'application/json is wanted'))
    if (!this.bucket.take()) throw new Refused(429, 'API-01', t('调用太多', 'too many calls'))
    const seat = seatOf(request)
    const { name, args } = callOf(await readBody(request, this.limits.bodyBytesMax))
    send(response, 200, await this.options.session().call(name, args, seat))
  }

  private stream(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    this.mustKnow(request)
    if (request.method !== 'GET') throw new Refused(405, 'API-01', t('要用 GET', 'GET is wanted'))
    const since = query.get('since') ?? '0'
    if (!/^\d{1,15}$/.test(since))
      throw new Refused(400, 'API-01', t('since 是数字', 'since is a number'))
    if (this.streams >= this.limits.streamsMax)
      throw new Refused(429, 'API-01', t('事件流太多', 'too many streams'))
    const name = query.get('name') ?? ''
    const write = (item: unknown): boolean => response.write(`${JSON.stringify(item)}\n`)
    const end = (): void => {
      response.end()
    }
    const handle = this.options
      .session()
      .subscribe(name, Number(since), write, end, seatOf(request))
    if (handle === 'nobody')
      throw new Refused(
        403,
        'PEOPLE-03',
        t('这个窗口还没有登录', 'no person is signed in at this window'),
      )
    if (handle === 'noStream')
      throw new Refused(404, 'API-01', t('没有这个事件流', 'no such stream'))
    this.streams++
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.flushHeaders()
    response.on('drain', () => handle.resume())
    response.on('close', () => {
      this.streams--
      handle.end()
    })
  }
}

async function listen(server: Server): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error) =>
    reject(new LaneFault('LINK-01', { field: '/api', value: '127.0.0.1', note: error.message })),
  )
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const bound = server.address()
  must(typeof bound === 'object' && bound !== null, 'a listening server has a port')
  return bound.port
}

export async function openApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const limits: ApiLimits = { ...apiLimits, ...options.limits }
  const handler = new ApiHandler(options, limits)
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
      noDelay: true,
    },
    (request, response) => {
      handler.take(request, response).catch((error: unknown) => {
        send(
          response,
          500,
          refusalBody([500, 'API-01', t('程序出错', 'a bug of the runtime')]),
          true,
        )
        options.failed(error)
      })
    },
  )
  // A connection that the system could not accept (no memory for it) is ignored.
  server.on('error', () => undefined)
  server.maxConnections = limits.connectionsMax
  const port = await listen(server)
  handler.listensAt(port)
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    },
  }
}
