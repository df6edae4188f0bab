// The lanes as a service: what `run` sends to systemd's socket, received by another program, and the installed unit,
// checked by systemd's own checker. No systemd is started.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Safeguard } from '../../firmware-runtime/core/lot/safeguards.ts'
import { serviceFiles } from '../../firmware-runtime/runtime/service/service-files.ts'
import { doctorCommand } from '../../firmware-runtime/cli/doctor.ts'
import { serviceChecks } from '../../firmware-runtime/runtime/service/service-checks.ts'
import {
  installService,
  type ServiceSystem,
} from '../../firmware-runtime/runtime/service/service-install.ts'
import { BackupLot } from './kit/backup-lot.ts'
import { cleanUp, Program, programFile } from './kit/live-program.ts'
import { eventually } from '../kit/eventually.ts'

interface ServiceAnswer {
  readonly done: readonly string[]
  readonly left: readonly { readonly what: string; readonly command: string }[]
}

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0
const root = mkdtempSync(join(tmpdir(), 'etc-lane-service-'))
afterAll(async () => {
  await cleanUp()
  rmSync(root, { recursive: true, force: true })
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
    expect(folder).toMatchObject({ verdict: 'fail', reason: `user lane may not use ${lot.dir}` })
    expect(serviceChecks(plan, system).checks.find(({ id }) => id === 'unit')?.verdict).toBe('pass')
    const other = serviceChecks(plan, { ...system, platform: 'win32' })
    expect(other.checks.slice(0, 2)).toMatchObject([
      { id: 'unit', verdict: 'unknown' },
      // Every folder there is readable by all.
      { id: 'folder', verdict: 'unknown', command: `icacls "${lot.dir}"` },
    ])
    // Each check is done, or names the command for it.
    for (const { done, left, checks } of [other, serviceChecks(plan, system)]) {
      expect(done.length + left.length).toBe(checks.length)
      const asked = checks.flatMap(({ verdict, command }) => (verdict === 'pass' ? [] : [command]))
      expect(left.map(({ command }) => command)).toEqual(asked)
      expect(asked.every((command) => command?.includes(lot.dir))).toBe(true)
    }
  } finally {
    lot.remove()
  }
})

it('doctor --service answers done and left, and names its code where the service is not complete', async () => {
  const lot = new BackupLot()
  try {
    let text = ''
    const code = await doctorCommand.run(['--service', '--data', lot.dir], {
      stdout: (more) => void (text += more),
      stderr: () => undefined,
      json: true,
      onStop: () => undefined,
    })
    const report = JSON.parse(text) as ServiceAnswer
    expect(code).toBe(1)
    expect(report).toMatchObject({ ok: false, code: 'SERVICE-03' })
    expect(report.done).toContain(`folder: ${lot.dir}`)
    expect(report.left).toContainEqual({
      what: 'recoveryKey: No recovery key yet: without one no copy is made',
      command: `etc-lane backup key --data ${lot.dir} --to FOLDER --by NAME --reason TEXT`,
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
