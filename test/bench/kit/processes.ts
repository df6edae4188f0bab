// Processes that a row starts only to measure them: time to their first line, and memory.
// Each is ended by its own handle.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { present } from '#base/pure/values/must.ts'

export interface Started {
  readonly child: ChildProcess
  /** Time from the spawn to the first line, in ms. */
  readonly firstLineMs: number
  /** Processor time of all its threads up to its first line, in ms. */
  readonly firstLineCpuMs: number
  end(): Promise<void>
}

/** Processor time of the present threads of a process, in ms (Linux); 0 elsewhere. */
function cpuMs(pid: number): number {
  if (process.platform !== 'linux') return 0
  let sumNs = 0
  for (const task of readdirSync(`/proc/${pid}/task`))
    sumNs += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1').split(' ', 1)[0])
  return sumNs / 1e6
}

export async function startNode(args: readonly string[]): Promise<Started> {
  const startNs = process.hrtime.bigint()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const stdout = present(child.stdout, 'stdout is a pipe')
  await Promise.race([
    once(stdout, 'data'),
    gone.then(() => Promise.reject(new Error('it ended before it said anything'))),
  ])
  const firstLineMs = Number(process.hrtime.bigint() - startNs) / 1e6
  const firstLineCpuMs = cpuMs(present(child.pid, 'it runs'))
  stdout.resume()
  return {
    child,
    firstLineMs,
    firstLineCpuMs,
    async end() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024

/** Resident memory of one process, MB (Linux). */
export const rssMb = (pid: number): number =>
  field(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmRSS')

/** Peak resident memory of a process, in MB (Linux). */
export const peakMb = (pid: number): number =>
  field(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM')

/** Content of a file in /proc; empty for a process that has ended meanwhile. */
function ofProcess(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return ''
  }
}

/** A process and all its descendants. */
function family(root: number): number[] {
  const childrenOf = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = ofProcess(Number(name), 'stat')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), Number(name)])
  }
  const all = [root]
  for (const pid of all) all.push(...(childrenOf.get(pid) ?? []))
  return all
}

/** Memory of a process and all its descendants, shared pages counted once, in MB (Linux). */
export function familyMb(root: number): number {
  let sum = 0
  for (const pid of family(root)) sum += field(ofProcess(pid, 'smaps_rollup'), 'Pss')
  return sum
}
