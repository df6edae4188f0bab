// The documents being made in one process. AsyncLocalStorage carries the stop along a call, also to workers and
// processes, without passing it as an argument.
import { AsyncLocalStorage } from 'node:async_hooks'
import { LaneFault } from '../pure/faults/faults.ts'
import type { DocumentPhase, DocumentWork } from '../ports/document-work.ts'

interface Stoppable {
  readonly stop: AbortSignal
  phase(now: DocumentPhase): void
}

/** The document that the present call makes; undefined for other calls. */
export const inWork = new AsyncLocalStorage<Stoppable>()

export const stoppedFault = (): LaneFault => new LaneFault('REPORT-05')

class OneDocument implements Stoppable {
  readonly #controller = new AbortController()
  now: DocumentPhase = 'reading'

  get stop(): AbortSignal {
    return this.#controller.signal
  }

  phase(now: DocumentPhase): void {
    this.now = now
  }

  abort(): void {
    this.#controller.abort()
  }
}

export function mustGoOn(): void {
  if (inWork.getStore()?.stop.aborted === true) throw stoppedFault()
}

const stopOf = ({ stop }: Stoppable): Promise<never> =>
  new Promise((_, reject) => {
    stop.addEventListener('abort', () => reject(stoppedFault()), { once: true })
  })

export class DocumentsInWork implements DocumentWork {
  readonly mustGoOn = mustGoOn
  readonly #works = new Map<string, Set<OneDocument>>()

  async run<T>(key: string, only: boolean, make: () => T | Promise<T>): Promise<T> {
    const one = new OneDocument()
    const beside = this.#works.get(key) ?? new Set()
    this.#works.set(key, beside.add(one))
    try {
      const made = inWork.run(one, async () => await make())
      return await (only ? Promise.race([made, stopOf(one)]) : made)
    } finally {
      beside.delete(one)
      if (beside.size === 0) this.#works.delete(key)
    }
  }

  phase(key: string): DocumentPhase | null {
    return [...(this.#works.get(key) ?? [])].at(-1)?.now ?? null
  }

  stop(key: string): number {
    const works = [...(this.#works.get(key) ?? [])]
    for (const one of works) one.abort()
    return works.length
  }
}
