// What Linux counts for the processes of a centre: the processor time of its own and of its PostgreSQL server, and the time
// in which the disk of a folder was busy. Null: not to be had here, such as a server on another machine.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus } from 'node:os'
import type pg from 'pg'

/** USER_HZ, which Linux fixes at 100 for programs. */
const tickMs = 10

interface Stat {
  readonly name: string
  readonly parent: number
  /** Of the process, and of its children that have ended. */
  readonly ticks: number
}

/** Null: no such process. */
function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const from = text.indexOf('(')
    const to = text.lastIndexOf(')')
    const cells = text.slice(to + 2).split(' ')
    // utime, stime, cutime, cstime: fields 14 to 17 (proc(5)).
    const ticks = cells.slice(11, 15).reduce((sum, cell) => sum + Number(cell), 0)
    return { name: text.slice(from + 1, to), parent: Number(cells[1]), ticks }
  } catch {
    return null
  }
}

/** The first process of the server, where it runs on this machine. */
export async function postmasterHere(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const backend = statOf(rows[0]?.pid ?? 0)
  return backend?.name === 'postgres' ? backend.parent : null
}

/** Processor time of the server since its start: its processes, and those that have ended. */
export function serverMs(postmaster: number): number | null {
  const first = statOf(postmaster)
  if (first === null) return null
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(pid) ?? [])
    .filter(({ parent }) => parent === postmaster)
  return children.reduce((sum, { ticks }) => sum + ticks, first.ticks) * tickMs
}

/** Processor time of this process since its start. */
export function ownMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Time in which the disk of a folder was busy, of all programs, since the machine's start. */
export function diskBusyMs(folder: string): number | null {
  try {
    const { dev } = statSync(folder)
    const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)]
    const line = readFileSync('/proc/diskstats', 'utf8')
      .split('\n')
      .map((one) => one.trim().split(/\s+/))
      .find(([a, b]) => Number(a) === major && Number(b) === minor)
    // Field 13: milliseconds with requests under way (Documentation/admin-guide/iostats.rst).
    return line?.[12] === undefined ? null : Number(line[12])
  } catch {
    return null
  }
}

export const coresHere = (): number => cpus().length
