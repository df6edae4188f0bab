// The messages of the control API on its two transports: a message port (Studio's hosted runtime) and HTTP.
// Types only, so that the window's process and the runtime can both name them.
import type { ApiReply, StreamItem, StreamName } from './table.ts'
import type { ApiError } from './rows.ts'

export type HostMode = 'demo' | 'run' | 'bench' | 'setup'

/** First message to a hosted runtime; one end of a message channel comes with it. */
export interface HostMessage {
  readonly type: 'host'
  readonly dataDir: string
  /**
   * `demo` brings simulators along, `run` is the lane runtime of the folder's lot, `bench` has no lot,
   * `setup` is a bench on which the lot of the folder is being set up.
   */
  readonly mode: HostMode
  /** A build for development and tests: it refuses a real lot, whose keys it must not hold. */
  readonly forTests: boolean
}

export interface CallBody {
  readonly name: string
  readonly args: unknown
}

/** Window's side to runtime; `id` is chosen by the asker and comes back. */
export type ToRuntime =
  /** `seat`: the session of the window, '' while nobody has signed in; absent: Studio's main process itself. */
  | { readonly id: number; readonly seat?: string | undefined; readonly call: CallBody }
  | {
      readonly id: number
      readonly seat?: string | undefined
      readonly subscribe: { readonly stream: StreamName; readonly sinceSeq: number }
    }
  | { readonly id: number; readonly unsubscribe: true }
  /** End in good order, as SIGTERM does. Closing the port means the same. */
  | { readonly type: 'stop' }

/** How the hosted runtime is. Calls sent before `ready` wait for it; `failed` is followed by its end. */
export interface RuntimeNotice {
  readonly type: 'runtime'
  readonly state: 'ready' | 'stopping' | 'failed'
  readonly error?: ApiError
  /** Records that the platform has not confirmed yet; they are kept in the ledger. */
  readonly unsent: number
}

export type FromRuntime =
  | { readonly id: number; readonly reply: ApiReply<unknown> }
  | { readonly id: number; readonly item: StreamItem }
  | RuntimeNotice

/**
 * A hosted demo to Studio, over the port of its own process: start a simulator as a process, or end
 * it. `name` is a simulator's command of the same bundle, nothing else is started. `sim` is chosen by the asker and comes back. Simulators end with the runtime that asked.
 */
export type ToSimHost =
  | {
      readonly sim: number
      readonly start: { readonly name: string; readonly args: readonly string[] }
    }
  | { readonly sim: number; readonly kill: 'SIGTERM' | 'SIGKILL' }

export type FromSimHost =
  | { readonly sim: number; readonly line: string }
  | { readonly sim: number; readonly ended: number | null }

/** Exit code of a demo whose power was cut (`demo.powerCut`): start it again at once, on its ledger. */
export type PowerCutExit = 75

/** Exit codes of a hosted runtime that makes room: for the workbench, or for the folder's own again. */
export type BenchExit = 76
export type LeaveBenchExit = 77

/** Exit code of a set-up whose lot file was written: its lanes start. */
export type LotWrittenExit = 78

/**
 * Loopback HTTP. `Authorization: Bearer <text of tokenFile>` on every request.
 * A window says whose session it has in `X-Etc-Lane-Seat`, empty while nobody has signed in; a script leaves it out.
 * `POST /v1/call` with a CallBody as JSON answers an ApiReply, status 200 also where `ok` is false.
 * `GET /v1/stream?name=&since=` answers StreamItems, one JSON object a line, until one side ends it.
 */
export interface HttpPaths {
  readonly call: '/v1/call'
  readonly stream: '/v1/stream'
}
