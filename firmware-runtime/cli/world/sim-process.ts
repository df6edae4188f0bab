// Starts a simulator as a process of its own, waits until it listens, and talks to its admin side.
// The same program is started again with the simulator's name, so a package needs no second file.
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Pool } from 'undici'
import { LaneFault } from '../../core/values/faults.ts'
import { must } from '../../core/values/must.ts'

export interface SimEndpoints {
  readonly link?: string
  readonly admin: string
  readonly baseUrl?: string
  readonly caFile?: string
  readonly appId?: string
  readonly certDir?: string
}

const readyWithinMs = 20_000
const endsWithinMs = 5_000

export class SimProcess {
  readonly name: string
  readonly endpoints: SimEndpoints
  private readonly child: ChildProcess
  private readonly pool: Pool
  private readonly ended: Promise<void>

  constructor(name: string, child: ChildProcess, endpoints: SimEndpoints) {
    this.name = name
    this.child = child
    this.endpoints = endpoints
    this.pool = new Pool(endpoints.admin, { connections: 4, pipelining: 1 })
    this.ended = new Promise((resolve) => child.once('exit', () => resolve()))
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** One call of the admin side. Throws when the simulator refuses or is gone. */
  async admin<T = unknown>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await this.pool.request({
      method,
      path,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.body.text()
    must(
      answer.statusCode < 300,
      `${this.name} ${method} ${path} answered ${answer.statusCode} ${text}`,
    )
    return JSON.parse(text) as T
  }

  async kill(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal)
    const timer = setTimeout(() => this.child.kill('SIGKILL'), endsWithinMs)
    await this.ended
    clearTimeout(timer)
    await this.pool.destroy()
  }
}

/** Starts `etc-lane <name> ...args` and resolves when it is ready. `entry`: the program's file. */
export async function startSimProcess(
  name: string,
  args: readonly string[],
  entry = process.argv[1],
): Promise<SimProcess> {
  must(entry !== undefined, 'the program knows its own file')
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const child = spawn(process.execPath, [entry, name, ...args, '--die-with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  })
  const lines = createInterface({ input: child.stdout })
  const timer = setTimeout(() => child.kill('SIGKILL'), readyWithinMs)
  try {
    const endpoints = await new Promise<SimEndpoints>((resolve, reject) => {
      const gone = (code: number | null): void =>
        reject(new LaneFault('SYS-01', { note: `${name} ended with ${code} before it was ready` }))
      child.once('exit', gone)
      child.once('error', (error) => reject(new LaneFault('SYS-01', { note: error.message })))
      lines.once('line', (line) => {
        child.off('exit', gone)
        resolve((JSON.parse(line) as { endpoints: SimEndpoints }).endpoints)
      })
    })
    lines.on('line', () => undefined)
    return new SimProcess(name, child, endpoints)
  } finally {
    clearTimeout(timer)
  }
}
