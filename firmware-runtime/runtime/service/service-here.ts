// Whether this machine starts the lanes by itself: the systemd unit of `etc-lane run` or the task of Windows, and whether it
// runs. Other systems say that nothing is known; nobody is told of a service that nobody saw.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ServiceState } from '../../api/setup-views.ts'

const unit = 'etc-lane.service'
const folders = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system']
const withinMs = 2_000
/** Windows starts its shell slowly. */
const shellMs = 10_000

/** Null: it ended with a fault. */
type Ask = (program: string, args: readonly string[]) => string | null

const ask: Ask = (program, args) => {
  const timeout = program === 'systemctl' ? withinMs : shellMs
  try {
    return execFileSync(program, args, { timeout, encoding: 'utf8', stdio: 'pipe' })
  } catch {
    return null
  }
}

/** The state as the shell names it in every language of Windows. */
function ofWindows(run: Ask): ServiceState {
  const state = run('powershell', ['-NoProfile', '-Command', '(Get-ScheduledTask etc-lane).State'])
  if (state === null || state.trim() === '') return 'none'
  return state.trim() === 'Running' ? 'running' : 'stopped'
}

export function serviceHere(platform: string = process.platform, run: Ask = ask): ServiceState {
  if (platform === 'win32') return ofWindows(run)
  if (platform !== 'linux') return 'unknown'
  if (!folders.some((folder) => existsSync(`${folder}/${unit}`))) return 'none'
  return run('systemctl', ['is-active', '--quiet', unit]) === null ? 'stopped' : 'running'
}

/** Of the process that asks, without waiting for anybody: a lane does not stand still for it. */
export function serviceOfThis(env: NodeJS.ProcessEnv = process.env): ServiceState {
  if (process.platform !== 'linux') return 'unknown'
  if (env['INVOCATION_ID'] !== undefined) return 'running'
  return folders.some((folder) => existsSync(`${folder}/${unit}`)) ? 'stopped' : 'none'
}
