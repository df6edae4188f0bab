// Starts a simulator as a process of its own, waits until it listens, and talks to its admin side.
// The same program is started again with the simulator's name, so a package needs no second file.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Pool } from 'undici'
import { faults, LaneFault, type FaultCode, type FaultDetail } from '#base/pure/faults/faults.ts'
import { must } from '#base/pure/values/must.ts'

interface SimEndpoints {
  readonly link?: string
  readonly admin: string
  /** Address of a time server: `udp://host:port`. */
  readonly ntp?: string
  /** Address of its chronyd: `udp://host:port`. */
  readonly chrony?: string
  /** URL of a device that reports its time by HTTP. */
  readonly date?: string
  readonly baseUrl?: string
  readonly caFile?: string
  readonly appId?: string
  readonly certDir?: string
  /** Merchant number of a payment gateway, and the file with its keys. */
  readonly merchantNo?: string
  readonly keyFile?: string
}

/** Events of a simulator: each output line, and its exit. */
export interface SimNews {
  line(text: string): void
  gone(code: number | null): void
}

type KillSim = (signal: 'SIGTERM' | 'SIGKILL') => void

/** Starts `etc-lane <name> ...args` as a process that ends with this one; answers how to end it. */
export type SimLauncher = (name: string, args: readonly string[], news: SimNews) => KillSim

/** A child of this process, running `entry` on the same Node. */
export const spawnLauncher =
  (entry: string): SimLauncher =>
  (name, args, news) => {
    const child = spawn(process.execPath, [entry, name, ...args, '--die-with-parent'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    createInterface({ input: child.stdout }).on('line', (line) => news.line(line))
    // Not `exit`: at `close` its last output, such as the reason of a failed start, has been read.
    child.once('close', (code) => news.gone(code))
    child.once('error', (error) => {
      process.stderr.write(`${name}: ${error.message}\n`)
      news.gone(null)
    })
    return (signal) => void child.kill(signal)
  }

/** Bound against a hanging process: a simulator that cannot start says so, and a busy machine may take minutes. */
const readyWithinMs = 600_000
const endsWithinMs = 5_000

interface Started {
  readonly pid: number
  readonly endpoints: SimEndpoints
  readonly kill: KillSim
  /** Settles when the process is gone. */
  readonly ended: Promise<void>
}

export class SimProcess {
  readonly name: string
  readonly pid: number
  readonly endpoints: SimEndpoints
  private readonly signal: KillSim
  private readonly pool: Pool
  private readonly ended: Promise<void>

  constructor(name: string, { pid, endpoints, kill, ended }: Started) {
    this.name = name
    this.pid = pid
    this.endpoints = endpoints
    this.signal = kill
    this.pool = new Pool(endpoints.admin, { connections: 4, pipelining: 1 })
    this.ended = ended
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
    this.signal(signal)
    const timer = setTimeout(() => this.signal('SIGKILL'), endsWithinMs)
    await this.ended
    clearTimeout(timer)
    await this.pool.destroy()
  }
}

interface ReadyLine {
  readonly pid: number
  readonly endpoints: SimEndpoints
}

interface FaultLine {
  readonly error: Required<FaultDetail> & { readonly code: FaultCode; readonly message: string }
}

/** The first line of a simulator says where it listens; one that cannot start says why. */
function readyLine(name: string, line: string): ReadyLine {
  const { pid, endpoints, error } = JSON.parse(line) as Partial<ReadyLine & FaultLine>
  if (pid !== undefined && endpoints !== undefined) return { pid, endpoints }
  if (error !== undefined && Object.hasOwn(faults, error.code)) {
    const { code, message, file, field, value, todo } = error
    const said = message.slice(faults[code].what.zh.length)
    const own = todo === faults[code].todo.zh ? {} : { todo }
    throw new LaneFault(code, { file, field, value, note: `${name}${said}`, ...own })
  }
  throw new LaneFault('SYS-01', { note: `${name} did not start: ${line}` })
}

/** Starts a simulator and resolves when it is ready. */
export async function startSimProcess(
  name: string,
  args: readonly string[],
  launch: SimLauncher,
): Promise<SimProcess> {
  const first = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<void>()
  const gone = (code: number | null): void => {
    const note = `${name} ended with ${code} before it was ready`
    first.reject(new LaneFault('SYS-01', { note }))
    ended.resolve()
  }
  const kill = launch(name, args, { line: first.resolve, gone })
  const timer = setTimeout(() => kill('SIGKILL'), readyWithinMs)
  try {
    const ready = readyLine(name, await first.promise)
    return new SimProcess(name, { ...ready, kill, ended: ended.promise })
  } finally {
    clearTimeout(timer)
  }
}

/** Tells a simulated platform the business time at which its lot begins: it refuses what has ended by its own time. */
export const beginAt = (platform: SimProcess, fromMs: InstantMs): Promise<unknown> =>
  platform.admin('POST', '/time', { shiftMs: fromMs - Date.now() })
