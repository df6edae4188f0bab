// Runs one row of the bench as a process of its own, so that a row which never ends is ended and named.
// A row may start processes: they are of its process group and end with it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface RowRun {
  /** Lines of its stdout: results as JSON. */
  readonly stdout: string
  /** Why it has no result, in words; null when it ended well. */
  readonly fault: string | null
}

/** `command` says its errors on our stderr. `limit` is a bound against hangs. */
export async function runRow(
  name: string,
  command: readonly [string, ...string[]],
  limit: AbortSignal,
): Promise<RowRun> {
  const [program, ...args] = command
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  })
  const endAll = (): void => {
    if (child.pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
    } catch {
      // All of its group have ended.
    }
  }
  process.once('exit', endAll)
  limit.addEventListener('abort', endAll)
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  endAll()
  limit.removeEventListener('abort', endAll)
  process.off('exit', endAll)
  if (limit.aborted) return { stdout, fault: `${name}: not done within its limit, ended` }
  const ended = code === null ? `by ${signal ?? 'nobody'}` : `with code ${code}`
  return { stdout, fault: code === 0 ? null : `${name}: ended ${ended}` }
}
