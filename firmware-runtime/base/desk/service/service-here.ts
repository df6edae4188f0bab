// Whether this machine starts the lanes of a folder at boot, by the systemd unit of `etc-lane run` or a Windows task,
// and whether it runs. On other systems the answer is unknown.
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { ServiceState } from '#ledger/pure/lot/safeguards.ts'
import { shellWord } from '../../pure/words/shell-words.ts'
import {
  firstName,
  furtherName,
  isHeld,
  keepFile,
  packagedUnit,
  quoted,
  unitFileOf,
  unitOf,
} from './service-names.ts'
import { windowsArgument } from './windows-task.ts'

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

/** Arguments of the shell for the state of the task of a folder; no such task: nothing is printed. */
export function taskState(dir: string): readonly string[] {
  const end = shellWord('powershell', `"--data" ${windowsArgument(dir)}`)
  const own = `{ $_.Actions.Arguments.EndsWith(${end}, 'OrdinalIgnoreCase') }`
  const asked = `(Get-ScheduledTask ${firstName}* | Where-Object ${own}).State`
  return ['-NoProfile', '-Command', asked]
}
/** The state as the shell names it in all languages of Windows; a task that waits without lanes runs as well. */
function ofTask(state: string | null, note: string | null): ServiceState {
  if (state === null || state.trim() === '') return 'none'
  return state.trim() === 'Running' && !isHeld(note) ? 'running' : 'stopped'
}

/** Files of the units that may start a folder's lanes, by the name of the service. */
const unitFilesOf = (dir: string): readonly (readonly [string, string])[] => [
  [firstName, unitFileOf(firstName)],
  [firstName, packagedUnit],
  [firstName, `/lib/systemd/system/${unitOf(firstName)}`],
  [furtherName(dir), unitFileOf(furtherName(dir))],
]

/** The service that starts a folder's lanes; null: none. A unit for another folder does not start them. */
function serviceFor(dir: string, read: Read): string | null {
  const starts = (text: string | null): boolean =>
    text?.includes(` "--data" ${quoted(dir)}\n`) === true
  return unitFilesOf(dir).find(([, file]) => starts(read(file)))?.[0] ?? null
}

export function serviceHere(
  dir: string,
  { platform, run, read }: Here = thisMachine,
): ServiceState {
  if (platform === 'win32') return ofTask(run('powershell', taskState(dir)), read(keepFile(dir)))
  if (platform !== 'linux') return 'unknown'
  const name = serviceFor(dir, read)
  if (name === null) return 'none'
  return run('systemctl', ['is-active', '--quiet', unitOf(name)]) === null ? 'stopped' : 'running'
}

/** Calls the Windows shell without waiting. */
type AskLater = (take: (state: string | null) => void, dir: string) => void

const askTask: AskLater = (take, dir) => {
  execFile('powershell', [...taskState(dir)], { timeout: shellMs }, (wrong, out) =>
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
      const own = read('/proc/self/cgroup') ?? ''
      const names = [firstName, furtherName(dir)]
      if (names.some((name) => own.includes(`/${unitOf(name)}`))) return 'running'
      return serviceFor(dir, read) === null ? 'none' : 'stopped'
    }
    if (platform !== 'win32' || performance.now() - askedAtMs < againMs) return seen
    askedAtMs = performance.now()
    ask((state) => {
      seen = ofTask(state, read(keepFile(dir)))
    }, dir)
    return seen
  }
}
