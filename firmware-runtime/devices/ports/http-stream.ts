// HTTP to one device of a lane; answers are delivered as they arrive, because some never end.
// The adapter owns the sockets; authentication, retries and time-outs belong to the driver.
import type { DownText } from '#base/pure/words/notes.ts'
import type { Cancel } from '#base/ports/clocks.ts'

export interface HttpStreamRequest {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Text that goes with it, in UTF-8. */
  readonly body?: string
}

/** `end` or `lost` comes once and last; nothing comes after a cancel. */
export interface HttpStreamHandlers {
  /** Lower-case names; repeated headers joined by `, `. */
  head(status: number, headers: Readonly<Record<string, string>>): void
  body(bytes: Uint8Array): void
  end(): void
  /** No connection, or it broke. `reason`: a note, or what the system says. */
  lost(reason: DownText): void
}

export interface HttpStreams {
  request(request: HttpStreamRequest, handlers: HttpStreamHandlers): Cancel
  close(): Promise<void>
}
