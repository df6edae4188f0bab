// The interface between the runtime and a transport of the control API: calls and streams as plain JSON.
// The table of calls and its checks are runtime/api/table.ts and runtime/control/control.ts; a transport only forwards.

/** Takes items of one stream. `false`: nothing more until `resume` is called (back-pressure). */
export type StreamSink = (item: unknown) => boolean

export interface StreamHandle {
  /** Continues after back-pressure. */
  resume(): void
  end(): void
}

/** `noStream`: unknown name. `nobody`: the stream needs a signed-in person. */
export type StreamRefusal = 'noStream' | 'nobody'

/**
 * Session token of a window, '' before sign-in; null: the call is authorised by the transport's own token.
 */
export type SeatToken = string | null

/** A connection to the API, which may serve several windows, each with its own person. */
export interface ApiSession {
  /** Resolves to an ApiReply, also for a refused call. Rejects only for a programming error. */
  call(name: string, args: unknown, seat?: SeatToken): Promise<unknown>
  /** Items are delivered from the first turn of the event loop after this call. */
  subscribe(
    stream: string,
    sinceSeq: number,
    sink: StreamSink,
    ended: () => void,
    seat?: SeatToken,
  ): StreamHandle | StreamRefusal
}
