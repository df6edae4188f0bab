// The HTTP server that plate cameras push to, one path per lane, and that a payment gateway notifies.
// Listens on loopback unless an interface and an allow-list are given (design.md section 2).
import { t } from '../../core/values/fault-text.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, BlockList, isIP, type Socket } from 'node:net'
import { isToken } from '../api/token.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { InstantMs } from '../../core/values/instant.ts'
import { must } from '../../core/values/must.ts'
import type { NamedPicture } from '../../devices/camera/pictures.ts'
import type { WallClock } from '../../ports/clocks.ts'
import { noticePath, takeNotice, type NoticeTaker } from './pay-notice.ts'
import { PushTurns } from './push-turns.ts'
import {
  bodyKindOf,
  intakeLimits,
  PictureRoom,
  readPushBody,
  readTextBody,
} from './multipart-body.ts'
import type { IntakeLimits, PushBody, Shared } from './multipart-body.ts'

export interface CameraPush {
  readonly laneId: string
  readonly xml: string
  /** Complete JPEGs only. */
  readonly pictures: readonly NamedPicture[]
}

interface LaneIntakeStats {
  readonly pushes: number
  /** Requests without usable content. */
  readonly badRequests: number
  readonly picturesDropped: number
  /** Pushes that were cut off or went over the limit after the text. */
  readonly cutShort: number
  /** Transport time of the last usable request. */
  readonly lastPushAtMs: InstantMs | null
  /** The last complete request without usable content for this lane. */
  readonly lastRefused: { readonly atMs: InstantMs; readonly what: string } | null
}

/** A push in JSON, from a camera that reads the answer. */
export interface JsonPush {
  readonly laneId: string
  readonly text: string
  /** Decoded pictures, by the name that replaces each in `text`. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

export interface JsonAnswer {
  /** Why the content was not usable; null when it was taken. */
  readonly refused: string | null
  readonly reply: string
}

interface CameraPushServerOptions {
  readonly lanes: readonly string[]
  /** Lanes whose cameras push JSON; the others push XML and pictures. */
  readonly jsonLanes?: readonly string[]
  /** Watchers of spaces, which push JSON with pictures or alone. */
  readonly textLanes?: readonly string[]
  /** Answers a JSON push; must return quickly, because the camera waits. */
  readonly onJson?: (push: JsonPush) => JsonAnswer
  /** Answers a form of a JSON camera (heartbeat or registration). The form holds a password and is not read. */
  readonly onForm?: (laneId: string) => string
  /** Takes a push; must return quickly, because the camera waits. Returns why it was not usable, or null. */
  readonly onPush: (push: CameraPush) => string | null
  /** Called for this lane's path with a missing or wrong secret: an old or mistyped address. */
  readonly onWrongPath?: (laneId: string) => void
  /** Takes notifications of a payment gateway; absent without a gateway, and their path is then unknown (404). */
  readonly onNotice?: NoticeTaker
  readonly clock: WallClock
  readonly host?: string
  /** 0: a free port. */
  readonly port?: number
  /** Addresses or `address/prefix` of cameras; required beyond loopback. */
  readonly allow?: readonly string[]
  readonly limits?: Partial<IntakeLimits>
  /** The last part of a lane's path, known to its camera only; absent: the path ends at the lane. */
  readonly secretOf?: (laneId: string) => string
}

export interface CameraPushServer {
  readonly port: number
  url(laneId: string): string
  /** Address for a gateway's notifications; null when none are taken. */
  readonly noticeUrl: string | null
  stats(laneId: string): LaneIntakeStats
  /** Counts of refused requests: foreign sources (address, browser page, host name), and unknown paths. */
  readonly refused: { readonly sources: number; readonly paths: number }
  close(): Promise<void>
}

const noStats: LaneIntakeStats = {
  pushes: 0,
  badRequests: 0,
  picturesDropped: 0,
  cutShort: 0,
  lastPushAtMs: null,
  lastRefused: null,
}

const isLoopback = (host: string): boolean => /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)

function allowListOf(host: string, allow: readonly string[]): BlockList {
  if (allow.length === 0 && !isLoopback(host)) {
    const note = t(
      '对本机之外监听须写明相机的地址',
      'a listener beyond loopback needs the addresses of its cameras',
    )
    throw new LaneFault('LOT-02', { field: '/intake/allow', value: host, note })
  }
  const list = new BlockList()
  const entries = allow.length > 0 ? allow : ['127.0.0.0/8', '::1']
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const version = isIP(address)
    const bits = prefix === undefined ? (version === 6 ? 128 : 32) : Number(prefix)
    const bitsOk = /^\d{1,3}$/.test(prefix ?? '0') && bits <= (version === 6 ? 128 : 32)
    if (version === 0 || !bitsOk) {
      const note = t('应为地址或“地址/位数”', 'expected an address or address/prefix')
      throw new LaneFault('LOT-02', { field: '/intake/allow', value: entry, note })
    }
    list.addSubnet(address, bits, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

function isAllowed(list: BlockList, remote: string | undefined): boolean {
  if (remote === undefined) return false
  // A listener on :: sees IPv4 cameras under this prefix.
  const address = remote.startsWith('::ffff:') ? remote.slice(7) : remote
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function answer(response: ServerResponse, status: number, close = false): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-length': 0, ...(close ? { connection: 'close' } : {}) })
  response.end()
}

/** A refusal closes the connection: the rest of the request is not read. */
function answerJson(response: ServerResponse, status: number, body: string): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    ...(status === 200 ? {} : { connection: 'close' }),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

const isForm = (type: string): boolean =>
  /^\s*(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)

const badRequest = (was: LaneIntakeStats, what: string | null, atMs: InstantMs) => ({
  badRequests: was.badRequests + 1,
  lastRefused: what === null ? was.lastRefused : { atMs, what },
})

const isJson = (type: string): boolean =>
  /^\s*(?:application|text)\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)

/**
 * True for a request from a browser page (Origin or Sec-Fetch-Site) and for a foreign host name (DNS rebinding). A
 * camera sends neither: it uses the address that was entered in it.
 */
function isForeign({ headers, socket }: IncomingMessage): boolean {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return true
  if (headers.host === undefined) return false
  const at = socket.localAddress?.replace(/^::ffff:/, '') ?? ''
  const named = headers.host.replace(/:\d{1,5}$/, '').replace(/^\[|\]$/g, '')
  return named !== at && !(named === 'localhost' && isLoopback(at))
}

/** Reads a form without keeping it; `done` is called with whether it ended within its limit. */
function readForm(
  request: IncomingMessage,
  bytesMax: number,
  done: (whole: boolean) => void,
): void {
  let size = 0
  request.on('data', (chunk: Buffer) => {
    const was = size
    size += chunk.length
    if (was <= bytesMax && size > bytesMax) done(false)
  })
  request.on('end', () => {
    if (size <= bytesMax) done(true)
  })
}

/** Handles a request of a camera that pushes JSON. */
function takeJson(
  laneId: string,
  request: IncomingMessage,
  response: ServerResponse,
  parts: {
    readonly stats: Map<string, LaneIntakeStats>
    readonly options: CameraPushServerOptions
    readonly limits: IntakeLimits
    readonly shared: Shared
  },
): void {
  const { stats, options, limits, shared } = parts
  const count = (next: (was: LaneIntakeStats) => Partial<LaneIntakeStats>): void => {
    const was = stats.get(laneId) ?? noStats
    stats.set(laneId, { ...was, ...next(was) })
  }
  const countReceived = (was: LaneIntakeStats): Partial<LaneIntakeStats> => ({
    pushes: was.pushes + 1,
    lastPushAtMs: options.clock.nowMs(),
  })
  if (isForm(request.headers['content-type'] ?? '')) {
    readForm(request, limits.formBytesMax, (whole) => {
      count(whole ? countReceived : (was) => badRequest(was, null, options.clock.nowMs()))
      answerJson(response, whole ? 200 : 413, whole ? (options.onForm?.(laneId) ?? '{}') : '{}')
    })
    return
  }
  if (!isJson(request.headers['content-type'] ?? '')) {
    request.resume()
    count((was) => badRequest(was, null, options.clock.nowMs()))
    answerJson(response, 415, '{}')
    return
  }
  readTextBody(request, limits, shared, ({ text, end, picturesDropped: dropped, pictures }) => {
    const answer = text === null ? null : (options.onJson?.({ laneId, text, pictures }) ?? null)
    if (dropped > 0) count((was) => ({ picturesDropped: was.picturesDropped + dropped }))
    const refused = answer?.refused ?? null
    const taken = answer !== null && refused === null
    if (taken) count(countReceived)
    else count((was) => badRequest(was, refused, options.clock.nowMs()))
    if (end === 'large') request.resume()
    answerJson(response, taken ? 200 : end === 'large' ? 413 : 400, answer?.reply ?? '{}')
  })
}

const pathPrefix = '/camera/'
export const intakePath = (laneId: string, secret: string | undefined): string =>
  [`${pathPrefix}${encodeURIComponent(laneId)}`, secret]
    .filter((part) => part !== undefined)
    .map((part, i) => (i === 0 ? part : encodeURIComponent(part)))
    .join('/')

/** Counts and hands over the content of a finished body; returns the HTTP status for the answer. */
function settleBody(
  laneId: string,
  body: PushBody,
  stats: Map<string, LaneIntakeStats>,
  options: CameraPushServerOptions,
): number {
  const was = stats.get(laneId) ?? noStats
  const picturesDropped = was.picturesDropped + body.picturesDropped
  if (body.xml === null) {
    stats.set(laneId, { ...was, picturesDropped, badRequests: was.badRequests + 1 })
    return body.end === 'large' ? 413 : 400
  }
  const refused = options.onPush({ laneId, xml: body.xml, pictures: body.pictures })
  const atMs = options.clock.nowMs()
  const cutShort = was.cutShort + (body.end === 'whole' ? 0 : 1)
  const more =
    refused === null
      ? { pushes: was.pushes + 1, lastPushAtMs: atMs }
      : badRequest(was, refused, atMs)
  stats.set(laneId, { ...was, picturesDropped, cutShort, ...more })
  // 200 also for refused content: a camera that gets an error would send it again and again.
  return 200
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string) {
  return new Promise<number>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new LaneFault('LINK-01', {
          field: '/intake',
          value: `${host}:${port}`,
          note: error.message,
        }),
      ),
    )
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address()
      must(typeof address === 'object' && address !== null, 'a TCP server has a port')
      resolve(address.port)
    })
  })
}

/** Handling of requests, apart from the sockets. */
interface CameraIntake {
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Closes a connection from an address that is not on the allow-list before a byte is read. */
  admit(socket: Socket): void
  stats(laneId: string): LaneIntakeStats
  readonly refused: { readonly sources: number; readonly paths: number }
}

export function cameraIntake(options: CameraPushServerOptions): CameraIntake {
  const { host = '127.0.0.1', allow = [] } = options
  const limits: IntakeLimits = { ...intakeLimits, ...options.limits }
  const shared = { room: new PictureRoom(limits.heldBytesMax), turns: new PushTurns() }
  const allowed = allowListOf(host, allow)
  const stats = new Map(options.lanes.map((laneId) => [laneId, noStats]))
  const paths = options.lanes.map(
    (laneId) => [intakePath(laneId, options.secretOf?.(laneId)), laneId] as const,
  )
  const jsonLanes = new Set(options.jsonLanes ?? [])
  const textLanes = new Set(options.textLanes ?? [])
  const refused = { sources: 0, paths: 0 }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const refuse = (status: number): void => {
      request.resume()
      answer(response, status, true)
    }
    if (!isAllowed(allowed, request.socket.remoteAddress) || isForeign(request)) {
      refused.sources += 1
      refuse(403)
      return
    }
    const requestPath = request.url?.split('?', 1)[0] ?? ''
    if (options.onNotice !== undefined && requestPath === noticePath) {
      takeNotice(request, response, options.onNotice)
      return
    }
    const laneId = paths.find(([path]) => isToken(requestPath, path))?.[1]
    if (laneId === undefined) {
      refused.paths += 1
      const meant = options.lanes.find((id) =>
        `${requestPath}/`.startsWith(`${intakePath(id, undefined)}/`),
      )
      if (meant !== undefined) options.onWrongPath?.(meant)
      refuse(404)
      return
    }
    if (jsonLanes.has(laneId) && request.method === 'POST') {
      takeJson(laneId, request, response, { stats, options, limits, shared })
      return
    }
    const kind = bodyKindOf(request.headers['content-type'] ?? '', textLanes.has(laneId))
    if ((request.method !== 'POST' && request.method !== 'PUT') || kind === 'unsupported') {
      const was = stats.get(laneId) ?? noStats
      stats.set(laneId, { ...was, badRequests: was.badRequests + 1 })
      refuse(kind === 'unsupported' && request.method === 'POST' ? 415 : 405)
      return
    }
    readPushBody(request, kind, limits, shared, (body) => {
      const status = settleBody(laneId, body, stats, options)
      answer(response, status, body.end !== 'whole')
    })
  }
  const admit = (socket: Socket): void => {
    if (isAllowed(allowed, socket.remoteAddress)) return
    refused.sources += 1
    socket.destroy()
  }
  return { handle, admit, refused, stats: (laneId) => stats.get(laneId) ?? noStats }
}

export async function openCameraPushServer(
  options: CameraPushServerOptions,
): Promise<CameraPushServer> {
  const { host = '127.0.0.1', lanes } = options
  const { requestTimeoutMs, connectionsMax, lookMs } = { ...intakeLimits, ...options.limits }
  const { handle, admit, refused, stats } = cameraIntake(options)
  const server = createServer(
    { requestTimeout: requestTimeoutMs, connectionsCheckingInterval: lookMs },
    handle,
  )
  // A connection that the system could not accept (no memory for it) is ignored.
  server.on('error', () => undefined)
  server.on('connection', admit)
  server.maxConnections = connectionsMax
  const port = await listen(server, options.port ?? 0, host)
  const base = `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  return {
    port,
    noticeUrl: options.onNotice === undefined ? null : `${base}${noticePath}`,
    refused,
    url(laneId) {
      must(lanes.includes(laneId), `there is no lane ${laneId}`)
      return `${base}${intakePath(laneId, options.secretOf?.(laneId))}`
    },
    stats,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
