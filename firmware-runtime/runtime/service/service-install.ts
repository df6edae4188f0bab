// Installs the lanes of a folder as a service of this machine, and uninstalls it. A step that this program may not do
// is returned as the command for it; a data folder is never touched.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { t } from '../../core/values/fault-text.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import {
  serviceFiles,
  unitName,
  windowsCommand,
  windowsRemovals,
  windowsScript,
  windowsScriptFile,
  type ServicePlan,
} from './service-files.ts'
import { mustRunAs } from './service-user.ts'

/** Access to the operating system; tests replace it. */
export interface ServiceSystem {
  readonly platform: string
  readonly isRoot: boolean
  /** The text of a file; null when it does not exist. */
  read(path: string): string | null
  write(path: string, text: string): void
  remove(path: string): void
  /** Account name of a folder's owner; null for root, or on a system other than Linux. */
  ownerOf(dir: string): string | null
  /** Null on success, else the error message. */
  run(command: readonly string[]): string | null
}

const commandMs = 60_000

export const thisSystem: ServiceSystem = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write(path, text) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode: 0o644 })
  },
  remove: (path) => rmSync(path, { force: true }),
  ownerOf(dir) {
    const { uid } = statSync(dir)
    if (process.platform !== 'linux' || uid === 0) return null
    return execFileSync('id', ['-nu', String(uid)], { timeout: commandMs, encoding: 'utf8' }).trim()
  },
  run([program = '', ...args]) {
    try {
      execFileSync(program, args, { timeout: commandMs, stdio: ['ignore', 'ignore', 'pipe'] })
      return null
    } catch (error) {
      return error instanceof Error ? error.message.trim() : String(error)
    }
  },
}

interface ServiceDone {
  readonly done: readonly string[]
  readonly left: readonly { readonly what: string; readonly command: string }[]
}

const noUser = (platform: string): boolean => platform === 'win32'

/** Runs commands in order; a failed one is returned for a person to run, and the later ones are run all the same. */
function runAll(system: ServiceSystem, commands: readonly (readonly string[])[]): ServiceDone {
  const done: string[] = []
  const left: { what: string; command: string }[] = []
  for (const command of commands) {
    const wrong = system.run(command)
    if (wrong === null) done.push(command.join(' '))
    else left.push({ what: wrong.split('\n', 1)[0] ?? '', command: command.join(' ') })
  }
  return { done, left }
}

const leftAll = (what: string, commands: readonly string[]): ServiceDone => ({
  done: [],
  left: commands.map((command) => ({ what, command })),
})

/** The message for a caller without root rights: run the same command with sudo. */
const again = (words: string): ServiceDone => leftAll('root', [`sudo etc-lane ${words}`])

/** A line feed would begin another setting of the unit, or another command of the script, also inside quotes. */
function mustBeOneLine({ dir, node, program }: ServicePlan): void {
  for (const [field, value] of Object.entries({ '--data': dir, node, program }))
    if (/\p{Cc}/u.test(value))
      throw new LaneFault('ARG-01', { field, value: JSON.stringify(value), note: oneLine })
}
const oneLine = t('路径里有换行或控制字符', 'a line feed or control character in the path')

/** Throws ARG-01, SERVICE-01 or SERVICE-02 before anything is written. */
export function installService(plan: ServicePlan, system: ServiceSystem): ServiceDone {
  mustBeOneLine(plan)
  if (noUser(system.platform)) {
    const file = windowsScriptFile(plan.dir)
    system.write(file, windowsScript(plan))
    return { ...leftAll('administrator', [windowsCommand(plan.dir)]), done: [file] }
  }
  if (system.platform !== 'linux') return leftAll('systemd', [`${plan.node} ${plan.program} run`])
  const { user } = plan
  const as = user === undefined ? '' : ` --user ${user}`
  if (!system.isRoot) return again(`install --data ${plan.dir}${as}`)
  if (user !== undefined) mustRunAs(plan, user, system)
  const files = serviceFiles(plan)
  for (const { path, text } of files) if (system.read(path) !== text) system.write(path, text)
  const { done, left } = runAll(system, [
    ['systemctl', 'daemon-reload'],
    ['udevadm', 'control', '--reload'],
    ['systemctl', 'enable', unitName],
    ['systemctl', 'restart', unitName],
  ])
  return { done: [...files.map(({ path }) => path), ...done], left }
}

export function uninstallService(plan: ServicePlan, system: ServiceSystem): ServiceDone {
  if (noUser(system.platform)) return leftAll('administrator', windowsRemovals)
  if (system.platform !== 'linux') return leftAll('systemd', [])
  if (!system.isRoot) return again('uninstall')
  const there = serviceFiles(plan).filter(({ path }) => system.read(path) !== null)
  const hasUnit = there.some(({ what }) => what === 'unit')
  const stopped = hasUnit
    ? runAll(system, [['systemctl', 'disable', '--now', unitName]])
    : { done: [], left: [] }
  for (const { path } of there) system.remove(path)
  const { done, left } = runAll(system, there.length === 0 ? [] : [['systemctl', 'daemon-reload']])
  return {
    done: [...stopped.done, ...there.map(({ path }) => path), ...done],
    left: [...stopped.left, ...left],
  }
}
