// How Studio reaches a lane runtime in any process: calls, streams, and whether it is there.
// Faults of the link itself are returned like any other fault, by code.
import { unansweredCode } from '#runtime/api/check.ts'
import type { StreamItem, StreamName } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'

export type Reply = ApiReply<unknown>

export interface RuntimeLink {
  readonly kind: 'hosted' | 'attached'
  /** `seat`: session token of the window, '' if nobody is signed in; absent: the main process asks for itself. */
  call(name: string, args: unknown, seat?: string): Promise<Reply>
  /** The subscription survives a restart of the runtime; the returned function ends it. */
  subscribe(
    stream: StreamName,
    sinceSeq: number,
    take: (item: StreamItem) => void,
    seat?: string,
  ): () => void
  /** Ends the link, and a hosted runtime with it. */
  close(): Promise<void>
}

/** Stream, last known number, receiver, and session token of the window. */
export type Subscribed = Parameters<RuntimeLink['subscribe']>

export interface Pause {
  readonly attempt: number
  readonly waitMs: number
}

/** Wait in ms before a start, by number of failed attempts. */
export const backOffMs = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const
export const backOff = (attempt: number): number =>
  backOffMs[Math.min(attempt, backOffMs.length - 1)] ?? 30_000

/** A fault with a code alone; the window has its words. */
export const faultReply = (error: Partial<ApiError> & { code: string }): Reply => ({
  ok: false,
  error: { message: '', means: '', todo: '', field: '', value: '', ...error },
})

/** The runtime is away (RUN-01); `value`: ms until the next start. */
export const awayReply = ({ attempt, waitMs }: Pause): Reply =>
  faultReply({ code: 'RUN-01', field: `attempt ${attempt}`, value: String(waitMs) })

export const notFoundReply = (dir: string): Reply =>
  faultReply({ code: 'RUN-02', field: 'folder', value: dir })

export const anothersReply = (dir: string): Reply =>
  faultReply({ code: 'RUN-04', field: 'folder', value: dir })

export const badCallReply = (field: string, value: string): Reply =>
  faultReply({ code: 'API-01', field, value })

export const noAnswerReply = (name: string, waitedMs: number): Reply =>
  faultReply({ code: unansweredCode(name), field: 'waitedMs', value: String(waitedMs) })
