// Each folder of a machine has a service of its own: the first one keeps its name, and two that cannot run together are
// refused before anything is written.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { serviceHere } from '#base/desk/service/service-here.ts'
import {
  installService,
  uninstallService,
  type ServiceSystem,
} from '#runtime/service/service-install.ts'
import { furtherName, packagedUnit, unitFileOf } from '#base/desk/service/service-names.ts'
import { installedServices, serviceNameOf } from '#runtime/service/service-others.ts'
import { codeOf, refusalOf } from '../../../kit/refusals.ts'

const program = { node: '/usr/bin/node', program: '/opt/etc.mjs' }
const key = 'HKLM\\SOFTWARE\\etc-lane'

/** A machine whose services are kept: units as files, tasks as values of the registry. */
class Machine implements ServiceSystem {
  readonly isRoot = true
  readonly account = 'LANE\\admin'
  readonly platform: string
  readonly files = new Map<string, string>()
  readonly values = new Map<string, string>()
  readonly ran: string[] = []

  constructor(platform: string) {
    this.platform = platform
  }
  lot(dir: string, text: string, more: object = {}): void {
    const [lotId, nodeId] = text.split(' ')
    this.files.set(join(dir, 'lot.json'), JSON.stringify({ lotId, nodeId, ...more }))
  }
  install(dir: string): string {
    const { left } = installService({ ...program, dir }, this)
    expect(left).toEqual([])
    return serviceNameOf(dir, this)
  }
  readonly read = (path: string): string | null => this.files.get(path) ?? null
  readonly write = (path: string, text: string): void => void this.files.set(path, text)
  readonly remove = (path: string): void => void this.files.delete(path)
  readonly ownerOf = (): null => null
  readonly ask = (command: readonly string[]): string | null => {
    if (command[0] === 'systemctl')
      return [...this.files.keys()]
        .flatMap((file) => /^\/etc\/systemd\/system\/(etc-lane-.*\.service)$/.exec(file)?.[1] ?? [])
        .map((unit) => `${unit} enabled enabled\n`)
        .join('')
    if (command[0] === 'reg')
      return [`\r\n${key}\r\n`, ...this.values]
        .map((row) => (typeof row === 'string' ? row : `    ${row[0]}    REG_SZ    ${row[1]}\r\n`))
        .join('')
    // Rights that let nobody change the program, or use the folder.
    return 'O:BAG:DUD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
  }
  readonly run = (command: readonly string[]): null => {
    this.ran.push(command.join(' '))
    const [word, act, , , value = '', , dir = ''] = command
    if (word === 'reg' && act === 'add') this.values.set(value, dir)
    if (word === 'reg' && act === 'delete') this.values.delete(value)
    return null
  }
}

const [own, exit] = ['/srv/own', '/srv/exit 2']
const further = furtherName(exit)

it('a further folder has a name that is read easily, and never that of another one', () => {
  const dirs = ['/srv/exit 2', '/srv/Exit_2', '/data/exit 2', 'C:\\lots\\exit 2', '/srv/出口', '/']
  const names = dirs.map((dir) => furtherName(dir))
  expect(new Set(names).size).toBe(dirs.length)
  expect(names.map((name) => name.replace(/[0-9a-f]{6}$/, ''))).toEqual([
    ...['etc-lane-exit-2-', 'etc-lane-exit-2-', 'etc-lane-exit-2-', 'etc-lane-exit-2-'],
    ...['etc-lane-', 'etc-lane-'],
  ])
  expect(furtherName(`/srv/${'long '.repeat(60)}`).length).toBeLessThan(45)
})

describe.each(['linux', 'win32'])('two folders on %s', (platform) => {
  it('have a service each, and one that goes leaves the other', () => {
    const machine = new Machine(platform)
    machine.lot(own, 'GX1 n2')
    machine.lot(exit, 'GX1 n1')
    expect([own, exit].map((dir) => machine.install(dir))).toEqual(['etc-lane', further])
    const both = installedServices(machine)
    expect(both).toEqual([
      { name: 'etc-lane', dir: own },
      { name: further, dir: exit },
    ])
    // Installed again, as after an update: the same ones.
    expect([exit, own].map((dir) => machine.install(dir))).toEqual([further, 'etc-lane'])
    expect(installedServices(machine)).toEqual(both)
    machine.ran.length = 0
    uninstallService(exit, program, machine)
    expect(installedServices(machine)).toEqual([{ name: 'etc-lane', dir: own }])
    expect(machine.ran.filter((line) => !line.includes(further) && !/reload/.test(line))).toEqual(
      [],
    )
    machine.install(exit)
    uninstallService(null, program, machine)
    expect(installedServices(machine)).toEqual([{ name: further, dir: exit }])
  })

  it('is not taken away for a folder that has none: ARG-01, nothing is run', () => {
    const machine = new Machine(platform)
    machine.lot(own, 'GX1 n2')
    machine.install(own)
    machine.ran.length = 0
    expect(codeOf(() => uninstallService('/srv/other', program, machine))).toBe('ARG-01')
    expect(machine.ran).toEqual([])
  })

  it.each<[string, string, object, string, object]>([
    ['the same lanes from another folder', 'SERVICE-20', {}, 'GX1 n2', {}],
    ['other lanes of the lot', 'none', {}, 'GX1 n1', {}],
    ['another lot', 'none', {}, 'GX2 n2', {}],
    [
      'the same port for cameras',
      'SERVICE-21 /intake/port',
      { intake: { host: '192.0.2.1', port: 18_080 } },
      'GX1 n1',
      { intake: { host: '0.0.0.0', port: 18_080 } },
    ],
    [
      'cameras where the other lets billing systems in',
      'SERVICE-21 /published/port',
      { intake: { host: '192.0.2.1', port: 18_080 } },
      'GX1 n1',
      { published: { host: '192.0.2.1', port: 18_080 } },
    ],
    [
      'ports of its own',
      'none',
      { intake: { host: '192.0.2.1', port: 18_080 } },
      'GX1 n1',
      { intake: { host: '192.0.2.1', port: 18_081 }, published: { host: '::', port: 18_443 } },
    ],
    [
      'the same serial port, at another speed',
      'SERVICE-21 /lanes/0/rsu',
      { lanes: [{ id: 'a', psams: ['serial:/dev/ttyUSB0?baud=9600'] }] },
      'GX1 n1',
      { lanes: [{ id: 'b', rsu: 'serial:/dev/ttyUSB0?baud=115200' }] },
    ],
    [
      'the same scanner',
      'SERVICE-21 /lanes/0/scanner',
      { lanes: [{ id: 'a', scanner: 'hid:0483:5750' }] },
      'GX1 n1',
      { lanes: [{ id: 'b', scanner: 'hid:0483:5750?x=1' }] },
    ],
    [
      'another serial port, and an address that both ask',
      'none',
      { gateway: { url: 'tcp:192.0.2.9:80', port: 80 }, lanes: [{ rsu: 'serial:/dev/ttyUSB0' }] },
      'GX1 n1',
      { gateway: { url: 'tcp:192.0.2.9:80', port: 80 }, lanes: [{ rsu: 'serial:/dev/ttyUSB1' }] },
    ],
  ])('with %s: %s', (_what, code, theirs, ours, more) => {
    const machine = new Machine(platform)
    machine.lot(own, 'GX1 n2', theirs)
    machine.lot(exit, ours, more)
    machine.install(own)
    const before = [installedServices(machine), machine.ran.length]
    const found = refusalOf(() => machine.install(exit))
    const said = found === null ? 'none' : [found.code, found.field].filter(Boolean).join(' ')
    expect(said).toBe(code)
    if (found === null) return
    expect([installedServices(machine), machine.ran.length]).toEqual(before)
    // Where the other service starts nothing any more, its name is free.
    machine.files.delete(join(own, 'lot.json'))
    expect(machine.install(exit)).toBe('etc-lane')
  })
})

describe('on Linux', () => {
  it('each unit has its folder for notes, and the last one takes away what both need', () => {
    const machine = new Machine('linux')
    machine.lot(own, 'GX1 n2')
    machine.lot(exit, 'GX1 n1')
    machine.install(own)
    const alone = new Set(machine.files.keys())
    machine.install(exit)
    const added = [...machine.files.keys()].filter((file) => !alone.has(file))
    expect(added).toEqual([unitFileOf(further)])
    const unit = machine.files.get(unitFileOf(further)) ?? ''
    expect(unit).toContain(`\nRuntimeDirectory=${further}\n`)
    expect(machine.ran.at(-1)).toBe(`systemctl restart ${further}.service`)
    uninstallService(null, program, machine)
    expect(machine.files.has('/etc/udev/rules.d/60-etc-lane.rules')).toBe(true)
    uninstallService(exit, program, machine)
    expect([...machine.files.keys()].filter((file) => file.startsWith('/etc'))).toEqual([])
  })

  it.each(['/srv/100% $lot', '/srv/a "b" \\ c', '/srv/车场 一号'])('reads %s in a unit', (dir) => {
    for (const isPackaged of [false, true]) {
      const machine = new Machine('linux')
      machine.lot(dir, 'GX1 n1')
      machine.install(dir)
      const file = unitFileOf('etc-lane')
      const text = machine.files.get(file) ?? ''
      if (isPackaged) machine.files.delete(file)
      if (isPackaged) machine.files.set(packagedUnit, text)
      expect(installedServices(machine)).toEqual([{ name: 'etc-lane', dir }])
    }
  })

  it('takes no unit of another program for one of its own', () => {
    const machine = new Machine('linux')
    machine.lot(exit, 'GX1 n1')
    machine.install(own)
    const text = machine.files.get(unitFileOf('etc-lane')) ?? ''
    machine.files.set(unitFileOf('etc-lane-backup'), text.replace(own, exit))
    expect(installedServices(machine).map(({ name }) => name)).toEqual(['etc-lane'])
  })

  it('asks systemd for the unit of this folder', () => {
    const machine = new Machine('linux')
    for (const [dir, lanes] of [
      [own, 'GX1 n2'],
      [exit, 'GX1 n1'],
    ] as const) {
      machine.lot(dir, lanes)
      machine.install(dir)
    }
    const here = (active: string) => ({
      platform: 'linux',
      read: machine.read,
      run: (_program: string, args: readonly string[]) => (args.at(-1) === active ? '' : null),
    })
    const states = ['etc-lane.service', `${further}.service`].map((active) =>
      [own, exit].map((dir) => serviceHere(dir, here(active))),
    )
    expect(states).toEqual([
      ['running', 'stopped'],
      ['stopped', 'running'],
    ])
  })
})

it('asks Windows for the task of this folder by the end of its arguments', () => {
  const asked: string[] = []
  const run = (_program: string, args: readonly string[]): string => {
    asked.push(args.at(-1) ?? '')
    return 'Running\r\n'
  }
  serviceHere("D:\\O'Brien\\", { platform: 'win32', run, read: () => null })
  expect(asked).toEqual([
    `(Get-ScheduledTask etc-lane* | Where-Object { $_.Actions.Arguments.EndsWith('"--data" "D:\\O''Brien\\\\"', 'OrdinalIgnoreCase') }).State`,
  ])
})
