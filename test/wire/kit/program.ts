// Runs the command line as a process: its JSON and its exit code.
// Also finds a trace: one of ../shared if it exists, else the repository's own traffic.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isoOf, instantOf } from '#base/pure/values/instant.ts'
import { generateTraffic } from '#simulators/traffic/generator.ts'

export const repository = fileURLToPath(new URL('../../../', import.meta.url))
/** The program built by `npm test`, which starts three times as fast; else the sources. */
export const program =
  process.env['ETC_LANE_PROGRAM'] ?? join(repository, 'firmware-runtime', 'main.ts')

export interface Ran {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `node ...args` in the repository until it ends. */
export async function runNode(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
  await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode, stdout, stderr }
}

export const runProgram = (...args: string[]): Promise<Ran> => runNode([program, ...args])

const shared = join(repository, '..', 'shared', 'traces')

/** A trace like a week of the 74-space lot; written into `folder` when the real one is missing. */
export function theaterwall(folder: string): string {
  const real = join(shared, 'oldenburg-theaterwall-74-spaces-2025q2.csv')
  if (existsSync(real)) return real
  const file = join(folder, 'generated.csv')
  const fromMs = instantOf(2025, 4, 1, 0)
  const traffic = generateTraffic({ profile: 'small', fromMs, days: 7, seed: 1 })
  const stepMs = 300_000
  let free = traffic.capacity - traffic.insideStart.length
  let nextMs = fromMs
  const lines = ['timestamp,free']
  for (const event of traffic.events()) {
    for (; nextMs <= event.atMs; nextMs += stepMs) lines.push(`${isoOf(nextMs)},${free}`)
    free += event.kind === 'entry' ? -1 : 1
  }
  lines.push(`${isoOf(nextMs)},${free}`)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}
