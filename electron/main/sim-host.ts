// Simulators of a hosted demo: utility processes of the runtime's own bundle, started on its request.
// So the package never runs Electron as plain Node, and the fuse that allows this is off.
import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import type { FromSimHost, ToSimHost } from '#runtime/api/messages.ts'

/** The used parts of a utility process; tests replace it. */
export interface SimChild {
  readonly pid: number | undefined
  readonly stdout: Readable | null
  kill(): boolean
  once(event: 'exit', listener: (code: number) => void): unknown
}
type ForkSim = (args: readonly string[]) => SimChild

/** Commands that a demo may start; no lane command is among them. */
export const simPrograms = [
  'rsu-sim',
  'camera-sim',
  'barrier-sim',
  'display-sim',
  'detector-sim',
  'position-sim',
  'platform-sim',
  'demo-lots',
] as const

/** Limit, well above the number in a demo, for a runtime that requests more and more. */
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

/** A process that has ended already is no fault. */
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

  /** Handles one message of the runtime; anything that is not a valid request is ignored. */
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

  /** Ends the simulators after the runtime has ended, before another runtime opens the same stores. */
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
