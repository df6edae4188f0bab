// A server that outlived its centre, which was killed: found by its pid file and by the folder that it works in, and ended.
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { pause } from './pause.ts'
import { tempPrefix } from './socket-folder.ts'

/** Each way to end it has this long. A fast shutdown writes what is in memory. */
const waysMs = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 20_000],
] as const
const lookMs = 50

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Whether this process is one of PostgreSQL that works in `data`: each of them has it as its working folder. */
function worksIn(pid: number, data: string): boolean {
  if (textOf(`/proc/${pid}/comm`).trim() !== 'postgres') return false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data
  } catch {
    return false
  }
}

const workersIn = (data: string): readonly number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && worksIn(pid, data))

/** Ends it and waits. Without /proc nothing is ended: PostgreSQL itself refuses a second server. */
export async function endLeftBehind(dataDir: string, mono: MonoClock): Promise<void> {
  if (!existsSync('/proc/self') || !existsSync(dataDir)) return
  const data = realpathSync(dataDir)
  const pidFile = join(data, 'postmaster.pid')
  const [first = '', place = '', , , socket = ''] = textOf(pidFile).split('\n')
  const pid = Number(first)
  const isOurs = pid > 1 && worksIn(pid, data) && realOf(place) === data
  for (const [signal, withinMs] of waysMs) {
    if (workersIn(data).length === 0) break
    if (isOurs && worksIn(pid, data)) process.kill(pid, signal)
    const untilUs = mono.nowUs() + withinMs * 1000
    while (workersIn(data).length > 0 && mono.nowUs() < untilUs) await pause(mono, lookMs)
  }
  const [left] = workersIn(data)
  if (left !== undefined) throw new LaneFault('CENTRE-02', { file: dataDir, value: `pid ${left}` })
  // The number in it may belong to another program by now, which PostgreSQL would take for a server.
  rmSync(pidFile, { force: true })
  if (basename(socket).startsWith(tempPrefix)) rmSync(socket, { recursive: true, force: true })
}

const realOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return ''
  }
}
