// Starts a simulator as a separate process and calls its admin side, for tests.
// Ends every process that it started, also after a failed test.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

export interface SimProcess {
  readonly pid: number
  readonly child: ChildProcess
  readonly link: string
  readonly admin: string
  call(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>
  /** Sends a signal; resolves with how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

const folder = new URL('../../../../firmware-runtime/simulators/', import.meta.url)

const shell = fileURLToPath(new URL('shell/process.ts', folder))

/** `module` and `plan`: `rsu/rsu-sim.ts`, `rsuSimPlan`. */
export function spawnSim(module: string, plan: string, argv: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(module, folder))
  const script = `import { runSim } from ${JSON.stringify(shell)}
    import { ${plan} } from ${JSON.stringify(path)}
    process.exitCode = await runSim(${plan}, process.argv.slice(1))`
  return spawn(process.execPath, ['--input-type=module', '-e', script, '--', ...argv], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

export async function firstLine(child: ChildProcess): Promise<unknown> {
  if (!child.stdout) throw new Error('the child has a stdout')
  const lines = createInterface({ input: child.stdout })
  const [line]: unknown[] = await once(lines, 'line')
  const json: unknown = JSON.parse(String(line))
  return json
}

export async function startSimProcess(
  module: string,
  plan: string,
  argv: readonly string[],
): Promise<SimProcess> {
  const child = spawnSim(module, plan, argv)
  const ready = await firstLine(child)
  expect(ready).toMatchObject({ event: 'ready', apiVersion: 1, pid: child.pid })
  const { endpoints }: { endpoints?: Record<string, string> } = Object(ready)
  const admin = endpoints?.admin ?? ''
  return {
    pid: child.pid ?? 0,
    child,
    link: endpoints?.link ?? '',
    admin,
    async call(method, path, body) {
      const response = await fetch(admin + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const json: unknown = await response.json()
      return { status: response.status, json }
    },
    async end(signal) {
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code, by] = await exited
      return { code, signal: by }
    },
  }
}

/** Collects bytes and hands out the next that match; awaiting a real socket event, never a time. */
export class Collector {
  #text = ''
  #wake: (() => void) | null = null

  push(chunk: Uint8Array): void {
    this.#text += Buffer.from(chunk).toString('hex').toUpperCase()
    this.#wake?.()
  }

  async next(shape: RegExp): Promise<string> {
    for (;;) {
      const found = shape.exec(this.#text)
      if (found) {
        this.#text = this.#text.slice(found.index + found[0].length)
        return found[0]
      }
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      await promise
    }
  }
}
