// Whether this machine starts the lanes by itself: the systemd unit of `etc-lane run`, and whether it runs.
// Other systems say that nothing is known; nobody is told of a service that nobody saw.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ServiceState } from '../../api/setup-views.ts'

const unit = 'etc-lane.service'
const folders = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system']
const withinMs = 2_000

export function serviceHere(): ServiceState {
  if (process.platform !== 'linux') return 'unknown'
  if (!folders.some((folder) => existsSync(`${folder}/${unit}`))) return 'none'
  try {
    execFileSync('systemctl', ['is-active', '--quiet', unit], { timeout: withinMs })
    return 'running'
  } catch {
    return 'stopped'
  }
}
