// A worker thread that answers requests, with both of its sides. The first request starts it; it ends after
// some seconds without requests. A fault keeps its code across the thread; any other error becomes RUN-03.
import { t, type Why } from '../pure/words/fault-text.ts'
import { inWork, stoppedFault } from './document-work.ts'
import { parentPort, Worker, type MessagePort } from 'node:worker_threads'
import { LaneFault, type FaultCode, type FaultDetail } from '../pure/faults/faults.ts'
import type { DocumentPhase } from '../ports/document-work.ts'
import { present } from '../pure/values/must.ts'

interface Question<Ask> {
  readonly id: number
  readonly ask: Ask
  /** True for the making of a document, which can be stopped. */
  readonly stoppable: boolean
}
/** Stops the request with that number. */
interface Stop {
  readonly id: number
  readonly stop: true
}

type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly code: FaultCode
      readonly detail: FaultDetail
    }

/** Progress of a request's document. */
interface Phase {
  readonly id: number
  readonly phase: DocumentPhase
}

/** A message that no request caused. `busy`: the worker has work of its own, so idleness does not end it; null: as before. */
interface Notification {
  readonly notified: unknown
  readonly busy: boolean | null
}

/** The last request before the end. A worker that does not answer within the limit is ended as well. */
interface Shutdown<Ask> {
  readonly ask: Ask
  readonly withinMs: number
}

interface Waiter {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
  readonly phase: ((now: DocumentPhase) => void) | undefined
}

/** A worker costs memory: it ends after this time without requests, and the next request starts another. */
const idleMs = 10_000

/** An error inside the worker does not reach the lanes. */
const closed = t('工作线程已关闭', 'the worker is closed')
const unanswered = (why: Why): LaneFault => new LaneFault('RUN-03', { note: why })

export class RequestWorker<Ask> {
  private readonly entry: string
  private readonly workerData: object
  private readonly waiters = new Map<number, Waiter>()
  private worker: Worker | null = null
  private lastId = 0
  private closed = false
  /** The end of a worker that rested. */
  private ending: Promise<void> = Promise.resolve()
  private idle: NodeJS.Timeout | null = null
  private busy = false
  private readonly notified: (value: unknown) => void
  private readonly restMs: number

  /**
   * `entry` is the program file; `workerData` selects the kind of worker. `notified` receives its notifications, and
   * null when the worker has exited. It ends `restMs` after its last answer.
   */
  constructor(
    entry: string,
    workerData: object,
    notified: (value: unknown) => void = () => undefined,
    restMs = idleMs,
  ) {
    this.restMs = restMs
    this.entry = entry
    this.workerData = workerData
    this.notified = notified
  }

  ask<T>(ask: Ask): Promise<T> {
    if (this.closed) return Promise.reject(unanswered(closed))
    const work = inWork.getStore()
    if (work?.stop.aborted === true) return Promise.reject(stoppedFault())
    this.worker ??= this.start()
    const { worker } = this
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      const phase = work?.phase.bind(work)
      this.waiters.set(id, { resolve, reject, phase })
      const stop = (): void => worker.postMessage({ id, stop: true } satisfies Stop)
      work?.stop.addEventListener('abort', stop, { once: true })
      const stoppable = work !== undefined
      worker.postMessage({ id, ask, stoppable } satisfies Question<Ask>)
    })
  }

  /** A running worker gets `last` before it ends, so that it releases its devices itself. */
  async close(last: Shutdown<Ask> | null = null): Promise<void> {
    if (this.closed) return
    if (last !== null && this.worker !== null) await this.bid(last)
    this.closed = true
    if (this.idle !== null) clearTimeout(this.idle)
    const { worker } = this
    this.worker = null
    this.fail(closed)
    if (worker !== null) await this.ended(worker)
    await this.ending
  }

  private async bid({ ask, withinMs }: Shutdown<Ask>): Promise<void> {
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, withinMs)
    const done = this.ask(ask).then(
      () => undefined,
      () => undefined,
    )
    await Promise.race([done, late.promise])
    clearTimeout(timer)
  }

  private async ended(worker: Worker): Promise<void> {
    await worker.terminate()
  }

  private start(): Worker {
    const worker = new Worker(this.entry, { workerData: this.workerData, argv: [] })
    worker.on('message', (said: Reply | Notification | Phase) => this.take(said))
    worker.on('error', (error) => this.lost(worker, String(error)))
    worker.on('exit', () => this.lost(worker, t('工作线程已结束', 'the worker ended')))
    // The worker must not keep the process of a stopping lane alive.
    worker.unref()
    return worker
  }

  private take(reply: Reply | Notification | Phase): void {
    if ('phase' in reply) {
      this.waiters.get(reply.id)?.phase?.(reply.phase)
      return
    }
    if ('notified' in reply) {
      this.busy = reply.busy ?? this.busy
      this.notified(reply.notified)
      if (!this.busy && this.waiters.size === 0) this.rest()
      return
    }
    const waiter = this.waiters.get(reply.id)
    this.waiters.delete(reply.id)
    if (reply.ok) waiter?.resolve(reply.value as never)
    else waiter?.reject(new LaneFault(reply.code, reply.detail))
    if (this.waiters.size === 0) this.rest()
  }

  private rest(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      const { worker } = this
      if (this.waiters.size > 0 || this.busy || worker === null) return
      this.worker = null
      this.ending = this.ended(worker)
    }, this.restMs)
    this.idle.unref()
  }

  /** The next request starts another worker. */
  private lost(worker: Worker, why: Why): void {
    if (this.worker !== worker) return
    this.worker = null
    this.busy = false
    this.fail(why)
    this.notified(null)
  }

  private fail(why: Why): void {
    for (const { reject } of this.waiters.values()) reject(unanswered(why))
    this.waiters.clear()
  }
}

/**
 * The worker's side: requests are answered one after another; notifications pass between them. Returns the
 * function that sends a notification.
 */
export function serveQuestions<Ask>(
  answer: (ask: Ask) => unknown,
  port: MessagePort | null = parentPort,
): (notified: unknown, busy: boolean | null) => void {
  const own = present(port, 'a worker has a port')
  const answered = async (ask: Ask): Promise<unknown> => await answer(ask)
  const running = new Map<number, AbortController>()
  const stoppably = async (id: number, ask: Ask): Promise<unknown> => {
    const controller = new AbortController()
    running.set(id, controller)
    const phase = (now: DocumentPhase) => own.postMessage({ id, phase: now } satisfies Phase)
    return inWork
      .run({ stop: controller.signal, phase }, () => answered(ask))
      .finally(() => running.delete(id))
  }
  own.on('message', (said: Question<Ask> | Stop) => {
    const { id } = said
    if ('stop' in said) {
      running.get(id)?.abort()
      return
    }
    const { ask, stoppable } = said
    ;(stoppable ? stoppably(id, ask) : answered(ask)).then(
      (value) => own.postMessage({ id, ok: true, value } satisfies Reply),
      (error: unknown) => own.postMessage(refusal(id, error)),
    )
  })
  return (notified, busy) => own.postMessage({ notified, busy } satisfies Notification)
}

function refusal(id: number, error: unknown): Reply {
  if (error instanceof LaneFault) return { id, ok: false, code: error.code, detail: error.detail }
  const note = error instanceof Error ? error.message : String(error)
  return { id, ok: false, code: 'RUN-03', detail: { note } }
}
