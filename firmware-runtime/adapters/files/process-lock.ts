// A lock file that names a process: whoever died holds nothing, also when its number is used again.
// For a data folder, which has one writer, and for a device, which has one driver.
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isDefunct(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Fields of a process from the third (state) on, or none where the system does not say. */
function fieldsOf(pid: number): readonly string[] {
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return []
  // Counted behind the name in brackets, which may hold anything.
  const text = readFileSync(stat, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Dead, but not yet asked for by its parent: it still answers to its number and holds nothing. */
const isDefunct = (pid: number): boolean => ['Z', 'X'].includes(fieldsOf(pid)[0] ?? '')

/** When a process began, or '' where the system does not say: a number is used again after a reboot. */
function birthOf(pid: number): string {
  const boot = '/proc/sys/kernel/random/boot_id'
  const began = fieldsOf(pid)[19]
  if (began === undefined || !existsSync(boot)) return ''
  return `${readFileSync(boot, 'latin1').trim()} ${began}`
}

/** The process that holds a lock file, or null when it is gone. */
export function holderOf(lock: string): number | null {
  const [number = '', birth = ''] = readFileSync(lock, 'utf8').split('\n')
  const pid = Number(number.trim())
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid || !isProcessAlive(pid))
    return null
  return birth === '' || birth === birthOf(pid) ? pid : null
}

/** What the holder wrote of itself; '' when nothing, or when the file is gone. */
export function noteOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8').split('\n')[2] ?? ''
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Removes a lock of this process; one that somebody else has meanwhile stays. */
export function forgetLock(lock: string): void {
  if (!existsSync(lock)) return
  const [number = ''] = readFileSync(lock, 'utf8').split('\n')
  if (Number(number.trim()) === process.pid) rmSync(lock, { force: true })
}

/** A lock without its holder would hold nothing and stay: where there is no room, it goes again. */
function writeHolder(fd: number, lock: string, note: string): void {
  try {
    writeSync(fd, `${process.pid}\n${birthOf(process.pid)}\n${note.replaceAll('\n', ' ')}\n`)
  } catch (error) {
    rmSync(lock, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Takes the lock: null when it is ours now, else the process that holds it. */
export function takeLock(lock: string, note = ''): number | null {
  for (;;) {
    try {
      const fd = openSync(lock, 'wx', 0o600)
      writeHolder(fd, lock, note)
      return null
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const pid = holderOf(lock)
      if (pid !== null) return pid
      rmSync(lock, { force: true })
    }
  }
}
