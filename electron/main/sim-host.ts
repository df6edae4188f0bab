// Simulators of a hosted demo: utility processes of the runtime's own bundle, started on its request.
// So the package never runs Electron as plain Node, and its fuse for that is off.
import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import type { FromSimHost, ToSimHost } from '../../firmware-runtime/api/messages.ts'

/** What is used of a utility process; tests hand in their own. */
export interface SimChild {
  readonly pid: number | undefined
  readonly stdout: Readable | null
  kill(): boolean
  once(event: 'exit', listener: (code: number) => void): unknown
}
type ForkSim = (args: readonly string[]) => SimChild

/** Commands of the bundle that a demo may start; none of them opens a lane. */
export const simPrograms = [
  'rsu-sim',
  'camera-sim',
  'barrier-sim',
  'display-sim',
  'platform-sim',
] as const

/** More than a demo has; a runtime that asks on and on gets no more. */
export const simsMax = 64

function isAsk(data: unknown): data is ToSimHost {
  if (typeof data !== 'object' || data === null) return false
  const { sim, start, kill } = data as { sim?: unknown; start?: unknown; kill?: unknown }
  if (typeof sim !== 'number') return false
  if (kill !== undefined) return kill === 'SIGTERM' || kill === 'SIGKILL'
  if (typeof start !== 'object' || start === null) return false
  const { name, args } = start as { name?: unknown; args?: unknown }
  if (!simPrograms.some((known) => known === name)) return false
  return Array.isArray(args) && args.every((arg) => typeof arg === 'string')
}

/** A process that is gone already has what was wanted. */
function killHard({ pid }: SimChild): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

export class SimHost {
  private readonly running = new Map<number, SimChild>()
  private readonly fork: ForkSim
  private readonly tell: (message: FromSimHost) => void
  private closed = false
  private emptied: (() => void) | null = null

  constructor(fork: ForkSim, tell: (message: FromSimHost) => void) {
    this.fork = fork
    this.tell = tell
  }

  /** One message of the runtime; what is no request of the table is left alone. */
  take(data: unknown): void {
    if (!isAsk(data)) return
    if ('start' in data) this.start(data.sim, [data.start.name, ...data.start.args])
    else this.kill(data.sim, data.kill)
  }

  private start(sim: number, args: readonly string[]): void {
    if (this.closed || this.running.has(sim)) return
    if (this.running.size >= simsMax) {
      this.tell({ sim, ended: null })
      return
    }
    const child = this.fork(args)
    this.running.set(sim, child)
    if (child.stdout !== null)
      createInterface({ input: child.stdout }).on('line', (line) => this.say({ sim, line }))
    child.once('exit', (ended) => {
      this.running.delete(sim)
      this.say({ sim, ended })
      if (this.running.size === 0) this.emptied?.()
    })
  }

  private say(message: FromSimHost): void {
    if (!this.closed) this.tell(message)
  }

  private kill(sim: number, signal: 'SIGTERM' | 'SIGKILL'): void {
    const child = this.running.get(sim)
    if (child === undefined) return
    if (signal === 'SIGTERM') child.kill()
    else killHard(child)
  }

  /** The runtime is gone: so are its simulators, before another runtime opens the same stores. */
  async end(): Promise<void> {
    this.closed = true
    if (this.running.size === 0) return
    const gone = new Promise<void>((done) => {
      this.emptied = done
    })
    for (const child of this.running.values()) killHard(child)
    await gone
  }
}
