// HTTP of a simulated camera, as bytes: parses requests from any chunks, writes answers.
// Minimal: a camera serves GET and PUT, one after another, on a few connections.
import { joined } from '#base/pure/data/bytes.ts'

export interface WebRequest {
  readonly method: string
  /** Path and query exactly as they came. */
  readonly target: string
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const requestBytesMax = 65_536
const latin = new TextDecoder('latin1')
const utf8 = new TextEncoder()

/** Reads the requests of one connection. */
export class WebReader {
  #waiting: Uint8Array = new Uint8Array(0)

  /** Complete requests in order; null when the bytes are not HTTP. */
  take(chunk: Uint8Array): WebRequest[] | null {
    this.#waiting = joined([this.#waiting, chunk])
    const found: WebRequest[] = []
    for (;;) {
      const text = latin.decode(this.#waiting)
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return text.length > requestBytesMax ? null : found
      const [first = '', ...lines] = text.slice(0, end).split('\r\n')
      const m = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first)
      if (!m) return null
      const headers = new Map(
        lines.map((line) => {
          const cut = line.indexOf(':')
          return [line.slice(0, cut).trim().toLowerCase(), line.slice(cut + 1).trim()]
        }),
      )
      const length = Number(headers.get('content-length') ?? '0')
      if (!Number.isSafeInteger(length) || length < 0 || length > requestBytesMax) return null
      const next = end + 4 + length
      if (this.#waiting.length < next) return found
      const body = new TextDecoder().decode(this.#waiting.subarray(end + 4, next))
      this.#waiting = this.#waiting.slice(next)
      found.push({ method: m[1] ?? '', target: m[2] ?? '', headers, body })
    }
  }
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
}

const headText = (status: number, headers: readonly string[]): string =>
  [`HTTP/1.1 ${status} ${reasons[status] ?? 'Other'}`, ...headers, '', ''].join('\r\n')

export function webAnswer(
  status: number,
  type: string,
  body: string,
  more: readonly string[] = [],
): Uint8Array {
  const bytes = utf8.encode(body)
  const head = [`Content-Type: ${type}`, `Content-Length: ${bytes.length}`, ...more]
  return joined([utf8.encode(headText(status, head)), bytes])
}

/** Header of an answer that lasts until the connection ends. */
export const webStreamHead = (type: string): Uint8Array =>
  utf8.encode(headText(200, [`Content-Type: ${type}`, 'Connection: close']))
