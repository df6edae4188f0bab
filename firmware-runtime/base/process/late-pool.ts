// Connections of undici to one origin. The library is loaded at the first request, so that a starting lane does not
// wait for it and a lane without requests never loads it.
import { asTurn } from '../pure/faults/whole-turn.ts'
import type { Socket } from 'node:net'
import type { buildConnector, Dispatcher, Pool } from 'undici'

interface LateHandler extends Dispatcher.DispatchHandler {
  /** The controller is null before there is a connection. */
  onResponseError(controller: Dispatcher.DispatchController | null, error: Error): void
}

type LateOptions = Omit<Pool.Options, 'connect'> & { readonly connect: buildConnector.BuildOptions }

/** Called with each new connection before its first request. */
type OnConnection = (socket: Socket) => void

/** undici answers what a handler throws by `onResponseError` and goes on: each of its methods is a turn. */
const inTurns = (handler: LateHandler): LateHandler => ({
  onRequestStart: asTurn((...given) => handler.onRequestStart?.(...given)),
  onResponseStart: asTurn((...given) => handler.onResponseStart?.(...given)),
  onResponseData: asTurn((...given) => handler.onResponseData?.(...given)),
  onResponseEnd: asTurn((...given) => handler.onResponseEnd?.(...given)),
  onResponseError: asTurn((...given) => handler.onResponseError(...given)),
})

/** A request waits for the library as for a connection: nothing is sent until `onRequestStart`. */
export class LatePool {
  private readonly origin: string
  private readonly options: LateOptions
  private readonly onConnection: OnConnection
  private pool: Promise<Pool> | null = null
  private closed = false

  constructor(origin: string, options: LateOptions, onConnection: OnConnection = () => undefined) {
    this.origin = origin
    this.options = options
    this.onConnection = onConnection
  }

  private async open(): Promise<Pool> {
    const { buildConnector, Pool } = await import('undici')
    const open = buildConnector({ allowH2: false, ...this.options.connect })
    const connect: buildConnector.connector = (to, done) =>
      open(
        to,
        asTurn((...[error, socket]) => {
          if (error !== null) return done(error, null)
          this.onConnection(socket)
          done(null, socket)
        }),
      )
    const pool = new Pool(this.origin, { ...this.options, connect })
    if (this.closed) await pool.destroy()
    return pool
  }

  /** After `destroy` the handler gets undici's error for it; also for an origin that is not a URL. */
  dispatch(request: Dispatcher.DispatchOptions, given: LateHandler): void {
    const handler = inTurns(given)
    this.pool ??= this.open()
    this.pool.then(
      (pool) => pool.dispatch(request, handler),
      (error: Error) => handler.onResponseError(null, error),
    )
  }

  async destroy(): Promise<void> {
    this.closed = true
    const pool = await this.pool?.catch(() => null)
    await pool?.destroy()
  }
}
