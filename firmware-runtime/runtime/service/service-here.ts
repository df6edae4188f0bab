// Whether this machine starts the lanes of a folder at boot, by the systemd unit of `etc-lane run` or a Windows task,
// and whether it runs. On other systems the answer is unknown.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { ServiceState } from '../../core/lot/safeguards.ts'
import { isHeld, keepFile, packagedUnit, quoted, unitFile, unitName } from './service-names.ts'

const units = [unitFile, packagedUnit, `/lib/systemd/system/${unitName}`]
const withinMs = 2_000
/** Timeout for the slow start of the Windows shell. */
const shellMs = 10_000

/** Output of a command; null when it failed. */
type Ask = (program: string, args: readonly string[]) => string | null
/** Content of a file; null when it does not exist. */
type Read = (path: string) => string | null

interface Here {
  readonly platform: string
  readonly run: Ask
  readonly read: Read
}

const thisMachine: Here = {
  platform: process.platform,
  run(program, args) {
    const timeout = program === 'systemctl' ? withinMs : shellMs
    try {
      return execFileSync(program, args, { timeout, encoding: 'utf8', stdio: 'pipe' })
    } catch {
      return null
    }
  },
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
}

export const taskState = ['-NoProfile', '-Command', '(Get-ScheduledTask etc-lane).State'] as const
/** The state as the shell names it in all languages of Windows; a task that waits without lanes runs as well. */
function ofTask(state: string | null, note: string | null): ServiceState {
  if (state === null || state.trim() === '') return 'none'
  return state.trim() === 'Running' && !isHeld(note) ? 'running' : 'stopped'
}

/** A unit for another folder does not start this folder's lanes. */
const hasUnit = (dir: string, read: Read): boolean =>
  units.some((file) => read(file)?.includes(` "--data" ${quoted(dir)}\n`) === true)

export function serviceHere(
  dir: string,
  { platform, run, read }: Here = thisMachine,
): ServiceState {
  if (platform === 'win32') return ofTask(run('powershell', taskState), read(keepFile(dir)))
  if (platform !== 'linux') return 'unknown'
  if (!hasUnit(dir, read)) return 'none'
  return run('systemctl', ['is-active', '--quiet', unitName]) === null ? 'stopped' : 'running'
}

/** Calls the Windows shell without waiting. */
type AskLater = (take: (state: string | null) => void) => void

const askTask: AskLater = (take) => {
  execFile('powershell', [...taskState], { timeout: shellMs }, (wrong, out) =>
    take(wrong === null ? out : null),
  )
}
/** A task that was installed later is found after this time in ms. */
const againMs = 60_000

/**
 * State of the folder's service as seen by this process, without waiting: a lane must not stand still for it. On Linux
 * it is `running` in the service's control group, which no desktop session has; on Windows `unknown` until the shell
 * has answered.
 */
export function serviceOfThis(
  dir: string,
  { platform, read }: Pick<Here, 'platform' | 'read'> = thisMachine,
  ask: AskLater = askTask,
): () => ServiceState {
  let seen: ServiceState = 'unknown'
  let askedAtMs = -Infinity
  return () => {
    if (platform === 'linux') {
      if (read('/proc/self/cgroup')?.includes(`/${unitName}`) === true) return 'running'
      return hasUnit(dir, read) ? 'stopped' : 'none'
    }
    if (platform !== 'win32' || performance.now() - askedAtMs < againMs) return seen
    askedAtMs = performance.now()
    ask((state) => {
      seen = ofTask(state, read(keepFile(dir)))
    })
    return seen
  }
}
