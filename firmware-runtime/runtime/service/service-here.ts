// Whether this machine starts the lanes of a folder by itself: the systemd unit of `etc-lane run` or the task of Windows, and
// whether it runs. Other systems say that nothing is known; nobody is told of a service that nobody saw.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { ServiceState } from '../../core/lot/safeguards.ts'
import { packagedUnit, quoted, unitFile, unitName } from './service-files.ts'

const units = [unitFile, packagedUnit, `/lib/systemd/system/${unitName}`]
const withinMs = 2_000
/** Windows starts its shell slowly. */
const shellMs = 10_000

/** Null: it ended with a fault. */
type Ask = (program: string, args: readonly string[]) => string | null
/** Null: it is not there. */
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

const taskState = ['-NoProfile', '-Command', '(Get-ScheduledTask etc-lane).State'] as const
/** The state as the shell names it in every language of Windows. */
function ofTask(state: string | null): ServiceState {
  if (state === null || state.trim() === '') return 'none'
  return state.trim() === 'Running' ? 'running' : 'stopped'
}

/** A unit that runs another folder begins no lane of this one. */
const hasUnit = (dir: string, read: Read): boolean =>
  units.some((file) => read(file)?.includes(` "--data" ${quoted(dir)}\n`) === true)

export function serviceHere(
  dir: string,
  { platform, run, read }: Here = thisMachine,
): ServiceState {
  if (platform === 'win32') return ofTask(run('powershell', taskState))
  if (platform !== 'linux') return 'unknown'
  if (!hasUnit(dir, read)) return 'none'
  return run('systemctl', ['is-active', '--quiet', unitName]) === null ? 'stopped' : 'running'
}

/** Asks the shell of Windows without waiting for it. */
type AskLater = (take: (state: string | null) => void) => void

const askTask: AskLater = (take) => {
  execFile('powershell', [...taskState], { timeout: shellMs }, (wrong, out) =>
    take(wrong === null ? out : null),
  )
}
/** A task that was installed meanwhile is seen when it is looked for again. */
const againMs = 60_000

/**
 * Of the process that asks, without waiting for anybody: a lane does not stand still for it. On Linux by its own control
 * group, which no session of a desktop has; on Windows it is `unknown` until the shell has answered.
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
      seen = ofTask(state)
    })
    return seen
  }
}
