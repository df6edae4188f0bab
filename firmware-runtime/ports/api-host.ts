// What a transport of the control API needs from the runtime: calls and streams as plain JSON.
// The table of calls and its checks are api/table.ts and app/control/control.ts; a transport only carries.

/** Takes items of one stream. `false`: nothing more until `resume` is called (back-pressure). */
export type StreamSink = (item: unknown) => boolean

export interface StreamHandle {
  /** The sink can take items again. */
  resume(): void
  end(): void
}

/** There is no stream of that name; or nobody sits at the seat that asks for it. */
export type StreamRefusal = 'noStream' | 'nobody'

/**
 * A window says whose session it has, '' for none yet; without a seat the transport's own token speaks.
 */
export type SeatToken = string | null

/** Whoever can reach the API, and behind it each window with its person. */
export interface ApiSession {
  /** Answers an ApiReply, also where the call is refused. Never rejects for a fault of the world. */
  call(name: string, args: unknown, seat?: SeatToken): Promise<unknown>
  /** Items come from the first turn after this call on. */
  subscribe(
    stream: string,
    sinceSeq: number,
    sink: StreamSink,
    ended: () => void,
    seat?: SeatToken,
  ): StreamHandle | StreamRefusal
}
