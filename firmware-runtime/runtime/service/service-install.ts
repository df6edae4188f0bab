// Installs the lanes of a folder as a service of this machine, and uninstalls it. A step that this program may not do
// is returned as the command for it; a data folder is never touched.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { consoleText } from './console-text.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { firewallWords } from '#devices/pure/find/push-address.ts'
import { isLoopback } from '#base/pure/lot/simulated.ts'
import { shellCommand, shellOf } from '#base/pure/words/shell-words.ts'
import { laneWords } from '#base/process/program-file.ts'
import { serviceFiles, type ServicePlan } from '#base/desk/service/service-files.ts'
import { firstName, unitOf } from '#base/desk/service/service-names.ts'
import { installedServices, mustClashWithNone, serviceNameOf } from './service-others.ts'
import { mustRunAs } from './service-user.ts'
import { mustBeSafeProgram, openFolder } from './windows-safety.ts'
import {
  rightsCommands,
  taskFile,
  taskXml,
  windowsRemovals,
  windowsSteps,
} from '#base/desk/service/windows-task.ts'
import { removePath } from '#base/files/held-path.ts'

/** Access to the operating system; tests replace it. */
export interface ServiceSystem {
  readonly platform: string
  /** On Windows: an administrator's rights, switched on. */
  readonly isRoot: boolean
  /** The text of a file; null when it does not exist. */
  read(path: string): string | null
  write(path: string, text: string, encoding?: 'utf8' | 'utf16le'): void
  remove(path: string): void
  /** On Windows: who installs, as `DOMAIN\\NAME`. */
  readonly account: string
  /** Output of a command; null when it failed. */
  ask(command: readonly string[]): string | null
  /** Account name of a folder's owner; null for root, or on a system other than Linux. */
  ownerOf(dir: string): string | null
  /** Null on success, else the error message. */
  run(command: readonly string[]): string | null
}

const commandMs = 60_000

export const thisSystem: ServiceSystem = {
  platform: process.platform,
  // Only with an administrator's rights the filters of the file system may be listed.
  get isRoot() {
    return process.platform === 'win32' ? this.run(['fltmc']) === null : process.getuid?.() === 0
  },
  account: [process.env['USERDOMAIN'], process.env['USERNAME']].filter(Boolean).join('\\'),
  read: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
  write(path, text, encoding = 'utf8') {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode: 0o644, encoding })
  },
  ask([program = '', ...args]) {
    try {
      return consoleText(execFileSync(program, args, { timeout: commandMs, stdio: 'pipe' }))
    } catch {
      return null
    }
  },
  remove: (path) => removePath(path, { force: true }),
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
      if (!(error instanceof Error)) return String(error)
      const stderr: unknown = Reflect.get(error, 'stderr')
      const said = stderr instanceof Uint8Array ? consoleText(stderr).trim() : ''
      return said === '' ? error.message.trim() : said
    }
  },
}

interface ServiceDone {
  readonly done: readonly string[]
  readonly left: readonly { readonly what: string; readonly command: string }[]
}

interface Step {
  readonly words: readonly string[]
  readonly mayFail?: true
}

/** Runs commands in order; a failed one is returned for a person to run, and the later ones are run all the same. */
function runAll(system: ServiceSystem, steps: readonly Step[]): ServiceDone {
  const done: string[] = []
  const left: { what: string; command: string }[] = []
  for (const { words, mayFail } of steps) {
    const wrong = system.run(words)
    const command = shellCommand(shellOf(system.platform), words)
    if (wrong === null) done.push(command)
    else if (mayFail !== true) left.push({ what: wrong.split('\n', 1)[0] ?? '', command })
  }
  return { done, left }
}
const steps = (...commands: readonly (readonly string[])[]): readonly Step[] =>
  commands.map((words) => ({ words }))

const leftAll = (what: string, commands: readonly string[]): ServiceDone => ({
  done: [],
  left: commands.map((command) => ({ what, command })),
})

/** For a caller without the rights: the same command, to be run with them. */
function again(plan: ServicePlan, system: ServiceSystem, words: readonly string[]): ServiceDone {
  const shell = shellOf(system.platform)
  const command = [...laneWords(plan), ...words]
  return system.platform === 'win32'
    ? leftAll('administrator', [shellCommand(shell, command)])
    : leftAll('root', [shellCommand(shell, ['sudo', ...command])])
}

/** A line feed would begin another setting of the unit, or another command of the script, also inside quotes. */
function mustBeOneLine({ dir, node, program }: ServicePlan): void {
  for (const [field, value] of Object.entries({ '--data': dir, node, program }))
    if (/\p{Cc}/u.test(value))
      throw new LaneFault('ARG-01', { field, value: JSON.stringify(value), note: oneLine })
}
const oneLine = t('路径里有换行或控制字符', 'a line feed or control character in the path')

function installTask(plan: ServicePlan, system: ServiceSystem): ServiceDone {
  const file = taskFile(plan.dir)
  system.write(file, `\uFEFF${taskXml(plan)}`, 'utf16le')
  const { done, left } = runAll(system, windowsSteps(plan, system.account))
  const open = openFolder(plan.dir, system)
  const closing = rightsCommands(plan.dir, system.account).map((words) => ({
    what: open?.en ?? '',
    command: shellCommand('powershell', words),
  }))
  return { done: [file, ...done], left: [...left, ...(open === null ? [] : closing)] }
}

const firewall = '/usr/sbin/ufw'

/** Debian's firewall, where there is one, lets cameras and billing systems in; a rule of one that is off is kept for later. */
function firewallSteps(
  { intake = null, published = null }: ServicePlan,
  { read }: Pick<ServiceSystem, 'read'>,
) {
  const beyond = <At extends { readonly host: string }>(at: At | null): readonly At[] =>
    at === null || isLoopback(at.host) ? [] : [at]
  if (read(firewall) === null) return []
  return [
    ...beyond(intake).flatMap(({ port, allow }) => allow.map((from) => firewallWords(port, from))),
    ...beyond(published).map(({ port }) => firewallWords(port, 'any')),
  ]
}

/** Throws ARG-01, SERVICE-01, SERVICE-02, SERVICE-04, SERVICE-20 or SERVICE-21 before anything is written. */
export function installService(asked: ServicePlan, system: ServiceSystem): ServiceDone {
  mustBeOneLine(asked)
  const { dir, user } = asked
  mustClashWithNone(dir, system)
  const name = serviceNameOf(dir, system)
  const plan = { ...asked, name }
  const as = user === undefined ? [] : ['--user', user]
  if (system.platform === 'win32') {
    mustBeSafeProgram(plan, system)
    if (!system.isRoot) return again(plan, system, ['install', '--data', dir])
    return installTask(plan, system)
  }
  if (system.platform !== 'linux')
    return leftAll('systemd', [shellCommand('sh', [...laneWords(plan), 'run', '--data', dir])])
  if (!system.isRoot) return again(plan, system, ['install', '--data', dir, ...as])
  if (user !== undefined) mustRunAs(plan, user, system)
  const files = serviceFiles(plan)
  for (const { path, text } of files) if (system.read(path) !== text) system.write(path, text)
  const { done, left } = runAll(
    system,
    steps(
      ['systemctl', 'daemon-reload'],
      ['udevadm', 'control', '--reload'],
      ['systemctl', 'enable', unitOf(name)],
      ...firewallSteps(plan, system),
      ['systemctl', 'restart', ...(plan.soon === true ? ['--no-block'] : []), unitOf(name)],
    ),
  )
  return { done: [...files.map(({ path }) => path), ...done], left }
}

const noService = t('没有启动这个文件夹的服务', 'no service starts this folder')

/** The service of `dir`, or the machine's first one. What another one needs too stays. Throws ARG-01: `dir` has none. */
export function uninstallService(
  dir: string | null,
  asked: Pick<ServicePlan, 'node' | 'program'>,
  system: ServiceSystem,
): ServiceDone {
  const { platform, isRoot } = system
  const services = installedServices(system)
  const own = services.find((one) => one.dir === dir)?.name
  const name = dir === null ? firstName : own
  if (name === undefined)
    throw new LaneFault('ARG-01', { field: '--data', value: dir ?? '', note: noService })
  const plan: ServicePlan = { ...asked, dir: dir ?? '/', name }
  const words = ['uninstall', ...(dir === null ? [] : ['--data', dir])]
  if (platform === 'win32' && isRoot)
    return runAll(
      system,
      windowsRemovals(name).map((removal) => ({ words: removal, mayFail: true })),
    )
  if (!['win32', 'linux'].includes(platform)) return leftAll('systemd', [])
  if (!isRoot) return again(plan, system, words)
  const isLast = services.every((one) => one.name === name)
  const there = serviceFiles(plan).filter(
    ({ what, path }) => (isLast || what === 'unit') && system.read(path) !== null,
  )
  const hasUnit = there.some(({ what }) => what === 'unit')
  const stopped = hasUnit
    ? runAll(system, steps(['systemctl', 'disable', '--now', unitOf(name)]))
    : { done: [], left: [] }
  for (const { path } of there) system.remove(path)
  const { done, left } = runAll(
    system,
    there.length === 0 ? [] : steps(['systemctl', 'daemon-reload']),
  )
  return {
    done: [...stopped.done, ...there.map(({ path }) => path), ...done],
    left: [...stopped.left, ...left],
  }
}
