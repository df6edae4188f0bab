// A lock file that names its process: a dead process holds no lock, also when its process id is used again.
// For a data folder, which has one writer, and for a device, which has one driver.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import { removePath } from './held-path.ts'

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isDefunct(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Fields of a process from the third (state) on; empty when the system has no /proc. */
function fieldsOf(pid: number): readonly string[] {
  const stat = `/proc/${pid}/stat`
  if (!existsSync(stat)) return []
  // Fields are counted after the name in brackets, which may contain anything.
  const text = readFileSync(stat, 'latin1')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** A dead process that its parent has not collected: its id still exists, but it holds nothing. */
const isDefunct = (pid: number): boolean => ['Z', 'X'].includes(fieldsOf(pid)[0] ?? '')

/** Boot id and start time of a process, '' when unknown: a process id may be used again after a reboot. */
function birthOf(pid: number): string {
  const boot = '/proc/sys/kernel/random/boot_id'
  const began = fieldsOf(pid)[19]
  if (began === undefined || !existsSync(boot)) return ''
  return `${readFileSync(boot, 'latin1').trim()} ${began}`
}

/** The live process that holds a lock file; null when it is gone. */
export function holderOf(lock: string): number | null {
  const [number = '', birth = ''] = readFileSync(lock, 'utf8').split('\n')
  const pid = Number(number.trim())
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid || !isProcessAlive(pid))
    return null
  return birth === '' || birth === birthOf(pid) ? pid : null
}

/** The note of the holder; '' when it is empty or the file is gone. */
export function noteOf(lock: string): string {
  try {
    return readFileSync(lock, 'utf8').split('\n')[2] ?? ''
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Removes a lock of this process; a lock of another process stays. */
export function forgetLock(lock: string): void {
  if (!existsSync(lock)) return
  const [number = ''] = readFileSync(lock, 'utf8').split('\n')
  if (Number(number.trim()) === process.pid) removePath(lock, { force: true })
}

/** Removes the lock again when the disk is full: a lock without a process would hold nothing and stay. */
function writeHolder(fd: number, lock: string, note: string): void {
  try {
    writeSync(fd, `${process.pid}\n${birthOf(process.pid)}\n${note.replaceAll('\n', ' ')}\n`)
  } catch (error) {
    removePath(lock, { force: true })
    throw error
  } finally {
    closeSync(fd)
  }
}

/** Takes the lock: null on success, else the process that holds it. */
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
      removePath(lock, { force: true })
    }
  }
}
