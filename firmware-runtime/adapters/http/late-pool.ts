// Connections of undici to one origin. The library is loaded at the first request: a lane that starts
// does not wait for it, and one that asks nobody never has it.
import type { Dispatcher, Pool } from 'undici'

interface LateHandler extends Dispatcher.DispatchHandler {
  /** The controller is null before there is a connection. */
  onResponseError(controller: Dispatcher.DispatchController | null, error: Error): void
}

/** A request waits for the library as for a connection: nothing of it has left until `onRequestStart`. */
export class LatePool {
  private readonly origin: string
  private readonly options: Pool.Options
  private pool: Promise<Pool> | null = null
  private closed = false

  constructor(origin: string, options: Pool.Options) {
    this.origin = origin
    this.options = options
  }

  private async open(): Promise<Pool> {
    const { Pool } = await import('undici')
    const pool = new Pool(this.origin, this.options)
    if (this.closed) await pool.destroy()
    return pool
  }

  /** After `destroy` the handler hears the error that undici has for it, and so it does for an origin that is no URL. */
  dispatch(request: Dispatcher.DispatchOptions, handler: LateHandler): void {
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
