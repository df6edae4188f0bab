// The hot thread's side of the profile worker: asks, waits, and lets it end when nobody asks.
// Files held by a person stay on this side: the worker knows nothing between two questions.
import { Worker } from 'node:worker_threads'
import type { ProfileDesk } from '../../app/control-profiles.ts'
import type { HeldFile } from '../../app/profile-drafts.ts'
import { LaneFault, type FaultCode, type FaultDetail } from '../../core/values/faults.ts'

export interface ProfileDeskData {
  readonly kind: 'profiles'
  readonly dir: string
}

export type DeskAsk =
  | { readonly do: 'library' | 'undoPlan' }
  | { readonly do: 'judge'; readonly files: readonly HeldFile[] }
  | {
      readonly do: 'check' | 'accept'
      readonly files: readonly HeldFile[]
      readonly generation: number
    }
  | { readonly do: 'undo'; readonly generation: number }

export interface DeskQuestion {
  readonly id: number
  readonly ask: DeskAsk
}

export type DeskAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly code: FaultCode
      readonly detail: FaultDetail
    }

interface Waiter {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** Parsers and tables cost memory that a lane PC has better uses for. */
const idleMs = 60_000

const unanswered = (why: string): LaneFault => new LaneFault('RUN-03', { note: why })

export class ProfileDeskThread implements ProfileDesk {
  private readonly entry: string
  private readonly dir: string
  private readonly waiters = new Map<number, Waiter>()
  private worker: Worker | null = null
  private lastId = 0
  private closed = false
  private idle: NodeJS.Timeout | null = null

  constructor(entry: string, dir: string) {
    this.entry = entry
    this.dir = dir
  }

  library: ProfileDesk['library'] = () => this.ask({ do: 'library' })
  judge: ProfileDesk['judge'] = (files) => this.ask({ do: 'judge', files })
  check: ProfileDesk['check'] = (files, generation) => this.ask({ do: 'check', files, generation })
  accept: ProfileDesk['accept'] = (files, generation) =>
    this.ask({ do: 'accept', files, generation })
  undoPlan: ProfileDesk['undoPlan'] = () => this.ask({ do: 'undoPlan' })
  undo: ProfileDesk['undo'] = (generation) => this.ask({ do: 'undo', generation })

  /** An import that is cut off leaves the generation before: the name is turned last. */
  async close(): Promise<void> {
    this.closed = true
    if (this.idle !== null) clearTimeout(this.idle)
    const { worker } = this
    this.worker = null
    await worker?.terminate()
    this.fail('the library is closed')
  }

  private ask<T>(ask: DeskAsk): Promise<T> {
    if (this.closed) return Promise.reject(unanswered('the library is closed'))
    this.worker ??= this.start()
    const { worker } = this
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      this.waiters.set(id, { resolve, reject })
      worker.postMessage({ id, ask } satisfies DeskQuestion)
    })
  }

  private start(): Worker {
    const workerData: ProfileDeskData = { kind: 'profiles', dir: this.dir }
    const worker = new Worker(this.entry, { workerData, argv: [] })
    worker.on('message', (answer: DeskAnswer) => this.take(answer))
    worker.on('error', (error) => this.lost(worker, String(error)))
    worker.on('exit', () => this.lost(worker, 'the library worker ended'))
    worker.unref()
    return worker
  }

  private take(answer: DeskAnswer): void {
    const waiter = this.waiters.get(answer.id)
    this.waiters.delete(answer.id)
    if (answer.ok) waiter?.resolve(answer.value as never)
    else waiter?.reject(new LaneFault(answer.code, answer.detail))
    if (this.waiters.size === 0) this.rest()
  }

  private rest(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      const { worker } = this
      if (this.waiters.size > 0 || worker === null) return
      this.worker = null
      void worker.terminate()
    }, idleMs)
    this.idle.unref()
  }

  private lost(worker: Worker, why: string): void {
    if (this.worker !== worker) return
    this.worker = null
    this.fail(why)
  }

  private fail(why: string): void {
    for (const { reject } of this.waiters.values()) reject(unanswered(why))
    this.waiters.clear()
  }
}
