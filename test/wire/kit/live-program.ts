// Runs etc-lane as a process and talks to it like a script: lines and the API.
// Processes that a test leaves behind are ended by pid, folders removed.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { UnderTest } from '../../kit/eventually.ts'
import { program } from './program.ts'

export const programFile = program

const folders: string[] = []
const children = new Set<ChildProcess>()

export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'etc-wire-'))
  folders.push(dir)
  return dir
}

export async function cleanUp(): Promise<void> {
  await Promise.all([...children].map((child) => gone(child, 'SIGKILL')))
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true })
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill(signal)
  await ended
}

export interface Endpoints {
  readonly api: string
  readonly tokenFile: string
  readonly intake: Readonly<Record<string, string>>
  readonly platform: { readonly admin: string } | null
  readonly sims: Readonly<
    Record<string, Readonly<Record<string, { readonly admin: string } | null>>>
  >
}

export type Line = Readonly<Record<string, unknown>>

export class Program implements UnderTest {
  readonly child: ChildProcess
  readonly lines: Line[] = []
  stderr = ''
  endpoints: Endpoints | null = null
  private isOver = false
  private readonly waiters = new Set<() => void>()
  readonly ended: Promise<number | null>

  /** `stdin` as a pipe stays open and takes keys; `ipc`: it takes messages instead. */
  constructor(
    args: readonly string[],
    prefix: readonly string[] = [],
    stdin: 'ignore' | 'pipe' | 'ipc' = 'ignore',
    file = programFile,
  ) {
    const [command = process.execPath, ...before] = [...prefix, process.execPath]
    const pipes = ['pipe', 'pipe'] as const
    const stdio =
      stdin === 'ipc' ? (['ignore', ...pipes, 'ipc'] as const) : ([stdin, ...pipes] as const)
    this.child = spawn(command, [...before, file, ...args], { stdio: [...stdio] })
    children.add(this.child)
    const { stdout, stderr } = this.child
    if (stdout === null || stderr === null) throw new Error('the program has pipes')
    createInterface({ input: stdout }).on('line', (text) => {
      this.lines.push(JSON.parse(text) as Line)
      for (const wake of this.waiters) wake()
    })
    stderr.setEncoding('utf8')
    stderr.on('data', (text: string) => {
      this.stderr += text
    })
    this.ended = new Promise((done) =>
      this.child.once('close', (code) => {
        this.isOver = true
        children.delete(this.child)
        done(code)
        for (const wake of this.waiters) wake()
      }),
    )
  }

  /** The first matching line. Fails when the program ends first. */
  line(fits: (line: Line) => boolean): Promise<Line> {
    return new Promise((done, fail) => {
      const look = (): void => {
        const found = this.lines.find(fits)
        if (found !== undefined) done(found)
        else if (this.isOver && (this.child.exitCode !== null || this.died() !== null))
          fail(new Error(`it ended (${this.died() ?? 'code 0'}): ${this.stderr}`))
        else return
        this.waiters.delete(look)
      }
      this.waiters.add(look)
      look()
    })
  }

  async ready(): Promise<Endpoints> {
    const line = await this.line((one) => one['event'] === 'ready')
    this.endpoints = line['endpoints'] as Endpoints
    return this.endpoints
  }

  /** How it died; null after a signal from the test or an orderly end. */
  died(): string | null {
    const { exitCode, signalCode, killed } = this.child
    // It has not ended before all its output was read.
    if (!this.isOver) return null
    if (signalCode !== null) return killed ? null : signalCode
    return exitCode === null || exitCode === 0 ? null : `code ${exitCode}`
  }

  said(): string {
    return `${this.lines
      .slice(-5)
      .map((line) => JSON.stringify(line))
      .join('\n')}\n${this.stderr}`
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal)
    return this.ended
  }

  token(): string {
    return readFileSync(this.endpoints?.tokenFile ?? '', 'utf8').trim()
  }

  async call<T = Record<string, unknown>>(name: string, args: unknown = {}): Promise<T> {
    const authorization = `Bearer ${this.token()}`
    const response = await fetch(new URL('/v1/call', this.endpoints?.api), {
      method: 'POST',
      // A kept connection might be closed just when it is used again, so each request has its own.
      headers: { authorization, connection: 'close', 'content-type': 'application/json' },
      body: JSON.stringify({ name, args }),
    }).catch((error: unknown) => {
      const died = this.died()
      throw died === null ? error : new Error(`${name}: it ended (${died})\n${this.said()}`)
    })
    const reply = (await response.json()) as { ok: boolean; data: T; error: unknown }
    if (!reply.ok) throw new Error(JSON.stringify(reply.error))
    return reply.data
  }

  /** Items of a stream until `enough` returns true; then the stream is closed. */
  async stream(
    name: string,
    since: number,
    enough: (items: readonly StreamLine[]) => boolean,
  ): Promise<StreamLine[]> {
    const ended = new AbortController()
    const response = await fetch(
      new URL(`/v1/stream?name=${name}&since=${since}`, this.endpoints?.api),
      { headers: { authorization: `Bearer ${this.token()}` }, signal: ended.signal },
    )
    const items: StreamLine[] = []
    let rest = ''
    const decoder = new TextDecoder()
    for await (const part of response.body ?? []) {
      const lines = (rest + decoder.decode(part, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      items.push(...lines.map((text) => JSON.parse(text) as StreamLine))
      if (enough(items)) break
    }
    ended.abort()
    return items
  }
}

export interface StreamLine {
  readonly stream: string
  readonly seq: number
  readonly dropped: number
  readonly data: Readonly<Record<string, unknown>>
}

export interface Ended {
  readonly code: number | null
  readonly json: Line
  readonly stdout: readonly Line[]
  readonly stderr: string
}

/** Runs a command to its end; `json` is its last line on stdout. */
export async function runToEnd(
  args: readonly string[],
  prefix: readonly string[] = [],
): Promise<Ended> {
  const program = new Program([...args, '--json'], prefix)
  const code = await program.ended
  return { code, json: program.lines.at(-1) ?? {}, stdout: program.lines, stderr: program.stderr }
}
