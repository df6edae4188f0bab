// Requests of cameras that push, apart from the sockets: one path per lane, and that of a payment gateway. Each request
// that brings nothing usable is counted and reported with the head that came.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { isToken } from '#base/api/token.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import { note, type NoteText } from '#base/pure/words/notes.ts'
import type { NamedPicture } from '../pure/camera/pictures.ts'
import type { WallClock } from '#base/ports/clocks.ts'
import { addressOf, allowListOf, isAllowed, isForeign } from './intake-sources.ts'
import { noticePath, takeNotice, type NoticeTaker } from './pay-notice.ts'
import { intakeLimits, PictureRoom, readPushBody } from './push-body.ts'
import type { IntakeLimits, PushBody } from './push-body.ts'
import { rawHead, shownHead } from './push-head.ts'
import { PushTurns } from './push-turns.ts'

export interface CameraPush {
  readonly laneId: string
  readonly xml: string
  /** Complete JPEGs only. */
  readonly pictures: readonly NamedPicture[]
}

/** A request that brought nothing usable. */
export interface PushRefusal {
  readonly atMs: InstantMs
  readonly what: string
  /** Request line and headers, without secrets and plates; empty: none came. */
  readonly head: string
  /** Address of the sender. */
  readonly from: string
}

export interface LaneIntakeStats {
  readonly pushes: number
  /** Requests without usable content. */
  readonly badRequests: number
  readonly picturesDropped: number
  /** Pushes that were cut off or went over the limit after the text. */
  readonly cutShort: number
  /** Transport time of the last usable request. */
  readonly lastPushAtMs: InstantMs | null
  readonly lastRefused: PushRefusal | null
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

export interface CameraPushServerOptions {
  readonly lanes: readonly string[]
  /** Lanes whose cameras push JSON; the others push XML and pictures. */
  readonly jsonLanes?: readonly string[]
  /** Answers a JSON push; must return quickly, because the camera waits. */
  readonly onJson?: (push: JsonPush, head: string) => JsonAnswer
  /** Answers a form of a JSON camera (heartbeat or registration). The form holds a password and is not read. */
  readonly onForm?: (laneId: string) => string
  /** Takes a push; must return quickly, because the camera waits. Returns why it was not usable, or null. */
  readonly onPush: (push: CameraPush, head: string) => string | null
  /** Called for a request that no taker saw; null: it named no lane. */
  readonly onRefused?: (laneId: string | null, refusal: PushRefusal) => void
  /** Called for this lane's path with a missing or wrong secret: an old or mistyped address. */
  readonly onWrongPath?: (laneId: string, refusal: PushRefusal) => void
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

export interface UnnamedRefusals {
  readonly count: number
  readonly last: PushRefusal | null
}

const noStats: LaneIntakeStats = {
  pushes: 0,
  badRequests: 0,
  picturesDropped: 0,
  cutShort: 0,
  lastPushAtMs: null,
  lastRefused: null,
}

export function answer(response: ServerResponse, status: number, close = false): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-length': 0, ...(close ? { connection: 'close' } : {}) })
  response.end()
}

/** A refusal closes the connection: the rest of the request is not read. */
function answerJson(
  response: ServerResponse,
  status: number,
  body: string,
  close = status !== 200,
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    ...(close ? { connection: 'close' } : {}),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

const pathPrefix = '/camera/'
export const intakePath = (laneId: string, secret: string | undefined): string =>
  [`${pathPrefix}${encodeURIComponent(laneId)}`, secret]
    .filter((part) => part !== undefined)
    .map((part, i) => (i === 0 ? part : encodeURIComponent(part)))
    .join('/')

/** Handling of requests, apart from the sockets. */
export interface CameraIntake {
  stats(laneId: string): LaneIntakeStats
  readonly refused: { readonly sources: number; readonly paths: number }
  readonly unnamed: UnnamedRefusals
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Closes a connection from an address that is not on the allow-list before a byte is read. */
  admit(socket: Socket): void
  /** Bytes that are no request, or a request that broke; returns the status to answer, null: an answer is under way. */
  broken(error: ParserError, socket: Duplex): number | null
  /** Refuses a request that Node does not hand over. */
  refuse(request: IncomingMessage, what: NoteText): void
}

export interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Uint8Array
}

/** Status and note of what Node's parser refused. */
function brokenAs({ code = '', message }: ParserError): readonly [number, NoteText] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'pushHeadTooLong']
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return [413, 'pushTooLarge']
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'pushTimedOut']
  return [400, note('pushNoHttp', (code === '' ? message : code).slice(0, 60))]
}

/** Why a body brought nothing; null: it has a content. */
function unusableOf({ texts, isForm, is, end }: PushBody): NoteText | null {
  if (texts.length > 0 || isForm) return null
  if (end === 'large') return 'pushTooLarge'
  if (end === 'cut') return 'pushCut'
  return is === 'packed' ? 'pushPacked' : 'pushNoText'
}

/** A request whose body is being read, and what the parser said meanwhile. */
interface Reading {
  readonly request: IncomingMessage
  why: NoteText | null
}

class Intake implements CameraIntake {
  readonly refused = { sources: 0, paths: 0 }
  unnamed: UnnamedRefusals = { count: 0, last: null }
  private readonly options: CameraPushServerOptions
  private readonly limits: IntakeLimits
  private readonly shared
  private readonly allowed
  private readonly byLane: Map<string, LaneIntakeStats>
  private readonly paths: readonly (readonly [string, string])[]
  private readonly jsonLanes: ReadonlySet<string>
  /** What the parser said of the request that is being read on a connection. */
  private readonly reading = new WeakMap<Duplex, Reading>()
  /** Lane of the last request that was taken on a connection. */
  private readonly taken = new WeakMap<Duplex, string>()

  constructor(options: CameraPushServerOptions) {
    const { host = '127.0.0.1', allow = [], lanes } = options
    this.options = options
    this.limits = { ...intakeLimits, ...options.limits }
    this.shared = { room: new PictureRoom(this.limits.heldBytesMax), turns: new PushTurns() }
    this.allowed = allowListOf(host, allow)
    this.byLane = new Map(lanes.map((laneId) => [laneId, noStats]))
    this.paths = lanes.map((id) => [intakePath(id, options.secretOf?.(id)), id])
    this.jsonLanes = new Set(options.jsonLanes ?? [])
  }

  stats(laneId: string): LaneIntakeStats {
    return this.byLane.get(laneId) ?? noStats
  }

  private count(laneId: string, next: (was: LaneIntakeStats) => Partial<LaneIntakeStats>): void {
    const was = this.stats(laneId)
    this.byLane.set(laneId, { ...was, ...next(was) })
  }

  private refusal(what: string, head: string, socket: Duplex): PushRefusal {
    const remote = 'remoteAddress' in socket ? socket.remoteAddress : undefined
    const from = typeof remote === 'string' ? addressOf(remote) : ''
    return { atMs: this.options.clock.nowMs(), what, head, from }
  }

  private countRefused(laneId: string | null, last: PushRefusal): void {
    if (laneId === null) this.unnamed = { count: this.unnamed.count + 1, last }
    else this.count(laneId, (was) => ({ badRequests: was.badRequests + 1, lastRefused: last }))
  }

  /** Refuses what no taker saw. */
  private turnAway(laneId: string | null, refusal: PushRefusal): void {
    this.countRefused(laneId, refusal)
    this.options.onRefused?.(laneId, refusal)
  }

  refuse(request: IncomingMessage, what: NoteText): void {
    const path = request.url?.split('?', 1)[0] ?? ''
    const laneId = this.paths.find(([own]) => isToken(path, own))?.[1] ?? null
    this.turnAway(laneId, this.refusal(what, headOf(request), request.socket))
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    const { options } = this
    const turnedAway = (status: number, what: NoteText): void => {
      this.refuse(request, what)
      request.resume()
      answer(response, status, true)
    }
    const isListed = isAllowed(this.allowed, request.socket.remoteAddress)
    if (!isListed || isForeign(request)) {
      this.refused.sources += 1
      turnedAway(403, isListed ? 'pushOfBrowser' : 'pushSource')
      return
    }
    const path = request.url?.split('?', 1)[0] ?? ''
    if (options.onNotice !== undefined && path === noticePath) {
      takeNotice(request, response, options.onNotice)
      return
    }
    const laneId = this.paths.find(([own]) => isToken(path, own))?.[1]
    if (laneId === undefined) {
      this.refused.paths += 1
      const meant = this.meant(path)
      if (meant === undefined) turnedAway(404, 'pushPath')
      else {
        const refusal = this.refusal('pushPath', headOf(request), request.socket)
        this.countRefused(null, refusal)
        options.onWrongPath?.(meant, refusal)
        request.resume()
        answer(response, 404, true)
      }
      return
    }
    if (request.method !== 'POST' && request.method !== 'PUT') {
      turnedAway(405, note('pushMethod', (request.method ?? '').slice(0, 20)))
      return
    }
    this.read(laneId, request, response)
  }

  /** The lane whose path it is but for the secret. */
  private meant(path: string): string | undefined {
    return this.options.lanes.find((id) => `${path}/`.startsWith(`${intakePath(id, undefined)}/`))
  }

  private read(laneId: string, request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const takesJson = this.jsonLanes.has(laneId)
    const mark: Reading = { request, why: null }
    this.reading.set(socket, mark)
    readPushBody(request, takesJson, this.limits, this.shared, (body) => {
      this.reading.delete(socket)
      const why = body.end === 'cut' ? mark.why : null
      const { status, reply } = this.settle(laneId, request, body, why)
      const isFollowed = mark.why !== null && why === null
      if (isFollowed) this.countRefused(laneId, this.refusal(mark.why ?? '', '', socket))
      if (takesJson) answerJson(response, status, reply, isFollowed || status !== 200)
      else answer(response, status, isFollowed || body.end !== 'whole')
    })
  }

  /** Counts and hands over the content of a body. */
  private settle(
    laneId: string,
    request: IncomingMessage,
    body: PushBody,
    why: NoteText | null,
  ): { readonly status: number; readonly reply: string } {
    const { options } = this
    const head = headOf(request)
    const { socket } = request
    const takesJson = this.jsonLanes.has(laneId)
    this.count(laneId, (was) => ({ picturesDropped: was.picturesDropped + body.picturesDropped }))
    const unusable = unusableOf(body)
    if (unusable !== null) {
      this.turnAway(laneId, this.refusal(why ?? unusable, head, socket))
      const status = body.end === 'large' ? 413 : body.is === 'packed' ? 415 : 400
      return { status, reply: '{}' }
    }
    if (body.end !== 'whole') this.count(laneId, (was) => ({ cutShort: was.cutShort + 1 }))
    const answers = body.isForm
      ? [{ refused: null, reply: options.onForm?.(laneId) ?? '{}' }]
      : body.texts.map(({ text, parts, within }) =>
          takesJson
            ? (options.onJson?.({ laneId, text, pictures: within }, head) ?? noTaker)
            : { refused: options.onPush({ laneId, xml: text, pictures: parts }, head), reply: '' },
        )
    const used = answers.find(({ refused }) => refused === null)
    const { refused, reply } = used ?? answers[0] ?? noTaker
    if (refused !== null) {
      this.countRefused(laneId, this.refusal(refused, head, socket))
      // 200 also for refused content: a camera that gets an error would send it again and again.
      return { status: takesJson ? 400 : 200, reply }
    }
    this.taken.set(socket, laneId)
    this.count(laneId, (was) => ({ pushes: was.pushes + 1, lastPushAtMs: options.clock.nowMs() }))
    return { status: 200, reply }
  }

  broken(error: ParserError, socket: Duplex): number | null {
    const [status, what] = brokenAs(error)
    const reading = this.reading.get(socket)
    if (reading !== undefined) {
      reading.why = what
      // Bytes behind a whole body: the push itself is answered.
      return reading.request.complete ? null : status
    }
    const bytes = error.rawPacket ?? new Uint8Array(0)
    // A sender that goes away between two requests sent nothing.
    if (error.code === 'ECONNRESET' || (bytes.length === 0 && status !== 408)) return status
    const { path, shown } = rawHead(bytes)
    const refusal = this.refusal(what, shown, socket)
    const behind = this.taken.get(socket)
    if (behind !== undefined && path === '') {
      // Bytes behind a push that was taken: counted, and nothing is missing.
      this.countRefused(behind, refusal)
      return status
    }
    this.turnAway(this.paths.find(([own]) => isToken(path, own))?.[1] ?? null, refusal)
    return status
  }

  admit(socket: Socket): void {
    if (isAllowed(this.allowed, socket.remoteAddress)) return
    this.refused.sources += 1
    this.turnAway(null, this.refusal('pushSource', '', socket))
    socket.destroy()
  }
}

const headOf = ({ method = '', url = '', rawHeaders }: IncomingMessage): string =>
  shownHead(method, url, rawHeaders)

const noTaker: JsonAnswer = { refused: 'pushNoText', reply: '{}' }

export const cameraIntake = (options: CameraPushServerOptions): CameraIntake => new Intake(options)
