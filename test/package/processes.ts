// The processes of a package under test, read from /proc.
// Found by a mark in their environment, so that no other Studio is ever counted or ended.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface OwnProcess {
  readonly pid: number
  readonly command: string
}

/** A process may end between two looks, and some of the window's processes cannot be read. */
function seen<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return otherwise
    throw error
  }
}

const text = (pid: number, name: string): string =>
  seen(() => readFileSync(`/proc/${pid}/${name}`, 'utf8'), '')
const link = (pid: number, name: string): string =>
  seen(() => readlinkSync(`/proc/${pid}/${name}`), '')

/** Ended, but its parent has not collected its exit code yet. */
const isZombie = (pid: number): boolean => /^\d+ \(.*\) [ZX] /s.test(text(pid, 'stat'))

/** Every live process with this mark in its environment, or whose program is in this folder. */
export function processesOf(mark: string, folder: string): OwnProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => text(pid, 'environ').includes(mark) || programOf(pid).startsWith(folder))
    .filter((pid) => !isZombie(pid))
    .map((pid) => ({ pid, command: text(pid, 'cmdline').replaceAll('\0', ' ') }))
}

/** Electron processes that run our bundle: the runtime and each simulator. */
export const bundleProcesses = (all: readonly OwnProcess[]): OwnProcess[] =>
  all.filter(({ command }) => command.includes('node.mojom.NodeService'))

export const programOf = (pid: number): string => link(pid, 'exe')

const openFiles = (pid: number): string[] =>
  seen(() => readdirSync(`/proc/${pid}/fd`), []).map((fd) => link(pid, `fd/${fd}`))

/** Every file that a process has open, has mapped, was started with or has as working directory. */
export const filesOf = (pid: number): string[] => [
  ...openFiles(pid),
  ...text(pid, 'maps')
    .split('\n')
    .map((line) => line.split(/\s+/).slice(5).join(' ')),
  ...text(pid, 'cmdline').split('\0'),
  link(pid, 'cwd'),
]

/** The one of these processes that listens on a port of 127.0.0.1. */
export function listenerOf(url: string, pids: readonly number[]): number | undefined {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0')
  const row = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, local, , state]) => local === `0100007F:${port}` && state === '0A')
  return pids.find((pid) => openFiles(pid).includes(`socket:[${row?.[9] ?? ''}]`))
}
