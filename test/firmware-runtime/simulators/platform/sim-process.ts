// platform-sim as a separate process for tests of this folder: started with its store and certificates in the test's
// folder, called over its admin side, and ended by its own process id.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach } from 'vitest'
import { must } from '#base/pure/values/must.ts'
import { program } from '../../../wire/kit/program.ts'
import { objectOf } from './rig.ts'

/** The built program if there is one, otherwise the sources. */
const command = [program, 'platform-sim']

export interface SimProcess {
  readonly child: ChildProcess
  readonly first: Readonly<Record<string, unknown>>
  readonly baseUrl: string
  readonly adminUrl: string
  readonly certDir: string
  admin(method: string, path: string, body?: unknown): Promise<AdminGot>
  /** Sends kill -9 and waits for the end. */
  killed(): Promise<void>
}

interface AdminGot {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

let running: ChildProcess[] = []

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** A folder for each test; afterwards no process uses it. */
export function simFolder(): () => string {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'platform-sim-test-'))
  })
  afterEach(async () => {
    const all = running
    running = []
    for (const child of all) await end(child)
    rmSync(dir, { recursive: true, force: true })
  })
  return () => dir
}

export async function startPlatform(...words: readonly string[]): Promise<SimProcess> {
  const child = spawn(process.execPath, [...command, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  must(child.stdout !== null, 'stdout is a pipe')
  const [line] = await once(createInterface(child.stdout), 'line')
  const first = objectOf(JSON.parse(String(line)))
  const endpoints = objectOf(first['endpoints'])
  const adminUrl = String(endpoints['admin'])
  return {
    child,
    first,
    adminUrl,
    baseUrl: String(endpoints['baseUrl']),
    certDir: String(endpoints['certDir']),
    async admin(method, path, body) {
      const response = await fetch(`${adminUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, json: objectOf(await response.json()) }
    },
    killed: () => end(child),
  }
}
