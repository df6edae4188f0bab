// A data folder: its lock, its run file and its keys (contract.md sections 2 and 3).
// One runtime a folder; what dies leaves a lock whose process is gone, and that lock is taken over.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '../core/values/faults.ts'
import { bytesOfHex, hexOf } from '../core/values/bytes.ts'
import type { Random } from '../ports/clocks.ts'

const folders = ['run', 'keys', 'photos', 'logs', 'backup'] as const

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, or '' where the system does not say: a number is used again after a reboot. */
function birthOf(pid: number): string {
  const stat = `/proc/${pid}/stat`
  const boot = '/proc/sys/kernel/random/boot_id'
  if (!existsSync(stat) || !existsSync(boot)) return ''
  // Field 22, counted behind the name in brackets, which may hold anything.
  const text = readFileSync(stat, 'latin1')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return `${readFileSync(boot, 'latin1').trim()} ${fields[19] ?? ''}`
}

/** The process that holds a lock file, or null when it is gone. */
function holderOf(lock: string): number | null {
  const [number = '', birth = ''] = readFileSync(lock, 'utf8').split('\n')
  const pid = Number(number.trim())
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid || !isAlive(pid)) return null
  return birth === '' || birth === birthOf(pid) ? pid : null
}

const lockedBy = (lock: string, pid: number): LaneFault =>
  new LaneFault('LOCK-01', { file: lock, value: String(pid), note: `pid ${pid}` })

/** LOCK-01 while another runtime holds the folder; nothing is taken. */
export function mustBeFree(dir: string): void {
  const lock = join(dir, 'run', 'lock')
  const pid = existsSync(lock) ? holderOf(lock) : null
  if (pid !== null) throw lockedBy(lock, pid)
}

export interface DataFolder {
  readonly dir: string
  /** Says where the runtime can be reached; removed on a clean exit. */
  announce(endpoints: unknown): void
  release(): void
}

/** Makes the folders and takes the lock. Throws DATA-01 or LOCK-01. */
export function claimFolder(dir: string): DataFolder {
  const lock = join(dir, 'run', 'lock')
  const runFile = join(dir, 'run', 'runtime.json')
  try {
    for (const folder of folders) mkdirSync(join(dir, folder), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new LaneFault('DATA-01', { file: dir, note: error instanceof Error ? error.message : '' })
  }
  takeLock(lock, dir)
  return {
    dir,
    announce(endpoints) {
      const text = `${JSON.stringify({ apiVersion: 1, pid: process.pid, endpoints })}\n`
      writeFileSync(`${runFile}.new`, text, { mode: 0o600 })
      renameSync(`${runFile}.new`, runFile)
    },
    release() {
      rmSync(runFile, { force: true })
      rmSync(lock, { force: true })
    },
  }
}

function takeLock(lock: string, dir: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const fd = openSync(lock, 'wx', 0o600)
      writeSync(fd, `${process.pid}\n${birthOf(process.pid)}\n`)
      closeSync(fd)
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code !== 'EEXIST') {
        const note = error instanceof Error ? error.message : ''
        throw new LaneFault('DATA-01', { file: dir, note })
      }
      const pid = holderOf(lock)
      if (pid !== null) throw lockedBy(lock, pid)
      rmSync(lock, { force: true })
    }
  }
  throw new LaneFault('LOCK-01', { file: lock, note: 'another start was quicker' })
}

/** Where a live runtime of this folder can be reached, or null when none runs. */
export function liveRuntime(
  dir: string,
): { pid: number; endpoints: { api: string; tokenFile: string } } | null {
  const file = join(dir, 'run', 'runtime.json')
  if (!existsSync(file)) return null
  const found = JSON.parse(readFileSync(file, 'utf8')) as {
    pid: number
    endpoints: { api: string; tokenFile: string }
  }
  return isAlive(found.pid) ? found : null
}

/**
 * The key of the hash chain, made at the first start. It keeps the owner of a copied database from
 * recomputing the chain; it is readable by the service's user alone.
 */
export function chainKeyOf(dir: string, random: Random): Uint8Array {
  const file = join(dir, 'keys', 'chain.key')
  if (existsSync(file)) {
    const key = bytesOfHex(readFileSync(file, 'utf8').trim())
    if (key === null || key.length !== 32)
      throw new LaneFault('FILE-01', { file, note: 'not a chain key of 32 bytes' })
    return key
  }
  const key = random.bytes(32)
  try {
    mkdirSync(join(dir, 'keys'), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${hexOf(key)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    throw new LaneFault('DATA-01', { file, note: error instanceof Error ? error.message : '' })
  }
  return key
}
