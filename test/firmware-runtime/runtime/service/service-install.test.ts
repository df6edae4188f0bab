// Installing and removing the service on a simulated system: Linux as root and as another user, and Windows, by the given
// platform. A step that cannot be done is printed as a command.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { AttachedRuntime } from '../../../../electron/main/attached-runtime.ts'
import { liveRuntime } from '#lane/folder/data-folder.ts'
import { serviceFiles } from '#base/desk/service/service-files.ts'
import { serviceHere, serviceOfThis } from '#base/desk/service/service-here.ts'
import {
  installService,
  thisSystem,
  uninstallService,
  type ServiceSystem,
} from '#runtime/service/service-install.ts'
import { codeOf } from '../../../kit/refusals.ts'

const plan = { dir: '/srv/my lot', node: '/usr/bin/node', program: '/opt/100%/etc.mjs' }

/** GUIDs as Microsoft lists them: subgroup and setting. */
const powerSetting = {
  LIDACTION: '4f971e89-eebd-4455-a8de-9e59040e7347 5ca83367-6e45-459f-a27b-476b1d01c936',
  SELECTIVE: '2a737441-1930-4402-8d77-b2bebba308a3 48e6b7a6-50f5-4782-a5d4-53bb8f07e226',
} as const

const safe = 'O:BAG:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)'
const closed = 'O:BAG:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
const anybody = 'O:BAG:DUD:AI(A;OICIID;FA;;;BA)(A;ID;0x1301bf;;;AU)'

/** The answer of a Windows shell: a safe program, and a folder that is closed. */
const windowsRights = (asked: string): string | null =>
  asked.includes('Get-Acl') ? (asked.includes('Program Files') ? safe : closed) : null

function system(
  platform: string,
  isRoot: boolean,
  refused: readonly string[] = [],
  barred = '?',
  rightsOf: (asked: string) => string | null = windowsRights,
) {
  const files = new Map<string, string>()
  const ran: string[] = []
  const made: ServiceSystem = {
    platform,
    isRoot,
    read: (path) => files.get(path) ?? null,
    write: (path, text) => void files.set(path, text),
    remove: (path) => void files.delete(path),
    ownerOf: () => null,
    account: String.raw`车场\管理员`,
    ask: ([, , , , asked = '']) => rightsOf(asked),
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
    for (const line of [
      ...['Type=notify', 'WatchdogSec=20', 'Restart=always', 'LimitNOFILE=8192'],
      ...['RestartPreventExitStatus=78', 'RestartSec=200ms', 'StartLimitIntervalSec=0'],
      'OOMPolicy=continue',
    ])
      expect(unit).toContain(`\n${line}\n`)
    expect(uninstallService(null, plan, made).left).toEqual([])
    expect(files.size).toBe(0)
  })

  it('does not wait for lanes that another program has the folder of', () => {
    const { ran, made } = system('linux', true)
    installService({ ...plan, soon: true }, made)
    expect(ran.at(-1)).toBe('systemctl restart --no-block etc-lane.service')
  })

  it.each([
    ['no camera pushes', null, true, []],
    ['this machine alone pushes', ['127.0.0.1'], true, []],
    ['there is no firewall', ['192.0.2.7'], false, []],
    [
      'two cameras push',
      ['192.0.2.7', '192.0.2.8'],
      true,
      ['192.0.2.7', '192.0.2.8'].map((at) => `ufw allow proto tcp from ${at} to any port 18080`),
    ],
  ] as const)('lets pushes through: %s', (_, allow, hasFirewall, rules) => {
    const { files, ran, made } = system('linux', true)
    if (hasFirewall) files.set('/usr/sbin/ufw', '#!/usr/bin/python3')
    const host = allow?.[0] === '127.0.0.1' ? '127.0.0.1' : '192.0.2.1'
    const intake = allow === null ? null : { host, port: 18080, allow }
    installService({ ...plan, intake }, made)
    expect(ran.filter((one) => one.startsWith('ufw'))).toEqual(rules)
  })

  const pushes = 'ufw allow proto tcp from 192.0.2.7 to any port 18080'
  const orders = 'ufw allow proto tcp from any to any port 18443'
  it.each([
    ['none', null, null, true, []],
    ['at the loopback', '127.0.0.1', null, true, []],
    ['at a card', '192.0.2.1', null, true, [orders]],
    ['at every card', '0.0.0.0', null, true, [orders]],
    ['at a card, beside pushes', '192.0.2.1', '192.0.2.1', true, [pushes, orders]],
    ['at the loopback, beside pushes', '127.0.0.1', '192.0.2.1', true, [pushes]],
    ['at a card, pushes at the loopback', '192.0.2.1', '127.0.0.1', true, [orders]],
    ['at a card, without a firewall', '192.0.2.1', null, false, []],
  ] as const)('lets billing systems in: %s', (_, host, pushed, hasFirewall, rules) => {
    const { files, ran, made } = system('linux', true)
    if (hasFirewall) files.set('/usr/sbin/ufw', '#!/usr/bin/python3')
    const published = host === null ? null : { host, port: 18_443 }
    const intake = pushed === null ? null : { host: pushed, port: 18_080, allow: ['192.0.2.7'] }
    installService({ ...plan, intake, published }, made)
    expect(ran.filter((one) => one.startsWith('ufw'))).toEqual(rules)
    expect(ran.at(-1)).toContain('systemctl restart')
  })

  it('writes nothing for a user that is not there or may not use the folder', () => {
    const dir = tmpdir()
    const asked = { ...plan, dir, user: 'lane' }
    const refuses = (made: ServiceSystem) => codeOf(() => installService(asked, made))
    const unknown = system('linux', true, ['id'])
    expect(refuses(unknown.made)).toBe('SERVICE-01')
    const barred = system('linux', true, [], dir)
    expect(refuses(barred.made)).toBe('SERVICE-02')
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
      left: [
        {
          what: 'root',
          command: "sudo /usr/bin/node /opt/100%/etc.mjs install --data '/srv/my lot'",
        },
      ],
    })
    expect(uninstallService(null, plan, made).left).toHaveLength(1)
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

describe('on Windows', () => {
  const home = String.raw`C:\Program Files\ETC Lane`
  const named = {
    dir: String.raw`D:\车场 一号 O'Brien & Co`,
    node: `${home}\\node.exe`,
    program: `${home}\\dist\\runtime\\main.mjs`,
  }
  const command = `& '${named.node}' '${named.program}'`
  const file = `${named.dir}\\etc-lane-task.xml`

  it('leaves the same command for an administrator, and does nothing', () => {
    const { files, ran, made } = system('win32', false)
    expect(installService(named, made)).toEqual({
      done: [],
      left: [
        {
          what: 'administrator',
          command: `${command} install --data 'D:\\车场 一号 O''Brien & Co'`,
        },
      ],
    })
    expect(uninstallService(null, named, made).left).toEqual([
      { what: 'administrator', command: `${command} uninstall` },
    ])
    expect([files.size, ran.length]).toEqual([0, 0])
  })

  it.each([
    ['a folder in which others may write', anybody],
    ['rights that cannot be read', null],
    ['everybody', 'O:BAG:DUD:NO_ACCESS_CONTROL'],
    ['the person who unpacked it', 'O:S-1-5-21-1-2-3-1001G:DUD:P(A;OICI;FA;;;BA)'],
  ])('refuses a program of %s: SERVICE-04, and nothing is written', (_what, sddl) => {
    for (const isRoot of [true, false]) {
      const { files, ran, made } = system('win32', isRoot, [], '?', () => sddl)
      expect(() => installService(named, made)).toThrowError(
        expect.objectContaining({ code: 'SERVICE-04' }),
      )
      expect([files.size, ran]).toEqual([0, []])
    }
  })

  it('makes the task, the rights, the rule and no sleep, in this order', () => {
    const { files, ran, made } = system('win32', true)
    const { done, left } = installService(named, made)
    expect(left).toEqual([])
    expect([...files.keys()]).toEqual([file])
    expect(done).toHaveLength(1 + ran.length)
    const first = ran.filter((line) => !line.startsWith('powercfg'))
    expect(first).toEqual([
      `icacls ${named.dir} /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F 车场\\管理员:(OI)(CI)M`,
      `icacls ${named.dir}\\* /reset /T /C /Q`,
      'schtasks /End /TN etc-lane',
      `schtasks /Create /TN etc-lane /XML ${file} /F`,
      'netsh advfirewall firewall delete rule name=etc-lane',
      `netsh advfirewall firewall add rule name=etc-lane dir=in action=allow profile=any program=${named.node}`,
      `reg add HKLM\\SOFTWARE\\etc-lane /v Data /d ${named.dir} /f`,
      'schtasks /Run /TN etc-lane',
    ])
    // On mains and on battery: no sleep, no hibernation, no action of the lid, no USB suspend; the scheme is activated last.
    const power = ran.flatMap((line) => (line.startsWith('powercfg ') ? [line.slice(9)] : []))
    expect(power).toHaveLength(10)
    for (const state of ['standby', 'hibernate'])
      for (const of of ['ac', 'dc']) expect(power).toContain(`/change ${state}-timeout-${of} 0`)
    for (const part of ['LIDACTION', 'SELECTIVE'] as const)
      for (const of of ['ac', 'dc'])
        expect(power).toContain(`/set${of}valueindex SCHEME_CURRENT ${powerSetting[part]} 0`)
    // Fast start-up would go on from a hibernated task.
    expect(power.slice(-2)).toEqual(['/setactive SCHEME_CURRENT', '/hibernate off'])
    expect(uninstallService(null, named, made).left).toEqual([])
    // Disabled before it is ended: its second trigger would begin it again.
    expect(ran.slice(-6)).toEqual([
      'schtasks /Change /TN etc-lane /DISABLE',
      'schtasks /End /TN etc-lane',
      'schtasks /Delete /F /TN etc-lane',
      'netsh advfirewall firewall delete rule name=etc-lane',
      'netsh advfirewall firewall delete rule name=etc-lane-update',
      'reg delete HKLM\\SOFTWARE\\etc-lane /v Data /f',
    ])
  })

  it('leaves what failed as its command, but not what was not there', () => {
    const { made } = system('win32', true, ['schtasks', 'powercfg'])
    const { left } = installService(named, made)
    expect(left.map(({ command: one }) => one)).toEqual([
      `schtasks /Create /TN etc-lane /XML 'D:\\车场 一号 O''Brien & Co\\etc-lane-task.xml' /F`,
      'schtasks /Run /TN etc-lane',
    ])
  })

  it('says when a crowd may still use the folder', () => {
    const rights = (asked: string) => (asked.includes('Program Files') ? safe : anybody)
    const { made } = system('win32', true, [], '?', rights)
    const { left } = installService(named, made)
    expect(left.map(({ what }) => what)).toEqual(
      Array.from({ length: 2 }, () => `others of this machine may use ${named.dir}: AU`),
    )
    expect(left[0]?.command).toContain("icacls 'D:\\车场 一号 O''Brien & Co' /inheritance:r")
  })

  it('has a task that no end of its program ends: two triggers, one instance, no limit of time', () => {
    const { files, made } = system('win32', true)
    installService(named, made)
    const text = files.get(file) ?? ''
    expect(text.startsWith('\uFEFF<?xml version="1.0" encoding="UTF-16"?>')).toBe(true)
    expect(text).not.toContain('RestartOnFailure')
    const task = (
      new XMLParser({ ignoreAttributes: false }).parse(text.slice(1)) as { Task: object }
    ).Task
    expect(task).toMatchObject({
      Triggers: {
        BootTrigger: { Enabled: true },
        TimeTrigger: { Repetition: { Interval: 'PT1M', StopAtDurationEnd: false }, Enabled: true },
      },
      Principals: { Principal: { UserId: 'S-1-5-18' } },
      Settings: {
        MultipleInstancesPolicy: 'IgnoreNew',
        ExecutionTimeLimit: 'PT0S',
        DisallowStartIfOnBatteries: false,
        StopIfGoingOnBatteries: false,
        Enabled: true,
        Priority: 4,
      },
      Actions: {
        Exec: {
          Command: named.node,
          Arguments: `"--max-semi-space-size=4" "--optimize-for-size" "${named.program}" "keep-running" "--data" "${named.dir}"`,
        },
      },
    })
  })
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
  // A task that waits after a fault that no restart cures has no lanes.
  const held = {
    platform: 'win32',
    run: () => 'Running\r\n',
    read: () => '{"held":true,"ends":[]}',
  }
  expect(serviceHere('C:\\lot', held)).toBe('stopped')
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
