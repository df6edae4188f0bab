// Updates of a service under a systemd of its own: prepared from a folder, switched, taken back after each kind of end, and
// gone back from by a person. One unit all the time, whose program an update changes.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  statSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointOf, postCall } from '#runtime/api/runtime-client.ts'
import { runFileOf } from '#base/calls/run-file.ts'
import { keptPlan } from '#runtime/slots/plan-file.ts'
import { keepSlots, keptSlots } from '#runtime/slots/slots-file.ts'
import { finalExits } from '#lane/pure/lot/service-ends.ts'
import { noSlots, switched, type Slot, type Slots } from '#runtime/pure/update/slots.ts'
import { LotHarness } from '#harness/lot/lot-harness.ts'
import { builtId } from '../../installers/dev/build-id.mjs'
import { layLinuxLanes } from '../../installers/lane/archive.mjs'
import { eventually } from '../kit/eventually.ts'
import { nextVersion, type NextVersion } from '../kit/next-version.ts'
import { publisherIn } from '../kit/signed-release.ts'
import { placeScript, slotOf } from '../kit/slot-program.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { root } from './packaged-app.ts'
import { OwnSystemd, systemdMissing } from './own-systemd.ts'

const missing = systemdMissing()
if (missing !== null) process.stdout.write(`SKIPPED: updates under a systemd: ${missing}\n`)

/** The table of ends takes minutes, because systemd waits before it begins again. */
const isFull = process.env['ETC_LANE_SCALE'] === 'full'
const whole = it.skipIf(!isFull)
const unit = 'etc-lane.service'
const atIso = '2026-07-01T10:00:00.000+08:00'

describe.skipIf(missing !== null)('updates under a systemd of their own', () => {
  const dir = mkdtempSync(join(tmpdir(), 'etc-lane-updates-'))
  const [home, lot] = [join(dir, 'lanes'), join(dir, 'lot')]
  const installed = builtId().version
  const harness = new LotHarness({
    dir: lot,
    charge: 'online',
    offline: 'other-payment',
    variant: 'generic-bcc',
    timing: 'standard',
    seed: 1,
    capacity: 60,
    rsuLink: 'tcp',
    program: join(root, 'dist', 'runtime', 'main.mjs'),
  })
  const counts: Record<string, number> = {}
  const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
  let own: OwnSystemd
  let releases: Readonly<Record<'older' | 'good' | 'bad', string>>

  async function releasesIn(folder: string): Promise<typeof releases> {
    mkdirSync(folder)
    const publisher = publisherIn(folder)
    const made = async (next: NextVersion): Promise<string> => {
      const out = mkdtempSync(join(dir, 'made-'))
      const published = await nextVersion(out, { ...next, nodeBinary: process.execPath })
      const place = publisher.publish(published)
      rmSync(out, { recursive: true })
      return place
    }
    return {
      older: await made({ ahead: 1 }),
      good: await made({ ahead: 2 }),
      bad: await made({ ahead: 3, plant: 'start' }),
    }
  }

  beforeAll(async () => {
    layLinuxLanes(home, { system: 'linux-x64', nodeBinary: process.execPath })
    releases = await releasesIn(join(dir, 'published'))
    await harness.startDevices()
    own = await OwnSystemd.boot([dir])
  })
  afterAll(async () => {
    process.stdout.write(`under a systemd: ${JSON.stringify(counts)}\n`)
    await own.stop()
    await harness.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  const etcLane = (...words: readonly string[]) => {
    const ran = own.run(join(home, 'etc-lane'), ...words, '--data', lot, '--json')
    const last = ran.out.trim().split('\n').at(-1) ?? ''
    return { code: ran.code, json: JSON.parse(last || 'null') as Record<string, unknown> }
  }
  const systemctl = (...words: readonly string[]): number | null =>
    own.run('systemctl', ...words, unit).code
  /** Sent by systemd itself, so that a signal can never reach another process. */
  const signal = (name: string): void =>
    void expect(own.run('systemctl', 'kill', '--kill-whom=main', '-s', name, unit).code).toBe(0)
  const pid = (): number => Number(own.show(unit, 'MainPID'))
  const restarts = (): number => Number(own.show(unit, 'NRestarts'))
  const state = (): string => own.show(unit, 'ActiveState')

  /** What the unit runs, once it is ready and the lanes answer over their API. */
  async function runs(after = 0): Promise<{ readonly version: string; readonly node: string }> {
    const now = await eventually(
      () => ({ pid: pid(), state: state() }),
      (seen) => seen.state === 'active' && seen.pid !== after,
    )
    const live = await eventually(
      () => runFileOf(lot),
      (one) => one?.pid === now.pid,
    )
    if (live === null) throw new Error('no lanes')
    const reply = await postCall(endpointOf(live), { name: 'updates.get', args: {} })
    const { running } = (reply as { data: { running: { version: string } } }).data
    const node = own.run('readlink', `/proc/${now.pid}/exe`).out.trim()
    return { version: running.version, node }
  }
  const here = (version: string) => ({
    version,
    node:
      version === installed
        ? join(home, 'node')
        : join(lot, 'update', 'slots', `${version}-next`, 'node'),
  })
  const ahead = (number: number): string => {
    const parts = installed.split('.')
    return [...parts.slice(0, 2), Number(parts[2]) + number].join('.')
  }
  const [good, bad] = [ahead(2), ahead(3)]
  /** An account that every Debian has. */
  const account = 'games'
  const late = slotOf('99.0.2')
  const goodSlot: Slot = { name: `${good}-next`, version: good, build: 'next' }

  /** Each time with the installed program; this systemd has no devices, so nothing reads the udev rules. */
  function installs(): void {
    const { left } = etcLane('install').json as { left: readonly { command: string }[] }
    expect(left.map(({ command }) => command)).toEqual(['udevadm control --reload'])
    expect(own.show(unit, 'ExecStart')).toContain(`path=${join(home, 'node')} ;`)
  }
  const onTrial = (of: Slot) => switched(noSlots, of, { atIso, headSeq: 0 })
  /** These slots are kept while no lanes run. */
  function keptAtRest(slots: Slots): void {
    expect(systemctl('stop')).toBe(0)
    own.run('systemctl', 'reset-failed', unit)
    keepSlots(lot, slots)
  }
  const prepared = (from: string): void =>
    void expect(etcLane('update', 'prepare', '--from', from)).toMatchObject({
      code: 0,
      json: { ok: true, is: 'newer' },
    })

  /** This version is wanted and runs. */
  async function switchTo(version: string): Promise<void> {
    const before = pid()
    const used = etcLane('update', 'use', '--slot', `${version}-next`, '--by', '店主')
    expect(used).toMatchObject({ code: 0, json: { ok: true, begins: 'onceFree' } })
    expect(await runs(before)).toEqual(here(version))
    count('switched')
  }

  it('is installed from the folder of an archive, and has nothing to go back from', async () => {
    installs()
    expect(await runs()).toEqual(here(installed))
    const who = ['--by', '店主', '--reason', '慢']
    expect(etcLane('update', 'back', ...who)).toMatchObject({
      code: 2,
      json: { error: { code: 'UPDATE-09' } },
    })
  })

  it('is prepared beside the running service, which does not notice', () => {
    const before = pid()
    const trust = ['update', 'trust', '--root', join(dir, 'published', '1.root.json'), '--write']
    expect(etcLane(...trust).code).toBe(0)
    prepared(releases.good)
    expect([pid(), state(), restarts()]).toEqual([before, 'active', 0])
  })

  it('refuses an older version than it has seen, and one that was not tried', () => {
    const refused = etcLane('update', 'prepare', '--from', releases.older)
    expect(refused).toMatchObject({ code: 2, json: { error: { code: 'UPDATE-03' } } })
    const use = etcLane('update', 'use', '--slot', `${ahead(1)}-next`, '--by', '店主')
    expect(use).toMatchObject({ code: 2, json: { error: { code: 'UPDATE-08' } } })
    expect(keptPlan(lot)?.step).toMatchObject({ is: 'tried', slot: { version: good } })
    count('downgrades refused')
  })

  it('begins again as the slot in the same unit: ready by its own message, and watched', async () => {
    await switchTo(good)
    expect(restarts()).toBe(1)
    expect(own.show(unit, 'Type')).toBe('notify')
    const alive = (): number => Number(own.show(unit, 'WatchdogTimestampMonotonic'))
    const first = alive()
    // Two further messages of the slot: one may belong to its start.
    const second = await eventually(alive, (us) => us > first)
    expect(await eventually(alive, (us) => us > second)).toBeGreaterThan(second)
    expect(keptSlots(lot)).toMatchObject({ active: { version: good }, before: null })
  })

  it('stays on trial when systemd ends it in order: restart, stop, and a signal of its own', async () => {
    for (const end of ['restart', 'stop', 'TERM', 'INT']) {
      const before = pid()
      if (end === 'TERM' || end === 'INT') signal(end)
      else expect(systemctl(end)).toBe(0)
      if (end === 'stop') {
        expect([state(), keptSlots(lot).openStart]).toEqual(['inactive', null])
        expect(systemctl('start')).toBe(0)
      }
      expect([end, await runs(before)]).toEqual([end, here(good)])
      count('ended in order on trial')
    }
  })

  whole('stays on trial when its start is ended at any moment', async () => {
    for (const sec of [0, 0.1, 0.2, 0.3, 0.5, 1]) {
      own.run('systemctl', 'restart', '--no-block', unit)
      // Counted from its new process.
      await eventually(() => own.show(unit, 'SubState')).toBe('start')
      own.run('sleep', String(sec))
      expect(systemctl('stop')).toBe(0)
      expect(systemctl('start')).toBe(0)
      expect([sec, await runs()]).toEqual([sec, here(good)])
      count('starts ended')
    }
  })

  async function isTakenBackAfter(name: string): Promise<void> {
    keptAtRest(onTrial(goodSlot))
    expect(systemctl('start')).toBe(0)
    expect(await runs()).toEqual(here(good))
    const before = pid()
    signal(name)
    // A stopped one is ended by the watchdog of the unit.
    expect(await runs(before)).toEqual(here(installed))
    expect(keptSlots(lot)).toMatchObject({ active: null, last: { why: 'crashed', from: good } })
    count('taken back after a signal')
  }
  it('is taken back after kill -9', () => isTakenBackAfter('KILL'))
  it.each(isFull ? ['ABRT', 'SEGV', 'STOP'] : [])('is taken back after SIG%s', isTakenBackAfter)

  whole(
    'is taken back when its start takes longer than the unit allows, also where it then ends in order',
    async () => {
      const folder = `/run/systemd/system/${unit}.d`
      own.run('mkdir', '-p', folder)
      writeFileSync(join(dir, 'late.conf'), '[Service]\nTimeoutStartSec=5\n')
      own.run('cp', join(dir, 'late.conf'), folder)
      own.run('systemctl', 'daemon-reload')
      for (const ends of ['process.once("SIGTERM", () => process.exit(0))', '']) {
        placeScript(lot, late, `${ends};setInterval(() => 0, 1e3)`, join(home, 'node'))
        keptAtRest(onTrial(late))
        own.run('systemctl', 'start', '--no-block', unit)
        await eventually(() => keptSlots(lot).last?.from).toBe(late.version)
        expect(await runs()).toEqual(here(installed))
        keepSlots(lot, noSlots)
        rmSync(join(lot, 'update', 'slots', late.name), { recursive: true })
        count('taken back after a start without end')
      }
      own.run('rm', '-r', folder)
      own.run('systemctl', 'daemon-reload')
    },
  )

  it('that was taken back is prepared and wanted once more', async () => {
    prepared(releases.good)
    await switchTo(good)
  })

  it('leaves the unit to the installed program when it is installed again, and doctor finds it so', async () => {
    installs()
    expect(await runs()).toEqual(here(good))
    const { checks } = etcLane('doctor', '--service').json as {
      checks: readonly { id: string; verdict: string }[]
    }
    const wrong = checks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []))
    expect(wrong).toEqual(['recoveryKey'])
  })

  it('goes back when a person wants it', async () => {
    const before = pid()
    const back = etcLane('update', 'back', '--by', '店主', '--reason', '慢')
    expect(back).toMatchObject({ code: 0, json: { ok: true, from: good, to: installed } })
    expect(await runs(before)).toEqual(here(installed))
    expect(keptSlots(lot).last).toMatchObject({ why: 'person', note: '店主: 慢' })
    count('gone back')
  })

  whole(
    'is held by a broken lot file, on trial and after it, and goes on when that is mended',
    async () => {
      const file = join(lot, 'lot.json')
      const text = readFileSync(file, 'utf8')
      const trial = onTrial(goodSlot)
      for (const [slots, then] of [
        [trial, installed],
        [{ ...trial, trial: null }, good],
      ] as const) {
        keptAtRest(slots)
        writeFileSync(file, text.replace('{', '{"colour":"red",'))
        own.run('systemctl', 'start', '--no-block', unit)
        await eventually(state).toBe('failed')
        expect([then, own.show(unit, 'ExecMainStatus')]).toEqual([then, '78'])
        expect(own.run('journalctl', '--no-pager', '-o', 'cat', '-u', unit).out).toContain('LOT-02')
        writeFileSync(file, text)
        expect(systemctl('restart')).toBe(0)
        expect(await runs()).toEqual(here(then))
        count('held with 78')
      }
    },
  )

  whole('that is no more on trial is begun again as itself after kill -9', async () => {
    const before = pid()
    signal('KILL')
    expect(await runs(before)).toEqual(here(good))
    expect(keptSlots(lot)).toMatchObject({ active: { version: good }, trial: null })
    count('killed after its trial')
  })

  whole('goes back to the slot before where a version dies at each start', async () => {
    prepared(releases.bad)
    const before = pid()
    const began = restarts()
    etcLane('update', 'use', '--slot', `${bad}-next`, '--by', '店主')
    await eventually(() => keptSlots(lot).last?.from).toBe(bad)
    expect(await runs(before)).toEqual(here(good))
    // Its one start, and that of the version before.
    expect(restarts() - began).toBe(2)
    expect(keptSlots(lot)).toMatchObject({ active: { version: good }, last: { why: 'crashed' } })
    count('switched')
    count('taken back at its start')
  })

  describe('the table of ends, of a program in a slot', () => {
    const slot = slotOf('99.0.1')
    const began = join(lot, 'began')
    const ends = [
      ...[0, 1, 2, ...finalExits].map((exit) => ({ how: `exit ${exit}`, call: `exit(${exit})` })),
      ...['SIGKILL', 'SIGABRT', 'SIGSEGV'].map((how) => ({
        how,
        call: `kill(process.pid, '${how}')`,
      })),
    ]
    const startsSeen = (): number => readFileSync(began, 'utf8').split('\n').length - 1
    const placed = (call: string, isOnTrial: boolean): void => {
      const trial = onTrial(slot)
      keptAtRest(isOnTrial ? trial : { ...trial, trial: null })
      rmSync(join(lot, 'update', 'slots', slot.name), { recursive: true, force: true })
      const script = `import { appendFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
appendFileSync(${JSON.stringify(began)}, process.pid + '\\n')
execFileSync('systemd-notify', ['--ready'])
setTimeout(() => process.${call}, 100)`
      placeScript(lot, slot, script, join(home, 'node'))
      writeFileSync(began, '')
    }

    it.each(isFull ? ends : [])('on trial: $how', async ({ how, call }) => {
      placed(call, true)
      own.run('systemctl', 'start', '--no-block', unit)
      if (how === `exit ${finalExits[0]}`) {
        await eventually(state).toBe('failed')
        // A person looks after it; nothing else begins.
        expect([startsSeen(), own.show(unit, 'ExecMainStatus')]).toEqual([1, '78'])
        expect(systemctl('restart')).toBe(0)
      }
      await eventually(() => keptSlots(lot).last?.why).toBe('crashed')
      expect(await runs()).toEqual(here(installed))
      expect(startsSeen()).toBe(1)
      count(`table, on trial: ${how}`)
    })

    it.each(isFull ? ends : [])('after its trial: $how', async ({ how, call }) => {
      placed(call, false)
      own.run('systemctl', 'start', '--no-block', unit)
      if (how === `exit ${finalExits[0]}`) await eventually(state).toBe('failed')
      else await eventually(startsSeen, (seen) => seen >= 2)
      expect(keptSlots(lot)).toMatchObject({ active: slot, last: null })
      count(`table, kept: ${how}`)
    })

    whole('a Node that the system cannot run is taken back', async () => {
      placed('exit(0)', true)
      const node = join(lot, 'update', 'slots', slot.name, 'node')
      rmSync(node)
      writeFileSync(node, 'no program', { mode: 0o755 })
      own.run('systemctl', 'start', '--no-block', unit)
      await eventually(() => keptSlots(lot).last?.why).toBe('crashed')
      expect(await runs()).toEqual(here(installed))
      count('table, on trial: no program')
    })
  })

  whole(
    "as a service of another account: what root prepares is that account's, and runs as it",
    async () => {
      keptAtRest(noSlots)
      rmSync(join(lot, 'update', 'plan.json'), { force: true })
      for (const folder of [dir, join(dir, 'published')]) chmodSync(folder, 0o755)
      // udev and systemd make these where a machine begins.
      for (const group of ['dialout', 'plugdev', 'lp', 'input'])
        own.run('groupadd', '-f', '-r', group)
      own.run('chown', '-R', account, lot)
      installs()
      expect(await runs()).toEqual(here(installed))
      prepared(releases.bad)
      const { uid } = statSync(lot)
      const files = ['plan.json', 'trust.json', 'slots', join('slots', `${bad}-next`, 'node')]
      for (const file of files)
        expect([file, statSync(join(lot, 'update', file)).uid]).toEqual([file, uid])
      expect(etcLane('update', 'use', '--slot', `${bad}-next`, '--by', '店主').code).toBe(0)
      await eventually(() => keptSlots(lot).last?.from).toBe(bad)
      expect(await runs()).toEqual(here(installed))
      expect(own.run('stat', '-c', '%U', `/proc/${pid()}`).out.trim()).toBe(account)
      expect(statSync(join(lot, 'update', 'slots.json')).uid).toBe(uid)
      count('switched')
      count('as another account')
    },
  )

  it('leaves a whole ledger that tells each switch and each way back', () => {
    expect(systemctl('stop')).toBe(0)
    expect(etcLane('ledger', 'verify')).toMatchObject({ code: 0, json: { ok: true, chain: 'ok' } })
    const acts = ledgerRows(lot).flatMap((row) =>
      row.kind === 'audit' && row.body.act.startsWith('program.') ? [row.body.act] : [],
    )
    const of = (act: string): number => acts.filter((one) => one === act).length
    counts['rows program.switched'] = of('program.switched')
    counts['rows program.takenBack'] = of('program.takenBack')
    expect(of('program.switched')).toBe(counts['switched'])
  })
})
