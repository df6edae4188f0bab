// HTTPS requests to a platform. The adapter owns sockets and TLS; it never retries and never follows redirects.
// Silence is an answer of its own kind: whether a byte left decides what may be done next.
import type { Cancel } from './clocks.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Path and query exactly as signed and sent. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Total deadline: connect, send and read the whole answer. */
  readonly timeoutMs: number
}

export type HttpAnswer =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  /**
   * No whole answer. `sent: false` only when it is certain that no byte left (connection refused,
   * name not found, TLS refused); everything else may have had its effect (M6).
   */
  | { readonly kind: 'silence'; readonly reason: string; readonly sent: boolean }

export interface HttpClient {
  request(request: HttpRequest, done: (answer: HttpAnswer) => void): Cancel
}
