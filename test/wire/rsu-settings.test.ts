// Settings of a simulated RSU over real links: read, diff, apply, and faults at each step. In any
// case the device has the old settings or the new ones, and the result says which.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readPhoto } from '#ledger/files/photos.ts'
import type { ContactView } from '#devices/calls/contact-views.ts'
import type { DeviceSettingsView } from '#devices/calls/settings-views.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { encodeJpeg } from '#simulators/camera/jpeg.ts'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { newFolder, Program } from './kit/live-program.ts'
import { program, runProgram, type Ran } from './kit/program.ts'
import { SkipClock } from './kit/skip-clock.ts'
import { eventually } from '../kit/eventually.ts'
import { endedAfterEach } from './kit/ended.ts'

const sims = endedAfterEach()
const open = new Set<BenchRsu>()
afterEach(() => {
  for (const one of open) one.close()
  open.clear()
})

const links = process.platform === 'linux' ? (['pty', 'tcp'] as const) : (['tcp'] as const)
const places = links.flatMap((kind) => rsuVariants.map((variant) => ({ kind, variant })))
/**
 * Two faults for each variant over each link in every run, all of them in `npm run test:full`; cuts at
 * every byte are in rsu-write-cut.test.ts, in virtual time.
 */
const full = process.env['ETC_LANE_SCALE'] === 'full'
const faults = [
  ['the device restarts in the middle', 'C0', 'reboot', 0],
  ['the answer to taking back is cut', 'B0', 'cut', 1],
  ['the device never answers the new settings', 'B0', 'drop', 0],
  ['the link is cut in the middle', 'B0', 'cut', 0],
  ['taking back is cut by a restart', 'C0', 'reboot', 1],
] as const
/** All faults for one variant on each link. */
const allFor = { pty: 'generic-bcc', tcp: 'generic-ver' } as const

class Device {
  readonly clock = new SkipClock()
  readonly ends: string[] = []
  readonly folder: string
  readonly sim: SimProcess
  readonly link: string

  static async start(kind: 'pty' | 'tcp', variant: string): Promise<Device> {
    const folder = newFolder()
    const listen = kind === 'pty' ? `pty:${join(folder, 'rsu')}` : 'tcp://127.0.0.1:0'
    const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--listen', listen]
    const launch = spawnLauncher(program)
    const sim = await startSimProcess('rsu-sim', [...own, '--variant', variant], launch)
    sims.push(sim)
    return new Device(folder, sim, variant)
  }

  constructor(folder: string, sim: SimProcess, variant: string) {
    this.folder = folder
    this.sim = sim
    // It was set before; without that see first-contact.test.ts.
    this.link = `${present(sim.endpoints.link, 'a link')}?variant=${variant}&power=8`
  }

  async contact(): Promise<BenchRsu> {
    const ended = (end: string): void => void this.ends.push(end)
    const bench = await BenchRsu.open(this.link, this.state, { ended }, this.clock)
    open.add(bench)
    return bench
  }

  apply(bench: BenchRsu): void {
    bench.settingsStore.apply(randomUUID(), {
      wanted: { powerStep: 12 },
      by: '装机员',
      reason: '试功率',
      forMs: 60_000,
      evenUnlawful: false,
      photo: null,
    })
  }

  /** Advances time in leaps until the condition holds. */
  async until(ok: () => boolean | Promise<boolean>, leapMs = 0): Promise<void> {
    const look = async (): Promise<boolean> => {
      const isSo = await ok()
      if (!isSo && leapMs > 0) this.clock.leap(leapMs)
      return isSo
    }
    await eventually(look, (is) => is, { what: ok.toString() })
  }

  get state(): string {
    return join(this.folder, 'state')
  }

  rsu(verb: string, ...args: string[]): Promise<Ran> {
    return runProgram('rsu', verb, '--link', this.link, '--state', this.state, '--json', ...args)
  }

  async admin(path: string, body?: object): Promise<Record<string, unknown>> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const answer = await fetch(`${this.sim.endpoints.admin}${path}`, init)
    return (await answer.json()) as Record<string, unknown>
  }

  async powerStep(): Promise<unknown> {
    return (await this.admin('/state'))['powerStep']
  }
}

const testCar = {
  obuId: '02001234',
  cardNo: '37011200000000000001',
  cardType: 22,
  plate: '测A12345',
  colour: 'blue',
  balanceFen: 10_000,
  cardSerial: 1,
  stayMs: 0,
  needsPowerStep: 10,
}
const apply = ['apply', '--by', '装机员', '--reason', '试功率', '--set', 'powerStep=12'] as const
const jsonOf = (ran: Ran): Record<string, unknown> =>
  JSON.parse(ran.stdout) as Record<string, unknown>

describe.each(places)('$variant over $kind', ({ kind, variant }) => {
  it('a car that only the new power reaches makes it permanent', async () => {
    const device = await Device.start(kind, variant)
    await device.admin('/cars', testCar)
    const bench = await device.contact()
    device.apply(bench)
    await device.until(() => device.ends.length > 0)
    expect(device.ends).toEqual(['kept'])
    expect(await device.admin('/state')).toMatchObject({ powerStep: 12, debits: 0 })
    expect(bench.settingsStore.diff({ powerStep: 12 })).toMatchObject({ changed: 0 })
  })
  it('without a car the device has the old power again, and it is said', async () => {
    const device = await Device.start(kind, variant)
    const bench = await device.contact()
    device.apply(bench)
    await device.until(async () => (await device.powerStep()) === 12)
    await device.until(() => bench.settingsStore.state.trial?.phase === 'running')
    device.clock.leap(60_000)
    await device.until(() => device.ends.length > 0)
    expect(device.ends).toEqual(['timeUp'])
    await device.until(async () => (await device.powerStep()) === 8)
  })
  const all = full || allFor[kind] === variant
  it.each(all ? faults : faults.slice(0, 2))(
    '%s: taken back, and the old power is there at the next contact',
    async (_, at, act, skip) => {
      const device = await Device.start(kind, variant)
      const bench = await device.contact()
      const times = act === 'drop' ? 3 : 1
      await device.admin('/faults', { at, when: 'before', do: act, times, skip, ms: 200 })
      device.apply(bench)
      await device.until(() => device.ends.length > 0, 500)
      expect(device.ends[0]).toMatch(/linkLost|timeUp/)
      await device.until(() => bench.settingsStore.up && !bench.settingsStore.state.restoring, 100)
      await device.until(async () => (await device.powerStep()) === 8)
      expect(bench.settingsStore.lastWritten()).toMatchObject({ powerStep: 8 })
    },
  )
})

describe('as commands', () => {
  it('a power cut of our side in the middle: the next contact writes the old power', async () => {
    const device = await Device.start('tcp', 'generic-ver')
    const where = ['--link', device.link, '--state', device.state, '--json']
    const killed = new Program(['rsu', ...apply, ...where])
    await device.until(async () => (await device.powerStep()) === 12)
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(await device.powerStep()).toBe(12)
    const next = jsonOf(await device.rsu('backups'))
    expect(next['backups']).toMatchObject([
      { settings: { powerStep: 8 }, reason: '试功率' },
      { settings: { powerStep: 8 }, reason: 'contactCopied' },
    ])
    expect(await device.powerStep()).toBe(8)
  })
  it('a command whose trial ran out ends with the old power on the device', async () => {
    const device = await Device.start('tcp', 'generic-ver')
    const over = await device.rsu(...apply, '--trial-sec', '1')
    expect([over.code, jsonOf(over)]).toMatchObject([
      1,
      { end: 'timeUp', settled: true, diff: { rows: [{ old: 8, source: 'device' }] } },
    ])
    expect(await device.powerStep()).toBe(8)
  })
  it('backups are compared, pinned and gone back to in part, without a false height', async () => {
    const device = await Device.start('tcp', 'generic-bcc')
    await device.admin('/cars', testCar)
    const to = (...sets: string[]) => sets.flatMap((set) => ['--set', set])
    const who = apply.slice(1, 5)
    const ask = async (...args: string[]): Promise<unknown[]> => {
      const ran = await device.rsu('backups', ...args)
      return [ran.code, jsonOf(ran)]
    }
    const photo = join(device.folder, 'tape.jpg')
    const jpeg = encodeJpeg({ width: 8, height: 8, rgb: new Uint8Array(192) })
    writeFileSync(photo, jpeg)
    const hung = await device.rsu('apply', ...who, ...to('heightCm=260'), '--photo', photo)
    expect(jsonOf(hung)).toMatchObject({ ok: true, end: 'recorded' })
    const { settings } = jsonOf(await device.rsu('read')) as Pick<DeviceSettingsView, 'settings'>
    const { photo: kept = null } = settings.find(({ id }) => id === 'heightCm')?.measured ?? {}
    expect(await readPhoto(device.state, kept ?? '')).toHaveLength(jpeg.length)
    await device.rsu('apply', ...who, ...to('powerStep=12', 'channel=1'))
    await device.rsu('apply', ...who, ...to('heightCm=255'))
    const { backups } = jsonOf(await device.rsu('backups')) as { backups: { id: string }[] }
    const [newest, second] = backups.map(({ id }) => id)
    expect(await ask('diff', second ?? '', newest ?? '')).toMatchObject([
      1,
      { before: { id: second }, differ: true },
    ])
    expect(await ask('pin', second ?? '', ...who)).toMatchObject([0, { pinned: true }])
    const at = { site: '东门停车场', laneId: '出口 1' }
    const placed = ['--site', at.site, '--lane', at.laneId]
    const made = { backup: { ...at, settings: { channel: 1 } } }
    expect(await ask('make', ...who, ...placed)).toMatchObject([0, made])
    const copies = jsonOf(await device.rsu('backups'))['backups'] as object[]
    for (const copy of copies) expect(copy).toMatchObject(at)
    const nowhere = await device.rsu('read', '--site', ' ')
    expect(jsonOf(nowhere)).toMatchObject({ error: { code: 'ARG-01', field: '--site' } })
    const back = ['diff', '--backup', second ?? ''] as const
    const part = jsonOf(await device.rsu(...back, '--only', 'powerStep'))
    expect(part['rows']).toMatchObject([{ id: 'powerStep', old: 12, new: 8 }])
    const all = jsonOf(await device.rsu(...back))
    expect(all['rows']).toHaveLength(3)
    expect(JSON.stringify(all['rows'])).not.toContain('heightCm')
  })
  it('diff and apply say what is and was, with their exit codes', async () => {
    const device = await Device.start('tcp', 'generic-bcc')
    await device.admin('/cars', testCar)
    const diff = await device.rsu('diff', '--set', 'powerStep=12', '--set', 'colour=1')
    expect([diff.code, jsonOf(diff)]).toMatchObject([1, { changed: 1, notOnDevice: 1 }])
    const applied = await device.rsu(...apply)
    expect([applied.code, jsonOf(applied)]).toMatchObject([0, { ok: true, end: 'kept' }])
    const bad = await device.rsu(apply[0], ...apply.slice(1, 5), '--set', 'powerStep=99')
    expect([bad.code, jsonOf(bad)]).toMatchObject([
      2,
      { error: { code: 'SET-01', field: '/settings/powerStep', value: '99' } },
    ])
    expect(await device.powerStep()).toBe(12)
  })
  it('in a running lot the same settings go through the lane, and the link is its own', async () => {
    const dir = join(newFolder(), 'lot')
    await new Program(['demo', '--headless', '--data', dir]).ready()
    const inLot = (verb: string, ...args: string[]): Promise<Ran> =>
      runProgram('rsu', verb, '--data', dir, '--lane', 'exit', '--json', ...args)
    // After the antenna was heard, a write needs no decision of a person.
    const { link } = await eventually(
      async () => jsonOf(await inLot('read')),
      ({ up, contact }) => up === true && (contact as ContactView).state === 'known',
    )
    expect(jsonOf(await runProgram('rsu', 'read', '--link', String(link), '--json'))).toMatchObject(
      { error: { code: 'LINK-03' } },
    )
    const ran = await inLot(...apply, '--no-wait')
    expect([ran.code, jsonOf(ran)]).toMatchObject([0, { end: 'running' }])
    const taken = await inLot('take-back', '--by', '装机员', '--reason', '试完')
    expect([taken.code, jsonOf(taken)]).toMatchObject([0, { ok: true }])
    expect(jsonOf(await inLot('read'))).toMatchObject({ trial: null, last: { end: 'takenBack' } })
    const audited = await runProgram('audit', 'verify', '--data', dir, '--json')
    expect(jsonOf(audited)).toMatchObject({
      ok: true,
      byAct: { 'device.apply': 1, 'device.takeBack': 1, 'device.trial': 1 },
    })
  })
  it.each([
    ['apply', '--set', 'powerStep=12'],
    ['preset', 'apply', 'long-zone'],
    ['bundle', 'apply', '--preset', 'long-zone'],
  ])('%s of a link of its own waits for the end of its trial', async (verb, ...more) => {
    const who = ['--by', '装机员', '--reason', '试']
    const link = ['--link', 'tcp://127.0.0.1:9?variant=generic-ver']
    const ran = await runProgram('rsu', verb, ...more, ...who, ...link, '--no-wait', '--json')
    const error = { code: 'ARG-01', field: '--no-wait' }
    expect([ran.code, jsonOf(ran)]).toMatchObject([2, { error }])
  })
  it('a link that does not say what it is: it is found by asking', async () => {
    const device = await Device.start('tcp', 'generic-len')
    const bare = present(device.sim.endpoints.link, 'a link')
    const read = jsonOf(await runProgram('rsu', 'read', '--link', bare, '--json'))
    expect(read).toMatchObject({ variant: 'generic-len' })
    await device.sim.kill()
    const gone = await runProgram('rsu', 'read', '--link', bare, '--json')
    expect([gone.code, jsonOf(gone)]).toMatchObject([2, { error: {} }])
  })
  it('a device that another program holds, and a link that is none', async () => {
    const device = await Device.start('tcp', 'generic-ver')
    await device.contact()
    expect(jsonOf(await device.rsu('read'))).toMatchObject({ error: { code: 'LINK-03' } })
    expect(jsonOf(await runProgram('rsu', 'read', '--link', 'com7', '--json'))).toMatchObject({
      error: { code: 'LOT-03', value: 'com7' },
    })
  })
})
