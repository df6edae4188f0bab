// The checks of `etc-lane doctor --service`: unit, running and start at boot, ports, sleep, folder, recovery key and
// second place. Each check has a verdict, a reason, an advice and its command.
import { existsSync, statSync } from 'node:fs'
import { recoveryHalf } from '#base/secrets/folder-keys.ts'
import { safeguards, type Safeguard, type ServiceState } from '#ledger/pure/lot/safeguards.ts'
import { isServer } from '#base/pure/lot/copy-place.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { cloudFolder } from '#ledger/pure/lot/cloud-folder.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { shellCommand, shellOf } from '#base/pure/words/shell-words.ts'
import { laneWords } from '#base/process/program-file.ts'
import {
  firstName,
  isHeld,
  keepFile,
  packagedUnit,
  unitOf,
} from '#base/desk/service/service-names.ts'
import { serviceNameOf } from './service-others.ts'
import { serviceFiles, type ServicePlan } from '#base/desk/service/service-files.ts'
import { taskState } from '#base/desk/service/service-here.ts'
import type { ServiceSystem } from './service-install.ts'
import { barredPath, userOfUnit } from './service-user.ts'
import { openFolder, programTrouble } from './windows-safety.ts'
import { rightsCommands } from '#base/desk/service/windows-task.ts'

interface ServiceCheck {
  readonly id: string
  readonly verdict: 'pass' | 'warn' | 'fail' | 'unknown'
  readonly reason: string
  /** The reason in both languages. */
  readonly why: BilingualText
  /** Null when nothing has to be done. */
  readonly todo: BilingualText | null
  readonly command: string | null
}

/** `done`: reasons of the passed checks; `left`: the others, each with its command. */
interface ServiceReport {
  readonly ok: boolean
  readonly done: readonly string[]
  readonly left: readonly { readonly what: string; readonly command: string }[]
  readonly checks: readonly ServiceCheck[]
}

type NamedPlan = ServicePlan & { readonly name: string }

interface Mend {
  readonly todo: BilingualText
  readonly command: string
}

const t = (zh: string, en: string): BilingualText => ({ zh, en })
const run = (command: string): Mend => ({ todo: t(`运行 ${command}`, `Run ${command}`), command })

/** Warnings about a folder, whether its lanes run or not. */
export function safeguardsOf(
  plan: ServicePlan,
  platform: string,
  service: ServiceState,
): ReturnType<typeof safeguards> {
  const { dir, user } = plan
  const keyId = recoveryHalf(dir)?.id ?? null
  const to = loadLot(dir).config.copies?.to ?? null
  return safeguards({ dir, platform, program: laneWords(plan), keyId, to, service, user })
}
const installed = (plan: ServicePlan, { platform }: Pick<ServiceSystem, 'platform'>): Mend =>
  run(safeguardsOf(plan, platform, 'unknown')[1].command)

type Found = Pick<ServiceCheck, 'verdict' | 'reason' | 'why'>
const found = (verdict: Found['verdict'], why: BilingualText): Found => {
  return { verdict, reason: why.en, why }
}
const notThere = (path: string): BilingualText => t(`没有 ${path}`, `${path} is not there`)
const same = (text: string): BilingualText => t(text, text)
const pass = (reason: string): Found => found('pass', same(reason))
const fail = (why: BilingualText): Found => found('fail', why)
const warn = (why: BilingualText): Found => found('warn', why)
const check = (id: string, found: Found, { todo, command }: Mend): ServiceCheck =>
  found.verdict === 'pass'
    ? { id, ...found, todo: null, command: null }
    : { id, ...found, todo, command }

const fileChecks = (plan: ServicePlan, system: ServiceSystem): readonly ServiceCheck[] =>
  serviceFiles(plan).map(({ what, path, text }) => {
    // Debian's package brings a unit of its own, which runs one folder.
    const isPackaged = what === 'unit' && plan.name === firstName
    const found = system.read(path) ?? (isPackaged ? system.read(packagedUnit) : null)
    if (found === null) return check(what, fail(notThere(path)), installed(plan, system))
    const same = found === text
    return check(
      what,
      same ? pass(path) : warn(t(`${path} 与安装时不同`, `${path} is not as it was installed`)),
      installed(plan, system),
    )
  })

/** Root itself may have no sudo. */
const asRoot = ({ isRoot }: ServiceSystem): readonly string[] => (isRoot ? [] : ['sudo'])

function unitChecks(plan: NamedPlan, system: ServiceSystem): readonly ServiceCheck[] {
  const unit = unitOf(plan.name)
  const asks = (word: string, isNot: BilingualText): Found =>
    system.run(['systemctl', word, '--quiet', unit]) === null
      ? pass(`systemctl ${word}`)
      : fail(isNot)
  return [
    check('runs', asks('is-active', t('服务没有在运行', 'the service does not run')), {
      todo: t(`查看 journalctl -u ${unit},再启动`, `See journalctl -u ${unit}, then start it`),
      command: shellCommand('sh', [...asRoot(system), 'systemctl', 'restart', unit]),
    }),
    check(
      'begins',
      asks('is-enabled', t('开机时不启动', 'it does not begin at boot')),
      installed(plan, system),
    ),
  ]
}

/** Read as the service's user, if this process may do that. */
function folderFound(plan: ServicePlan, system: ServiceSystem): Found {
  const { dir, user } = plan
  const isKnown = user !== undefined && system.isRoot && system.platform === 'linux'
  const barred = isKnown ? barredPath(plan, user, system) : null
  if (barred !== null)
    return fail(t(`用户 ${user} 不能用 ${barred}`, `user ${user} may not use ${barred}`))
  // On Windows mode bits mean nothing.
  if (system.platform === 'win32') {
    const open = openFolder(dir, system)
    const cloud = cloudFolder(dir, process.env)
    if (cloud !== null)
      return fail(t(`OneDrive 会同步 ${cloud}`, `OneDrive copies ${cloud} to a server`))
    return open === null ? pass(dir) : fail(open)
  }
  return (statSync(dir).mode & 0o077) === 0
    ? pass(dir)
    : warn(t('本机其他用户可读', 'others of this machine may read it'))
}

/** The command that gives the folder to the lanes' user only. */
function owning({ dir, user }: ServicePlan, system: ServiceSystem): string {
  if (system.platform === 'win32')
    return rightsCommands(dir, system.account)
      .map((words) => shellCommand('powershell', words))
      .join('; ')
  if (user === undefined) return shellCommand('sh', ['chmod', '700', dir])
  const [owned, closed] = [
    ['chown', '-R', user, dir],
    ['chmod', '700', dir],
  ].map((words) => shellCommand('sh', [...asRoot(system), ...words]))
  return `${owned} && ${closed}`
}

/** The task: there and at work, not waiting after a fault that no restart cures. */
function taskChecks(plan: NamedPlan, system: ServiceSystem): readonly ServiceCheck[] {
  const { name } = plan
  const state = system.ask(['powershell', ...taskState(plan.dir)])?.trim() ?? ''
  const held = isHeld(system.read(keepFile(plan.dir)))
  const isThere = state !== ''
  const waits = t(
    `任务在等人处理:车道以 78 结束,原因见 ${keepFile(plan.dir)}`,
    `the task waits for a person: the lanes ended with 78, see ${keepFile(plan.dir)}`,
  )
  const runs = isThere && state === 'Running'
  const begin = shellCommand('powershell', ['schtasks', '/Run', '/TN', name])
  const trouble = programTrouble(plan, system)
  return [
    check('unit', isThere ? pass(name) : fail(notThere(`task ${name}`)), installed(plan, system)),
    check(
      'runs',
      held ? fail(waits) : runs ? pass(state) : fail(t(`任务状态:${state}`, `task: ${state}`)),
      run(held ? `schtasks /End /TN ${name}; ${begin}` : begin),
    ),
    check(
      'program',
      trouble === null ? pass(plan.program) : fail(trouble),
      installed(plan, system),
    ),
  ]
}

function folderChecks(plan: ServicePlan, system: ServiceSystem): readonly ServiceCheck[] {
  const { dir } = plan
  const [key, , place] = safeguardsOf(plan, system.platform, 'unknown')
  const half = recoveryHalf(dir)
  return [
    check('folder', folderFound(plan, system), run(owning(plan, system))),
    check('recoveryKey', half === null ? fail(key.what) : pass(half.id), {
      todo: t(
        '运行 etc-lane backup key,打印后锁好',
        'Run etc-lane backup key, print it and lock it away',
      ),
      command: key.command,
    }),
    placeCheck(plan, place, system),
  ]
}

function placeCheck(
  plan: ServicePlan,
  { what, command }: Safeguard,
  { platform }: ServiceSystem,
): ServiceCheck {
  const { dir } = plan
  const to = loadLot(dir).config.copies?.to ?? null
  if (to !== null && isServer(to)) {
    const byServer = t(
      `${to} 是服务器:由 backup test 询问`,
      `${to} is a server: backup test asks it`,
    )
    return check(
      'copies',
      found('unknown', byServer),
      run(shellCommand(shellOf(platform), [...laneWords(plan), 'backup', 'test', '--data', dir])),
    )
  }
  const place = to === null ? warn(what) : existsSync(to) ? pass(to) : fail(notThere(to))
  return check('copies', place, {
    todo: t(
      '在 lot.json 写入 copies.to,或接回那个磁盘',
      'Set copies.to in lot.json, or plug that disk in',
    ),
    command,
  })
}

export function serviceChecks(asked: ServicePlan, system: ServiceSystem): ServiceReport {
  const name = serviceNameOf(asked.dir, system)
  const user = userOfUnit(name, system) ?? asked.user
  const plan: NamedPlan = { ...asked, name, user }
  const unseen = check(
    'unit',
    found(
      'unknown',
      t(`不了解 ${system.platform} 上的服务`, `nothing is known of services on ${system.platform}`),
    ),
    {
      todo: t('运行 etc-lane install 查看要执行的命令', 'Run etc-lane install for the commands'),
      command: safeguardsOf(plan, system.platform, 'unknown')[1].command,
    },
  )
  const own =
    system.platform === 'linux'
      ? [...fileChecks(plan, system), ...unitChecks(plan, system)]
      : system.platform === 'win32'
        ? taskChecks(plan, system)
        : [unseen]
  const checks = [...own, ...folderChecks(plan, system)]
  return {
    ok: checks.every(({ verdict }) => verdict !== 'fail'),
    done: checks.flatMap(({ id, command, reason }) =>
      command === null ? [`${id}: ${reason}`] : [],
    ),
    left: checks.flatMap(({ id, command, reason }) =>
      command === null ? [] : [{ what: `${id}: ${reason}`, command }],
    ),
    checks,
  }
}
