// The lanes as a service: what `run` sends to systemd's socket, received by another program, and the installed unit,
// checked by systemd's own checker. No systemd is started.
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Safeguard } from '#ledger/pure/lot/safeguards.ts'
import { serviceFiles } from '#base/desk/service/service-files.ts'
import { doctorCommand } from '#runtime/commands/doctor.ts'
import { serviceChecks } from '#runtime/service/service-checks.ts'
import { installService, type ServiceSystem } from '#runtime/service/service-install.ts'
import { BackupLot } from './kit/backup-lot.ts'
import { cleanUp, Program, programFile } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'
import { folderOfFile } from '../kit/own-folder.ts'
import { runCommand } from '../kit/run-command.ts'

interface ServiceAnswer {
  readonly done: readonly string[]
  readonly left: readonly { readonly what: string; readonly command: string }[]
}

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0
const root = folderOfFile('etc-lane-service-')
afterAll(async () => {
  await cleanUp()
})

describe.skipIf(!has('systemd-notify'))('beside systemd', () => {
  it('says ready when the lanes are, alive again and again, and stopping', async () => {
    const lot = new BackupLot()
    const socket = join(root, 'notify')
    const said = join(root, 'said.txt')
    const receiver = spawn('socat', ['-u', `UNIX-RECV:${socket}`, `CREATE:${said}`])
    const words = (): string => readFileSync(said, 'utf8')
    try {
      await eventually(() => spawnSync('test', ['-S', socket]).status).toBe(0)
      const env = [`NOTIFY_SOCKET=${socket}`, 'WATCHDOG_USEC=1000000']
      const run = new Program(['run', '--data', lot.dir], ['env', ...env])
      await run.ready()
      const alive = (text: string): number => text.split('WATCHDOG=1').length - 1
      const heard = await eventually(
        words,
        (text) => text.includes('READY=1') && alive(text) >= 3,
        { of: run },
      )
      expect(heard.indexOf('READY=1')).toBeGreaterThanOrEqual(0)
      await run.stop()
      await eventually(words).toContain('STOPPING=1')
    } finally {
      receiver.kill('SIGKILL')
      lot.remove()
    }
  })

  it('is told by a unit that systemd itself can read', () => {
    const plan = { dir: '/srv/my lot 100%', node: process.execPath, program: programFile }
    const unit = serviceFiles(plan).find(({ what }) => what === 'unit')
    const file = join(root, 'etc-lane.service')
    const verify = (text: string) => {
      writeFileSync(file, text)
      const ran = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
      return ran.stderr.split('\n').filter((line) => line.includes('etc-lane.service'))
    }
    expect(verify(unit?.text ?? '')).toEqual([])
    expect(verify((unit?.text ?? '').replace('WatchdogSec=20', 'WatchdogSec=soon'))).toHaveLength(1)
  })
})

const closed = 'O:BAG:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
const anybody = 'O:BAG:DUD:AI(A;OICIID;FA;;;BA)(A;ID;0x1301bf;;;AU)'
/** The shell of Windows: the state of the task, and rights. */
const windowsSays =
  (state: string, rights: string) =>
  (command: readonly string[]): string =>
    command.at(-1)?.includes('Get-Acl') === true ? rights : state

it('doctor names what is missing of a service, and what to do', () => {
  const lot = new BackupLot()
  const files = new Map<string, string>()
  const plan = { dir: lot.dir, node: process.execPath, program: programFile }
  const system: ServiceSystem = {
    platform: 'linux',
    isRoot: true,
    read: (path) => files.get(path) ?? null,
    write: (path, text) => void files.set(path, text),
    remove: (path) => void files.delete(path),
    ownerOf: () => null,
    account: 'LANE\\admin',
    ask: () => null,
    run: () => (files.size === 0 ? 'no' : null),
  }
  const failed = (): string[] =>
    serviceChecks(plan, system).checks.flatMap(({ id, verdict, todo }) => {
      expect(todo === null).toBe(verdict === 'pass')
      return verdict === 'fail' ? [id] : []
    })
  const own = ['ports', 'sleep', 'lid', 'unit', 'runs', 'begins']
  try {
    expect(failed()).toEqual([...own, 'recoveryKey'])
    installService(plan, system)
    expect(failed()).toEqual(['recoveryKey'])
    // For a user without access to the folder: as the unit's user, and checked as that user.
    installService({ ...plan, user: 'lane' }, system)
    expect(failed()).toEqual(['recoveryKey'])
    const barred = {
      ...system,
      run: ([word = '']: readonly string[]) => (word === 'runuser' ? 'no' : null),
    }
    const folder = serviceChecks(plan, barred).checks.find(({ id }) => id === 'folder')
    expect(folder).toMatchObject({
      verdict: 'fail',
      reason: `user lane may not use ${lot.dir}`,
      command: `chown -R lane ${lot.dir} && chmod 700 ${lot.dir}`,
    })
    expect(serviceChecks(plan, system).checks.find(({ id }) => id === 'unit')?.verdict).toBe('pass')
    const windows = { ...system, platform: 'win32', ask: windowsSays('Running\r\n', closed) }
    const other = serviceChecks(plan, windows)
    expect(other.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual([
      'recoveryKey',
    ])
    const none = serviceChecks(plan, { ...windows, ask: windowsSays('', anybody) })
    expect(
      none.checks.flatMap(({ id, verdict, reason }) => (verdict === 'fail' ? [[id, reason]] : [])),
    ).toEqual([
      ['unit', 'task etc-lane is not there'],
      ['runs', 'task: '],
      ['program', `others may change ${process.execPath}: AU`],
      ['folder', `others of this machine may use ${lot.dir}: AU`],
      ['recoveryKey', expect.any(String)],
    ])
    // The task runs, and waits without lanes.
    const held = { ...windows, read: () => '{"held":true,"ends":[{"exit":78}]}' }
    expect(serviceChecks(plan, held).checks.find(({ id }) => id === 'runs')).toMatchObject({
      verdict: 'fail',
      command: 'schtasks /End /TN etc-lane; schtasks /Run /TN etc-lane',
    })
    vi.stubEnv('OneDrive', dirname(lot.dir))
    const copied = serviceChecks(plan, windows).checks.find(({ id }) => id === 'folder')
    vi.unstubAllEnvs()
    const reason = `OneDrive copies ${dirname(lot.dir)} to a server`
    expect(copied).toMatchObject({ verdict: 'fail', reason })
    // Each check is done, or names the command for it.
    for (const { done, left, checks } of [other, serviceChecks(plan, system)]) {
      expect(done.length + left.length).toBe(checks.length)
      const asked = checks.flatMap(({ verdict, command }) => (verdict === 'pass' ? [] : [command]))
      expect(left.map(({ command }) => command)).toEqual(asked)
      expect(
        asked.every((command) => command?.includes(lot.dir)),
        asked.join('\n'),
      ).toBe(true)
    }
  } finally {
    lot.remove()
  }
})

it.each(['a b', "O'Brien $HOME", '车场 `id` "x"', String.raw`x\y`, '-rf', 'two\nlines'])(
  'a folder named %j is closed by the printed command, run by sh, and no other one',
  (name) => {
    const lot = new BackupLot()
    const dir = join(lot.root, name)
    const beside = [join(lot.root, 'a'), join(lot.root, 'two')]
    try {
      renameSync(lot.dir, dir)
      for (const other of beside) mkdirSync(other)
      for (const each of [dir, ...beside]) chmodSync(each, 0o755)
      const system: ServiceSystem = {
        platform: 'linux',
        isRoot: true,
        account: '',
        read: () => null,
        write: () => undefined,
        remove: () => undefined,
        ownerOf: () => null,
        ask: () => null,
        run: () => null,
      }
      const plan = { dir, node: process.execPath, program: programFile }
      const { checks } = serviceChecks(plan, system)
      const command = checks.find(({ id }) => id === 'folder')?.command ?? ''
      expect(spawnSync('sh', ['-c', command], { cwd: lot.root }).status).toBe(0)
      expect([dir, ...beside].map((each) => statSync(each).mode & 0o777)).toEqual([
        0o700, 0o755, 0o755,
      ])
      // The program that is named is there, and the folder arrives as it is.
      const key = checks.find(({ id }) => id === 'recoveryKey')?.command ?? ''
      const words = spawnSync('sh', ['-c', `printf '%s\\0' ${key}`], { encoding: 'utf8' })
      const [program = '', file = '', ...rest] = words.stdout.split('\0')
      expect([existsSync(program), existsSync(file)]).toEqual([true, true])
      expect(rest.slice(0, 4)).toEqual(['backup', 'key', '--data', dir])
    } finally {
      lot.remove()
    }
  },
)

it('doctor --service answers done and left, and names its code where the service is not complete', async () => {
  const lot = new BackupLot()
  try {
    const { code, json } = await runCommand(doctorCommand, ['--service', '--data', lot.dir])
    const report = json as unknown as ServiceAnswer
    expect(code).toBe(1)
    expect(report).toMatchObject({ ok: false, code: 'SERVICE-03' })
    expect(report.done).toContain(`folder: ${lot.dir}`)
    expect(report.left).toContainEqual({
      what: 'recoveryKey: No recovery key yet; copies begin once it is made',
      command: `${process.execPath} ${process.argv[1]} backup key --data ${lot.dir} --to FOLDER --by NAME --reason TEXT`,
    })
  } finally {
    lot.remove()
  }
})

it('install says last what the lot has to have besides, with its commands', async () => {
  const lot = new BackupLot()
  try {
    // Neither root nor a service manager: nothing on this machine changes.
    const install = (...flags: readonly string[]) =>
      spawnSync(process.execPath, [programFile, 'install', '--data', lot.dir, ...flags], {
        encoding: 'utf8',
        ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
      })
    spawnSync('chown', ['-R', '65534:65534', lot.root])
    const { stdout, status } = install('--json')
    const said = JSON.parse(stdout) as { readonly toDo: readonly Safeguard[] }
    expect([status, said.toDo.map(({ code, state }) => [code, state])]).toEqual([
      1,
      [
        ['copyKey', 'open'],
        ['service', 'open'],
        ['secondPlace', 'open'],
      ],
    ])
    const { stderr } = install()
    for (const { command } of said.toDo) expect(stderr).toContain(command)
  } finally {
    lot.remove()
  }
})
