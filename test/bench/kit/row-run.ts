// Runs one row of the bench in a process of its own, so that a row which hangs is ended and named.
// Processes started by a row belong to its process group and end with it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface RowRun {
  /** Lines of its stdout: results as JSON. */
  readonly stdout: string
  /** Why there is no result, in words; null on success. */
  readonly fault: string | null
}

/** The command's stderr is ours. `limit` is a time limit against hanging. */
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
      // The whole group has ended.
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
