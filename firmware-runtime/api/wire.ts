// The words of the control API on its two wires: a message port (Studio's hosted runtime) and HTTP.
// Types only, so that the window's process and the runtime can both name them.
import type { ApiReply, StreamItem, StreamName } from './table.ts'

/** First message to a hosted runtime; one end of a message channel comes with it. */
export interface HostMessage {
  readonly type: 'host'
  readonly dataDir: string
  /** `demo` brings simulators along, `run` is the lane runtime of the folder's lot. */
  readonly mode: 'demo' | 'run'
}

export interface CallBody {
  readonly name: string
  readonly args: unknown
}

/** Window's side to runtime; `id` is chosen by the asker and comes back. */
export type ToRuntime =
  | { readonly id: number; readonly call: CallBody }
  | {
      readonly id: number
      readonly subscribe: { readonly stream: StreamName; readonly sinceSeq: number }
    }
  | { readonly id: number; readonly unsubscribe: true }

export type FromRuntime =
  | { readonly id: number; readonly reply: ApiReply<unknown> }
  | { readonly id: number; readonly item: StreamItem }
