// HTTP to one device over undici: endless answers, own connections, no redirects, no retries.
// Each device has its own pool, so that a silent device delays no other.
import { systemText } from '#base/pure/words/notes.ts'
import type { Dispatcher } from 'undici'
import type { HttpStreamHandlers, HttpStreamRequest, HttpStreams } from '../ports/http-stream.ts'
import { LatePool } from '#base/process/late-pool.ts'

const connectTimeoutMs = 3_000
const headerBytesMax = 16_384
/** One for the stream, others for requests beside it; devices refuse more than a handful. */
const connectionsMax = 3

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

function flatHeaders(headers: RawHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined)
      flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  return flat
}

class Exchange implements Dispatcher.DispatchHandler {
  private handlers: HttpStreamHandlers | null
  private controller: Dispatcher.DispatchController | null = null

  constructor(handlers: HttpStreamHandlers) {
    this.handlers = handlers
  }

  cancel(): void {
    this.handlers = null
    this.controller?.abort(new Error('given up'))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    if (this.handlers === null) controller.abort(new Error('given up'))
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    // Status 1xx announces an answer and is not one.
    if (status >= 200) this.handlers?.head(status, flatHeaders(headers))
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.handlers?.body(chunk)
  }

  onResponseEnd(): void {
    const { handlers } = this
    this.handlers = null
    handlers?.end()
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    const { handlers } = this
    this.handlers = null
    handlers?.lost(systemText(error))
  }
}

/** `origin`: `http://host:port`. */
export function deviceHttp(origin: string): HttpStreams {
  const pool = new LatePool(origin, {
    connections: connectionsMax,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: headerBytesMax,
    // The driver judges silence, because it knows the device's heartbeat interval.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  })
  return {
    request({ method, path, headers, body }: HttpStreamRequest, handlers) {
      const exchange = new Exchange(handlers)
      pool.dispatch({ method, path, headers, body: body ?? null }, exchange)
      return () => exchange.cancel()
    },
    close: () => pool.destroy(),
  }
}
