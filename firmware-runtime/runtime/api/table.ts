// The control API: one table of calls and streams. Role, argument check and answer type per row;
// the runtime serves it over a MessagePort and a loopback socket alike (design.md section 2).
import type { z } from 'zod'
import { workCalls, type DocumentsOf } from '../calls/document.ts'
import { callRows } from '../calls/table.ts'
import type { MeasureView } from '#survey/calls/measure-views.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { BoardView, EventView } from '#lane/calls/views.ts'

export const api = { ...callRows, ...workCalls(callRows) } as const
export type DocumentCall = DocumentsOf<typeof callRows>

export type ApiName = keyof typeof api
export type ArgsOf<N extends ApiName> = z.infer<(typeof api)[N]['args']>
export type AnswerOf<N extends ApiName> = NonNullable<(typeof api)[N]['answer']>

/** Streams: a snapshot, then updates numbered by `seq`; a gap shows as `dropped`. */
interface Streams {
  /** The whole board, at most ten times a second while something changes. */
  board: BoardView
  events: EventView
  /** Measurements for a survey, after each change, at most ten times a second. */
  measuring: MeasureView
}
export type StreamName = keyof Streams
export const streamNames = ['board', 'events', 'measuring'] as const satisfies readonly StreamName[]

export interface StreamItem<N extends StreamName = StreamName> {
  readonly stream: N
  readonly seq: number
  readonly dropped: number
  readonly data: Streams[N]
}
/** The window's only access to the machine: typed names. */
export interface LaneClient {
  call<N extends ApiName>(name: N, args: ArgsOf<N>): Promise<ApiReply<AnswerOf<N>>>
  /** Resumes after `sinceSeq`; the returned function ends it. */
  subscribe<N extends StreamName>(
    stream: N,
    sinceSeq: number,
    take: (item: StreamItem<N>) => void,
  ): () => void
}
