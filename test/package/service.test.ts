// The lanes as a Debian package: opened and inspected, installed under a separate systemd, and run there as a service.
// Ready by its own message, restarted after kill -9, ended by the watchdog when it hangs, removed without the ledger.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointOf, postCall } from '#runtime/api/runtime-client.ts'
import { runFileOf } from '#base/calls/run-file.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { againAfter, serviceEnds } from '#lane/pure/lot/service-ends.ts'
import { serviceFiles } from '#base/desk/service/service-files.ts'
import { furtherName } from '#base/desk/service/service-names.ts'
import { eventually } from '../kit/eventually.ts'
import { root } from './packaged-app.ts'
import { expectSmall } from './sizes.ts'
import { OwnSystemd, refusedRoot, systemdMissing } from './own-systemd.ts'

const dir = mkdtempSync(join(tmpdir(), 'etc-lane-deb-'))
const bundle = join(root, 'dist', 'runtime', 'main.mjs')
const unit = 'etc-lane.service'
let deb: string
const home = '/usr/lib/etc-lane'
const plan = {
  dir: '/var/lib/etc-lane',
  node: `${home}/node`,
  program: `${home}/dist/runtime/main.mjs`,
}

const said = (program: string, ...args: string[]): string => {
  const ran = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
  expect([ran.status, ran.stderr]).toEqual([0, expect.any(String)])
  return ran.stdout
}

beforeAll(() => {
  const script = join(root, 'installers', 'dev', 'package.mjs')
  const out = said(process.execPath, script, '--deb', '--for-tests', '--out', dir)
  deb = (JSON.parse(out) as { file: string }).file
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the package of Debian', () => {
  it('is no larger than its ceiling', () => {
    expectSmall(deb, 'lanes')
  })

  it('holds the unit and the rules that etc-lane install writes, and what may be altered is kept', () => {
    const tree = join(dir, 'tree')
    said('dpkg-deb', '-R', deb, tree)
    const files = serviceFiles(plan)
    for (const { what, path, text } of files) {
      const at = what === 'unit' ? `/usr/lib/systemd/system/${unit}` : path
      expect(readFileSync(join(tree, at), 'utf8')).toBe(text)
    }
    const kept = readFileSync(join(tree, 'DEBIAN/conffiles'), 'utf8').trim().split('\n')
    expect(kept).toEqual(files.flatMap(({ what, path }) => (what === 'unit' ? [] : [path])))
    for (const script of ['postinst', 'prerm', 'postrm'])
      said('sh', '-n', join(tree, 'DEBIAN', script))
    rmSync(tree, { recursive: true, force: true })
  })

  it('has the licence of every package in it, and names the same packages in its list of parts', () => {
    const tree = join(dir, 'licences')
    said('dpkg-deb', '-x', deb, tree)
    const licences = readFileSync(join(tree, home, 'THIRD-PARTY-LICENSES.txt'), 'utf8')
    const sbom = JSON.parse(readFileSync(join(tree, home, 'sbom.cdx.json'), 'utf8')) as {
      bomFormat: string
      components: { name: string; version: string; purl: string }[]
    }
    expect(sbom.bomFormat).toBe('CycloneDX')
    const parts = sbom.components.map(({ name, version }) => `${name} ${version}`).toSorted()
    const heads = [...licences.matchAll(/^={80}\n(.+) \(.*\)\n={80}$/gm)].map(([, head]) => head)
    expect(new Set(heads)).toEqual(new Set(parts))
    // What the bundle cannot do without, what has native parts, and what lies beside it.
    for (const name of ['zod', 'undici', 'sm-crypto-v2', 'serialport', 'node-hid', 'node'])
      expect(
        parts.some((part) => part.startsWith(`${name} `)),
        name,
      ).toBe(true)
    // Tools of the build are no parts.
    for (const name of ['vitest', 'typescript', 'electron-builder'])
      expect(
        parts.some((part) => part.startsWith(`${name} `)),
        name,
      ).toBe(false)
    expect(licences).toContain('Node.js is licensed for use as follows')
    rmSync(tree, { recursive: true, force: true })
  })

  it('brings native parts for this system alone, and no rights that others could use', () => {
    const rows = said('dpkg-deb', '-c', deb)
      .trim()
      .split('\n')
      .map((row) => row.split(/\s+/))
    const natives = rows.flatMap(([, , , , , path = '']) => (path.endsWith('.node') ? [path] : []))
    expect(natives).toHaveLength(3)
    expect(natives.filter((path) => !path.includes('linux-x64'))).toEqual([])
    const others = rows.filter(
      ([rights = '', owner]) => !/^[d-]rw[x-]r-[x-]r-[x-]$/.test(rights) || owner !== 'root/root',
    )
    expect(others).toEqual([])
    expect(rows.filter(([, , , , , path = '']) => /\.(map|ts)$/.test(path))).toEqual([])
  })
})

const missing = systemdMissing()
if (missing !== null) process.stdout.write(`SKIPPED: the lanes under a systemd: ${missing}\n`)

describe.skipIf(missing !== null)('the lanes under a systemd of their own', () => {
  const lot = join(dir, 'lot')
  const harness = new LotHarness({
    dir: lot,
    charge: 'online',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'standard',
    seed: 1,
    capacity: 60,
    rsuLink: 'tcp',
    program: bundle,
  })
  const second = join(dir, 'second exit')
  const further = `${furtherName(second)}.service`
  let own: OwnSystemd
  const mainPid = (): number => Number(own.show(unit, 'MainPID'))
  /** Sent by systemd itself, so that a signal can never reach another process. */
  const signal = (name: string): number | null =>
    own.run('systemctl', 'kill', '--kill-whom=main', '-s', name, unit).code
  const restarts = (): number => Number(own.show(unit, 'NRestarts'))
  const etcLane = (...args: string[]) => own.run('etc-lane', ...args, '--json')

  beforeAll(async () => {
    await harness.startDevices()
    own = await OwnSystemd.boot([dir])
  })
  afterAll(async () => {
    await own.stop()
    await harness.stop()
  })

  /** The lanes' answer over their API: more than a running process. */
  async function answering(): Promise<unknown> {
    const live = runFileOf(lot)
    if (live === null) return null
    return postCall(endpointOf(live), { name: 'status.get', args: {} })
  }

  /** Waits for that number of restarts, and for readiness. */
  const begunAgain = (isOften: (count: number) => boolean): Promise<unknown> =>
    eventually(
      () => ({ count: restarts(), state: own.show(unit, 'ActiveState') }),
      ({ count, state }) => isOften(count) && state === 'active',
    )

  it('begins nothing on a root that may be the own one of the machine', () => {
    const err = "the marker is on the machine's root"
    for (const marker of ['etc', 'usr/bin/env'])
      expect(refusedRoot(marker)).toEqual({ code: 3, err })
  })

  it('is installed by dpkg, and the unit is switched on', () => {
    const ran = own.run('dpkg', '-i', deb)
    expect([ran.code, ran.err]).toEqual([0, ''])
    expect(own.run('systemctl', 'is-enabled', unit).out.trim()).toBe('enabled')
    // Without a lot the unit waits without a fault.
    expect(own.run('systemctl', 'start', unit).code).toBe(0)
    expect(own.show(unit, 'ConditionResult')).toBe('no')
  })

  it('is ready when etc-lane install has ended', async () => {
    const ran = etcLane('install', '--data', lot)
    const { left } = JSON.parse(ran.out) as { left: readonly { command: string }[] }
    // This systemd has no devices, so nothing reads the udev rules.
    expect(left.map(({ command }) => command)).toEqual(['udevadm control --reload'])
    expect(own.show(unit, 'ActiveState')).toBe('active')
    expect(own.show(unit, 'Type')).toBe('notify')
    expect(await answering()).toMatchObject({ ok: true })
    const { checks } = JSON.parse(etcLane('doctor', '--service', '--data', lot).out) as {
      checks: readonly { id: string; verdict: string }[]
    }
    const wrong = checks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []))
    expect(wrong).toEqual(['recoveryKey'])
  })

  it('takes over the folder of lanes that end later, as those of a window do', async () => {
    expect(own.run('systemctl', 'stop', unit).code).toBe(0)
    expect(own.run('systemd-run', '--unit=hosted', 'etc-lane', 'run', '--data', lot).code).toBe(0)
    await eventually(answering).toMatchObject({ ok: true })
    const hosted = own.show('hosted.service', 'MainPID')
    const { left } = JSON.parse(etcLane('install', '--data', lot, '--soon').out) as {
      left: readonly { command: string }[]
    }
    expect(left.map(({ command }) => command)).toEqual(['udevadm control --reload'])
    // The unit begins again and again until it gets the folder; the lanes that have it are not touched.
    await eventually(() => restarts()).toBeGreaterThan(1)
    expect(own.show('hosted.service', 'MainPID')).toBe(hosted)
    expect(own.run('systemctl', 'stop', 'hosted.service').code).toBe(0)
    await eventually(() => own.show(unit, 'ActiveState')).toBe('active')
    expect(await answering()).toMatchObject({ ok: true })
    expect(own.run('systemctl', 'restart', unit).code).toBe(0)
  })

  it('runs the lanes of a second folder as a service of its own beside it', async () => {
    const made = etcLane(
      'lot',
      'init',
      '--data',
      second,
      '--mode',
      'demo',
      '--charge',
      'card',
      '--layout',
      '7.1.1',
      '--node-id',
      'n2',
    )
    expect(made.code).toBe(0)
    const first = mainPid()
    const { left } = JSON.parse(etcLane('install', '--data', second).out) as {
      left: readonly { command: string }[]
    }
    expect(left.map(({ command }) => command)).toEqual(['udevadm control --reload'])
    const state = (of: string) => own.show(of, 'ActiveState')
    expect([state(unit), state(further)]).toEqual(['active', 'active'])
    expect(mainPid()).toBe(first)
    const runtime = runFileOf(second)
    expect(runtime?.pid).toBe(Number(own.show(further, 'MainPID')))
    const { checks } = JSON.parse(etcLane('doctor', '--service', '--data', second).out) as {
      checks: readonly { id: string; verdict: string; reason: string }[]
    }
    const wrong = checks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []))
    expect(wrong).toEqual(['recoveryKey'])
    // A crash of one is none of the other, and each has its own watchdog.
    expect(own.show(further, 'WatchdogUSec')).toBe(own.show(unit, 'WatchdogUSec'))
    own.run('systemctl', 'kill', '--kill-whom=main', '-s', 'KILL', further)
    await eventually(() => own.show(further, 'NRestarts')).toBe('1')
    await eventually(() => state(further)).toBe('active')
    expect([mainPid(), restarts()]).toEqual([first, 0])
    // The same lanes from a third folder.
    own.run('cp', '-r', second, join(dir, 'third'))
    const again = JSON.parse(etcLane('install', '--data', join(dir, 'third')).out) as {
      error: { code: string }
    }
    expect(again.error.code).toBe('SERVICE-20')
    etcLane('uninstall', '--data', second)
    expect([state(unit), state(further)]).toEqual(['active', 'inactive'])
    expect(own.run('test', '-e', '/etc/udev/rules.d/60-etc-lane.rules').code).toBe(0)
  })

  it('lets the machine not sleep: each way is refused by the program that would do it', () => {
    for (const way of ['suspend', 'hibernate', 'hybrid-sleep', 'suspend-then-hibernate']) {
      const asked = own.run('/lib/systemd/systemd-sleep', way)
      expect([way, asked.code === 0, asked.err + asked.out]).toEqual([
        way,
        false,
        expect.stringContaining('disabled by config'),
      ])
    }
    const seen = own.run('systemd-analyze', 'cat-config', 'systemd/logind.conf').out
    const set = seen.split('\n').filter((row) => /^\w+=/.test(row))
    expect(set).toEqual(['HandleLidSwitch=ignore', 'HandleSuspendKey=ignore', 'IdleAction=ignore'])
  })

  it('is ready again after kill -9', async () => {
    const pid = mainPid()
    const atUs = process.hrtime.bigint() / 1000n
    expect(signal('KILL')).toBe(0)
    await begunAgain((count) => count === 1)
    const readyUs = BigInt(own.show(unit, 'ActiveEnterTimestampMonotonic'))
    process.stdout.write(`kill -9 to lanes ready: ${(readyUs - atUs) / 1000n} ms\n`)
    expect(mainPid()).not.toBe(pid)
    expect(await answering()).toMatchObject({ ok: true })
  })

  /** Milliseconds of systemd's clock from its end to its next start. */
  const waitedMs = (): number => {
    const at = (name: string): number => Number(own.show(unit, name))
    return (at('ExecMainStartTimestampMonotonic') - atEndUs) / 1_000
  }
  let atEndUs = 0

  it('waits longer where one start after another ends, without a limit', async () => {
    for (let n = 0; n < 3; n++) {
      const before = restarts()
      atEndUs = Number(process.hrtime.bigint() / 1000n)
      expect(signal('KILL')).toBe(0)
      await begunAgain((count) => count === before + 1)
      const [least, most] = [againAfter.nextMs, againAfter.nextMs + 3_000]
      expect([n, waitedMs() >= least, waitedMs() < most]).toEqual([n, true, true])
    }
    expect(await answering()).toMatchObject({ ok: true })
  })

  it.each(
    serviceEnds.flatMap(({ exit, isBegunAgain }) =>
      exit === null ? [] : ([[exit, isBegunAgain]] as const),
    ),
  )('an end with %i is begun again: %s', async (exit, isBegunAgain) => {
    // The same unit with a program of this exit status.
    const ends = serviceFiles({ ...plan, dir: lot }).find(({ what }) => what === 'unit')?.text ?? ''
    const file = join(dir, 'ends.service')
    writeFileSync(
      file,
      ends
        .replace(
          /^ExecStart=.*$/m,
          `ExecStart=/bin/sh -c "systemd-notify --ready; sleep 0.1; exit ${exit}"`,
        )
        .replaceAll('RuntimeDirectory=etc-lane', 'RuntimeDirectory=ends'),
    )
    own.run('cp', file, '/etc/systemd/system/ends.service')
    own.run('systemctl', 'daemon-reload')
    own.run('systemctl', 'start', '--no-block', 'ends.service')
    const seen = () => [
      Number(own.show('ends.service', 'NRestarts')),
      own.show('ends.service', 'ActiveState'),
    ]
    if (isBegunAgain) await eventually(seen, ([count]) => Number(count) >= 2)
    else {
      await eventually(seen).toEqual([0, 'failed'])
      expect(own.run('systemctl', '--failed', '--plain', '--no-legend').out).toContain(
        'ends.service',
      )
      expect(own.show('ends.service', 'ExecMainStatus')).toBe(String(exit))
    }
    own.run('systemctl', 'stop', 'ends.service')
    expect(own.show('ends.service', 'NRestarts')).toBe(String(seen()[0]))
    own.run('systemctl', 'reset-failed', 'ends.service')
  })

  it('with a broken lot file stays failed, says the code, and starts when it is mended', async () => {
    const file = join(lot, 'lot.json')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, before.replace('{', '{"colour":"red",'))
    own.run('systemctl', 'restart', unit)
    await eventually(() => own.show(unit, 'ActiveState')).toBe('failed')
    expect(own.show(unit, 'ExecMainStatus')).toBe('78')
    expect(own.run('journalctl', '--no-pager', '-o', 'cat', '-u', unit).out).toContain('LOT-02')
    writeFileSync(file, before)
    expect(own.run('systemctl', 'restart', unit).code).toBe(0)
    expect(await answering()).toMatchObject({ ok: true })
  })

  it('stays down when a person stops it, and lets a process beside it end alone', () => {
    expect(own.show(unit, 'OOMPolicy')).toBe('continue')
    expect(own.run('systemctl', 'stop', unit).code).toBe(0)
    expect(own.show(unit, 'ActiveState')).toBe('inactive')
    expect(own.run('systemctl', 'start', unit).code).toBe(0)
  })

  it('is ended by the watchdog when it hangs, and begun again', async () => {
    const before = restarts()
    expect(signal('STOP')).toBe(0)
    // Waits for the unit's own limit: a shorter one would end lanes that a busy machine delays.
    await begunAgain((count) => count > before)
    const log = own.run('journalctl', '--no-pager', '-o', 'cat', '-u', unit).out
    expect(log).toContain('Watchdog timeout')
    expect(await answering()).toMatchObject({ ok: true })
  })

  it('leaves the ledger when it is taken away', () => {
    etcLane('install', '--data', second)
    etcLane('uninstall')
    expect(own.show(unit, 'ActiveState')).toBe('inactive')
    expect(own.show(further, 'ActiveState')).toBe('active')
    const verdict = JSON.parse(etcLane('ledger', 'verify', '--data', lot).out) as object
    expect(verdict).toMatchObject({ ok: true, chain: 'ok' })
    const had = own.run('test', '-d', '/usr/lib/etc-lane/dist/runtime/compiled').code
    const purged = own.run('dpkg', '--purge', 'etc-lane')
    expect(purged.code).toBe(0)
    // The service of the second folder would begin a program that is gone, again and again.
    expect(own.show(further, 'ActiveState')).toBe('inactive')
    expect(own.run('systemctl', 'is-enabled', further).out.trim()).toBe('disabled')
    // Without this the cache that has to go was never there.
    expect(had).toBe(0)
    // Nothing of the package is left, the cache of compiled code included; the lot is, and it is named.
    for (const path of ['/usr/lib/etc-lane', '/usr/bin/etc-lane', '/usr/share/doc/etc-lane'])
      expect(own.run('test', '-e', path).code, path).toBe(1)
    expect(existsSync(join(lot, 'lot.json'))).toBe(true)
  })
})
