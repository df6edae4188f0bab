// HTTPS to one platform over undici: keep-alive, own root certificate, a total deadline, a bounded answer.
// It never retries, follows no redirect, and reports whether a byte may have been sent (M6, R11 to R14).
import { t } from '#base/pure/words/fault-text.ts'
import { certificateText } from '#base/crypto/pem.ts'
import { connect } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { Dispatcher } from 'undici'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Cancel, MonoClock } from '#base/ports/clocks.ts'
import type { PeerCertificate } from '#base/pure/data/peer-certificate.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '#base/ports/http-client.ts'
import { LatePool } from '#base/process/late-pool.ts'
import { peerCertificateOf } from './peer-certificate.ts'
import { note } from '#base/pure/words/notes.ts'

/** Longest answer that is read (R11): real ones are below 10 KiB. */
export const answerBytesMax = 1_048_576
/** A slower connect is given up, while nothing has been sent. */
const connectTimeoutMs = 3_000
const headerBytesMax = 16_384

interface PlatformClientOptions {
  /** `https://host[:port]`, no path. */
  readonly baseUrl: string
  /** PEM of the server's root certificate; null: the system's roots. */
  readonly caFile: string | null
  readonly mono: MonoClock
  /** Parallel requests on the link; further ones wait within their own deadlines. */
  readonly connections?: number
  /** Longest answer that is read. */
  readonly bytesMax?: number
  /** Of a server with its own rules: in place of the root certificate. */
  readonly tls?: Pick<
    ConnectionOptions,
    'key' | 'cert' | 'ca' | 'rejectUnauthorized' | 'checkServerIdentity'
  >
  /** A connection without requests is kept so long; absent: as long as undici does. */
  readonly keepAliveMs?: number
  /** Called with the verified certificate of each new TLS session, before its first request. */
  peer?(certificate: PeerCertificate): void
}

export interface PlatformClient extends HttpClient {
  /** Whether its address accepts a connection, which is closed without sending. */
  reach(timeoutMs: number, done: (isThere: boolean) => void): void
  close(): Promise<void>
}

function readCa(caFile: string | null): { readonly ca?: string } {
  if (caFile === null) return {}
  try {
    return { ca: certificateText(caFile) }
  } catch (reason) {
    throw new LaneFault('CERT-01', {
      file: caFile,
      note: reason instanceof Error ? reason.message : String(reason),
    })
  }
}

function checkBaseUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  const plain = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (url === null || url.protocol !== 'https:' || !plain) {
    throw new LaneFault('ARG-01', {
      value: baseUrl,
      note: t(
        '平台地址为 https://host:port,不带路径 (9.3.2 a)',
        'a platform is https://host:port without a path (9.3.2 a)',
      ),
    })
  }
  return url.origin
}

/**
 * Code and message of an error with its cause: `CERT_HAS_EXPIRED: certificate has expired`. The codes of the HTTP client
 * itself (`UND_ERR_...`) say no more than their messages.
 */
function errorText(error: Error): string {
  const named = 'code' in error && typeof error.code === 'string' ? error.code : 'UND_ERR_'
  const code = named.startsWith('UND_ERR_') ? '' : `${named}: `
  const cause = error.cause instanceof Error ? ` (${errorText(error.cause)})` : ''
  return `${code}${error.message}${cause}`
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Lower-case names. A repeated header becomes one text, which strict parsers refuse. */
function flatHeaders(headers: RawHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
    }
  }
  return flat
}

/** One request from dispatch to its single `done`. */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly done: (answer: HttpAnswer) => void
  private controller: Dispatcher.DispatchController | null = null
  private stopTimer: Cancel = () => undefined
  /** True as soon as undici has a connected socket for the request: bytes may be sent from then on. */
  private started = false
  private settled = false
  private status = 0
  private headers: Record<string, string> = {}
  private readonly chunks: Uint8Array[] = []
  private received = 0
  private readonly bytesMax: number

  constructor(done: (answer: HttpAnswer) => void, bytesMax: number) {
    this.done = done
    this.bytesMax = bytesMax
  }

  begin(mono: MonoClock, timeoutMs: number): void {
    this.stopTimer = mono.after(timeoutMs, () => this.silence(note('noWholeAnswer', timeoutMs)))
  }

  /** The caller cancelled: `done` is never called, nothing more is sent or read. */
  cancel(): void {
    if (!this.settled) this.end('cancelled')
  }

  private end(why: string): void {
    this.settled = true
    this.stopTimer()
    this.controller?.abort(new Error(why))
  }

  private silence(reason: string): void {
    if (this.settled) return
    this.end(reason)
    this.done({ kind: 'silence', reason, sent: this.started })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    // Reported as not sent already: it must stay unsent when a socket opens later.
    if (this.settled) controller.abort(new Error('deadline passed before sending'))
    else this.started = true
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    this.status = status
    this.headers = flatHeaders(headers)
    const encoding = this.headers['content-encoding']
    // No encoding was requested, and the signature covers the bytes as sent.
    if (encoding !== undefined && encoding !== 'identity') {
      this.silence(note('answerEncoded', encoding.slice(0, 20)))
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.settled) return
    this.received += chunk.length
    if (this.received > this.bytesMax) this.silence(note('answerTooLong', this.bytesMax))
    else this.chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.settled) return
    this.settled = true
    this.stopTimer()
    const body = Uint8Array.from(Buffer.concat(this.chunks, this.received))
    this.done({ kind: 'answer', status: this.status, headers: this.headers, body })
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.silence(errorText(error))
  }
}

function reach(
  { hostname, port }: URL,
  mono: MonoClock,
  timeoutMs: number,
  done: (isThere: boolean) => void,
): void {
  const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 443) })
  let isOver = false
  const end = (isThere: boolean): void => {
    if (isOver) return
    isOver = true
    stop()
    socket.destroy()
    done(isThere)
  }
  const stop = mono.after(timeoutMs, () => end(false))
  socket.once('connect', () => end(true)).on('error', () => end(false))
}

/** Throws ARG-01 or CERT-01 for a base URL or CA file that cannot work. */
export function platformClient(options: PlatformClientOptions): PlatformClient {
  const origin = checkBaseUrl(options.baseUrl)
  const poolOptions = {
    connections: options.connections ?? 8,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: headerBytesMax,
    // The exchange has one total deadline; undici's would only split it.
    headersTimeout: 0,
    bodyTimeout: 0,
    ...(options.keepAliveMs === undefined ? {} : { keepAliveTimeout: options.keepAliveMs }),
    connect: {
      timeout: connectTimeoutMs,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      ...readCa(options.caFile),
      ...options.tls,
    },
  } as const
  const pool = new LatePool(origin, poolOptions, (socket) => {
    const certificate = peerCertificateOf(socket)
    if (certificate !== null) options.peer?.(certificate)
  })
  return {
    request(request: HttpRequest, done) {
      const exchange = new Exchange(done, options.bytesMax ?? answerBytesMax)
      exchange.begin(options.mono, request.timeoutMs)
      pool.dispatch(
        {
          method: request.method,
          path: request.path,
          headers: request.headers,
          body: request.method === 'GET' ? null : request.body,
        },
        exchange,
      )
      return () => exchange.cancel()
    },
    reach: (timeoutMs, done) => reach(new URL(origin), options.mono, timeoutMs, done),
    close: () => pool.destroy(),
  }
}
