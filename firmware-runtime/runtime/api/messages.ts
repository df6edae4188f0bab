// The messages of the control API on its two transports: a message port (Studio's hosted runtime) and HTTP.
// Types only, so that the window's process and the runtime can both name them.
import type { StreamItem, StreamName } from './table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'

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
  /** Layout of a demo in a folder without a lot; absent: the usual enclosed one. */
  readonly layout?: string
}

export interface CallBody {
  readonly name: string
  readonly args: unknown
}

/** From the window's side to the runtime; the caller chooses `id`, and the reply has the same one. */
export type ToRuntime =
  /** `seat`: session token of the window, '' before sign-in; absent: Studio's main process. */
  | { readonly id: number; readonly seat?: string | undefined; readonly call: CallBody }
  | {
      readonly id: number
      readonly seat?: string | undefined
      readonly subscribe: { readonly stream: StreamName; readonly sinceSeq: number }
    }
  | { readonly id: number; readonly unsubscribe: true }
  /** Ends in good order, like SIGTERM. Closing the port means the same. */
  | { readonly type: 'stop' }

/** State of the hosted runtime. Calls sent before `ready` wait for it; after `failed` it ends. */
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
 * From a hosted demo to Studio, over the port of its own process: start a simulator as a process, or end it. `name` is
 * a simulator command of the same bundle; nothing else can be started. The caller chooses `sim`, and the reply has the
 * same one. Simulators end with the runtime that started them.
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

/** Exit code of a demo whose power was cut (`demo.powerCut`): it is restarted at once on its ledger. */
export type PowerCutExit = 75

/** Exit codes of a hosted runtime that ends for the workbench, or for the runtime of the folder. */
export type BenchExit = 76
export type LeaveBenchExit = 77

/** Exit code of a set-up after its lot file was written: its lanes start. */
export type LotWrittenExit = 78

/** Exit code of lanes that the service of this computer takes over: Studio attaches to it. */
export type ServiceExit = 79

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
