// The test's handle on a runtime that is killed: starts it, sends it requests, kills it, and notices its end.
// A request to a dead runtime returns null, because for the outside world that is a normal state of a lane PC.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { present } from '#base/pure/values/must.ts'
import { bundled } from '../bundled.ts'
import type { Answer, Ask } from './protocol.ts'

const script = fileURLToPath(new URL('./child.ts', import.meta.url))

interface Ready {
  readonly ready: Readonly<Record<string, string>>
  readonly fold: string
  readonly keptSeq: number
}

export class RuntimeProcess {
  readonly intake: Readonly<Record<string, string>>
  /** The state right after the start, folded from the ledger. */
  readonly foldAtStart: string
  /** Row number of the stored state from which the start continued; 0 when all rows were folded. */
  readonly keptSeq: number
  private readonly child: ChildProcess
  private readonly exited: Promise<unknown>
  private readonly waiting = new Map<number, (answer: Answer | null) => void>()
  private lastId = 0
  gone = false

  constructor(child: ChildProcess, ready: Ready) {
    this.child = child
    this.intake = ready.ready
    this.foldAtStart = ready.fold
    this.keptSeq = ready.keptSeq
    this.exited = once(child, 'exit')
    child.on('message', ({ id, said }: { id: number; said: Answer }) => this.settle(id, said))
    child.once('exit', () => {
      this.gone = true
      for (const id of this.waiting.keys()) this.settle(id, null)
    })
  }

  private settle(id: number, answer: Answer | null): void {
    const done = this.waiting.get(id)
    this.waiting.delete(id)
    done?.(answer)
  }

  ask(ask: Ask): Promise<Answer | null> {
    if (this.gone || !this.child.connected) return Promise.resolve(null)
    const id = ++this.lastId
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.child.send({ id, ask }, (error) => {
        if (error !== null) this.settle(id, null)
      })
    })
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  /** Resolves to the signal that ended it, or null when it ended by itself. */
  async ended(): Promise<string | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.exited
    return this.child.signalCode
  }

  async stop(): Promise<void> {
    present(await this.ask({ do: 'stop' }), 'a runtime that is asked to stop is alive')
    await this.ended()
  }
}

export async function startRuntime(dir: string, hitsFile: string): Promise<RuntimeProcess> {
  const child = fork(await bundled(script), [dir, hitsFile], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    const early = (code: number | null): void => reject(new Error(`the runtime ended with ${code}`))
    child.once('exit', early)
    child.once('message', (message) => {
      child.off('exit', early)
      resolve(message as Ready)
    })
  })
  return new RuntimeProcess(child, ready)
}
