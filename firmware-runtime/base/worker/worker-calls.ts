// Typed calls to a worker: an interface declares arguments and answers, the main thread calls them, and the worker has
// one function for each.
import { must } from '../pure/values/must.ts'
import { RequestWorker, serveQuestions } from './request-worker.ts'

type Call = (...args: never[]) => Promise<unknown>
/** An interface that has only calls. */
type Calls<D> = { readonly [K in keyof D]: Call }
type Taken<F> = F extends (...args: infer A) => unknown ? A : never
type Answered<F> = F extends (...args: never[]) => Promise<infer R> ? R : never

/** The worker's side: each call by its name. */
type Answers<D extends Calls<D>> = {
  readonly [K in keyof D]: (...args: Taken<D[K]>) => Answered<D[K]> | Promise<Answered<D[K]>>
}

interface CallRequest {
  readonly do: string
  readonly args: readonly unknown[]
}

export abstract class WorkerCalls<D extends Calls<D>> {
  private readonly worker: RequestWorker<CallRequest>

  /** `entry`, `workerData` and `restMs` as in `RequestWorker`. */
  constructor(entry: string, workerData: object, restMs?: number) {
    this.worker = new RequestWorker(entry, workerData, (value) => this.notified(value), restMs)
  }

  /** Called with the worker's notifications, and with null when it has exited. */
  protected notified(_value: unknown): void {}

  /** The call of that name, typed as in the interface. */
  protected call<K extends keyof D & string>(
    name: K,
  ): (...args: Taken<D[K]>) => Promise<Answered<D[K]>> {
    return (...args) => this.worker.ask<Answered<D[K]>>({ do: name, args })
  }

  close(): Promise<void> {
    return this.worker.close()
  }

  /** Closes a live worker after `last` has run, waiting `withinMs` for it. */
  protected closeAfter(last: keyof D & string, withinMs: number): Promise<void> {
    return this.worker.close({ ask: { do: last, args: [] }, withinMs })
  }
}

/** Serves calls; returns the function that sends a notification. */
export function serveCalls<D extends Calls<D>>(answers: Answers<D>) {
  const byName = new Map<string, (...args: readonly unknown[]) => unknown>(
    Object.entries(answers as Record<string, (...args: readonly unknown[]) => unknown>),
  )
  return serveQuestions<CallRequest>(({ do: name, args }) => {
    const answer = byName.get(name)
    must(answer !== undefined, `the worker answers ${name}`)
    return answer?.(...args)
  })
}
