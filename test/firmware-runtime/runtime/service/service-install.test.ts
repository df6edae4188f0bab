// Installing and removing the service on a simulated system: Linux as root and as another user, and Windows, by the given
// platform. A step that cannot be done is printed as a command.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttachedRuntime } from '../../../../electron/main/attached-runtime.ts'
import { LaneFault } from '../../../../firmware-runtime/core/faults/faults.ts'
import { liveRuntime } from '../../../../firmware-runtime/runtime/folder/data-folder.ts'
import { serviceFiles } from '../../../../firmware-runtime/runtime/service/service-files.ts'
import {
  serviceHere,
  serviceOfThis,
} from '../../../../firmware-runtime/runtime/service/service-here.ts'
import {
  installService,
  thisSystem,
  uninstallService,
  type ServiceSystem,
} from '../../../../firmware-runtime/runtime/service/service-install.ts'

const plan = { dir: '/srv/my lot', node: '/usr/bin/node', program: '/opt/100%/etc.mjs' }

/** GUIDs as Microsoft lists them: subgroup and setting. */
const powerSetting = {
  LIDACTION: '4f971e89-eebd-4455-a8de-9e59040e7347 5ca83367-6e45-459f-a27b-476b1d01c936',
  SELECTIVE: '2a737441-1930-4402-8d77-b2bebba308a3 48e6b7a6-50f5-4782-a5d4-53bb8f07e226',
} as const

function system(platform: string, isRoot: boolean, refused: readonly string[] = [], barred = '?') {
  const files = new Map<string, string>()
  const ran: string[] = []
  const made: ServiceSystem = {
    platform,
    isRoot,
    read: (path) => files.get(path) ?? null,
    write: (path, text) => void files.set(path, text),
    remove: (path) => void files.delete(path),
    ownerOf: () => null,
    run(command) {
      ran.push(command.join(' '))
      const isBarred = refused.includes(command[0] ?? '') || command.at(-1) === barred
      return isBarred ? 'not found' : null
    },
  }
  return { files, ran, made }
}

it.each(['linux', 'win32'])('on %s refuses a path that would be two lines', (platform) => {
  for (const dir of ['/srv/lot\nUser=root', '/srv/lot\r', '/srv/\u0000lot', '/srv/\u0085lot']) {
    const { files, ran, made } = system(platform, true)
    expect(() => installService({ ...plan, dir }, made)).toThrowError(
      expect.objectContaining({
        code: 'ARG-01',
        detail: expect.objectContaining({ field: '--data' }),
      }),
    )
    expect([files.size, ran]).toEqual([0, []])
  }
})

describe('on Linux', () => {
  it('writes unit, ports, sleep and lid, and starts the unit', () => {
    const { files, ran, made } = system('linux', true)
    const { done, left } = installService(plan, made)
    expect(left).toEqual([])
    expect([...files.keys()]).toEqual(serviceFiles(plan).map(({ path }) => path))
    expect(ran.at(-1)).toBe('systemctl restart etc-lane.service')
    expect(done).toHaveLength(files.size + ran.length)
    const unit = files.get('/etc/systemd/system/etc-lane.service') ?? ''
    expect(unit).toContain(
      'ExecStart="/usr/bin/node" "--max-semi-space-size=4" "--optimize-for-size" "/opt/100%%/etc.mjs" "run" "--data" "/srv/my lot"',
    )
    for (const line of ['Type=notify', 'WatchdogSec=20', 'Restart=always', 'LimitNOFILE=8192'])
      expect(unit).toContain(`\n${line}\n`)
    expect(uninstallService(plan, made).left).toEqual([])
    expect(files.size).toBe(0)
  })

  it('writes nothing for a user that is not there or may not use the folder', () => {
    const dir = tmpdir()
    const asked = { ...plan, dir, user: 'lane' }
    const codeOf = (made: ServiceSystem): string => {
      try {
        installService(asked, made)
      } catch (error) {
        if (error instanceof LaneFault) return error.code
      }
      return ''
    }
    const unknown = system('linux', true, ['id'])
    expect(codeOf(unknown.made)).toBe('SERVICE-01')
    const barred = system('linux', true, [], dir)
    expect(codeOf(barred.made)).toBe('SERVICE-02')
    expect(barred.ran.at(-1)).toBe(`runuser -u lane -- test -x ${dir}`)
    expect(unknown.files.size + barred.files.size).toBe(0)
    const known = system('linux', true)
    installService(asked, known.made)
    expect(known.files.get('/etc/systemd/system/etc-lane.service')).toContain('\nUser=lane\n')
    expect(installService(asked, system('linux', false).made).left[0]?.command).toContain(
      '--user lane',
    )
  })

  it('leaves what failed as its command, and does the rest', () => {
    const { made } = system('linux', true, ['udevadm'])
    expect(installService(plan, made).left).toEqual([
      { what: 'not found', command: 'udevadm control --reload' },
    ])
  })

  it('changes nothing without rights', () => {
    const { files, ran, made } = system('linux', false)
    expect(installService(plan, made)).toEqual({
      done: [],
      left: [{ what: 'root', command: 'sudo etc-lane install --data /srv/my lot' }],
    })
    expect(uninstallService(plan, made).left).toHaveLength(1)
    expect([files.size, ran.length]).toEqual([0, 0])
  })
})

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)('a folder of another account', () => {
  const nobody = 65_534
  const made = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'etc-lane-owner-'))
    mkdirSync(join(dir, 'run'), { mode: 0o700 })
    return dir
  }

  it('runs its lanes as that account, and one of root as root', () => {
    const dir = made()
    try {
      expect(thisSystem.ownerOf(dir)).toBe(null)
      chownSync(dir, nobody, nobody)
      expect(thisSystem.ownerOf(dir)).toBe('nobody')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  it('is never one where nothing runs: RUN-04, by command and window', async () => {
    const dir = made()
    chmodSync(dir, 0o755)
    const window = new AttachedRuntime(dir)
    const asNobody = <T>(ask: () => T): T => {
      process.seteuid?.(nobody)
      try {
        return ask()
      } finally {
        process.seteuid?.(0)
      }
    }
    try {
      expect(liveRuntime(dir)).toBe(null)
      expect(await window.call('status.get', {})).toMatchObject({ error: { code: 'RUN-02' } })
      expect(() => asNobody(() => liveRuntime(dir))).toThrow('RUN-04')
      const reply = await asNobody(() => window.call('status.get', {}))
      expect(reply).toMatchObject({ error: { code: 'RUN-04', value: dir } })
    } finally {
      await window.close()
      rmSync(dir, { recursive: true })
    }
  })
})

it('leaves commands on Windows, each way', () => {
  const { files, ran, made } = system('win32', false)
  const named = { ...plan, dir: "D:\\车场 一号 O'Brien\\" }
  const { left, done } = installService(named, made)
  expect(left.map(({ command }) => command)).toEqual([
    'powershell -NoProfile -ExecutionPolicy Bypass -File "D:\\车场 一号 O\'Brien\\\\etc-lane-service.ps1"',
  ])
  const script = files.get(done[0] ?? '') ?? ''
  // Without a byte order mark Windows decodes Chinese text by the machine's code page.
  expect(script.startsWith('\uFEFF#')).toBe(true)
  expect(script.replaceAll('\r\n', '')).not.toContain('\n')
  // A quote in a name does not end the argument, and a trailing backslash does not escape the quote.
  expect(script).toContain(`O''Brien\\\\"'`)
  expect(script).toContain(
    '"--max-semi-space-size=4" "--optimize-for-size" "/opt/100%/etc.mjs" "run"',
  )
  for (const part of ['-AtStartup', '-User SYSTEM', 'New-NetFirewallRule', 'icacls', 'powercfg'])
    expect(script).toContain(part)
  // On mains and on battery: no sleep, no hibernation, no action of the lid, no USB suspend; the scheme is activated last.
  const power = [...script.matchAll(/^powercfg (.*)\r$/gm)].map(([, words = '']) => words)
  expect(power).toHaveLength(9)
  for (const state of ['standby', 'hibernate'])
    for (const of of ['ac', 'dc']) expect(power).toContain(`/change ${state}-timeout-${of} 0`)
  for (const part of ['LIDACTION', 'SELECTIVE'] as const)
    for (const of of ['ac', 'dc'])
      expect(power).toContain(`/set${of}valueindex SCHEME_CURRENT ${powerSetting[part]} 0`)
  expect(power.at(-1)).toBe('/setactive SCHEME_CURRENT')
  expect(script).not.toContain('/etc/')
  const removals = uninstallService(plan, made).left.map(({ command }) => command)
  expect(removals.join()).toContain('/Delete')
  expect([files.size, ran.length]).toEqual([1, 0])
})

it('tells the state of the task as the shell of Windows names it', () => {
  const none = { read: () => null }
  const said = (state: string | null) =>
    serviceHere('C:\\lot', { ...none, platform: 'win32', run: () => state })
  expect([said('Running\r\n'), said('Ready\r\n'), said(null)]).toEqual([
    'running',
    'stopped',
    'none',
  ])
  expect(serviceHere('/lot', { ...none, platform: 'darwin', run: () => 'Running' })).toBe('unknown')
})

describe('whether a service runs the lanes of a folder', () => {
  const unit = serviceFiles(plan).find(({ what }) => what === 'unit')
  const reading = (cgroup: string, text: string | null) => ({
    platform: 'linux',
    run: () => '',
    read: (path: string) =>
      path === '/proc/self/cgroup' ? cgroup : path === unit?.path ? text : null,
  })
  const desktop = '0::/user.slice/user-1000.slice/app-etc-lane.service-like.scope'

  it('is of this folder alone, by command', () => {
    const here = reading(desktop, unit?.text ?? '')
    expect(serviceHere(plan.dir, here)).toBe('running')
    expect(serviceHere(plan.dir, { ...here, run: () => null })).toBe('stopped')
    expect(serviceHere('/srv/my', here)).toBe('none')
    expect(serviceHere(plan.dir, reading(desktop, null))).toBe('none')
  })

  it('is known of the lanes by their own control group', () => {
    const of = (cgroup: string, text: string | null) =>
      serviceOfThis(plan.dir, reading(cgroup, text))()
    expect(of('0::/system.slice/etc-lane.service\n', unit?.text ?? '')).toBe('running')
    expect(of(desktop, unit?.text ?? '')).toBe('stopped')
    expect(of(desktop, null)).toBe('none')
  })

  it('is not known on Windows before the shell has answered, and elsewhere never', () => {
    const asked: ((state: string | null) => void)[] = []
    const windows = { platform: 'win32', read: () => null }
    const of = serviceOfThis(plan.dir, windows, (take) => asked.push(take))
    expect([of(), of(), asked.length]).toEqual(['unknown', 'unknown', 1])
    asked[0]?.('Running\r\n')
    expect(of()).toBe('running')
    expect(serviceOfThis(plan.dir, { ...windows, platform: 'darwin' })()).toBe('unknown')
  })
})
