// A computer without any knowledge of an antenna meets one that was set up before, over real links. The
// simulator goes on while our side restarts with an empty folder: its power stays unchanged.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { settingsFiles } from '#devices/files/settings-files.ts'
import { tuneFiles } from '#devices/files/tune-files.ts'
import { linkOpener } from '#devices/links/link-opener.ts'
import { deviceView } from '#devices/desk/handlers/control-devices.ts'
import type { ContactNote } from '#devices/settings/first-contact.ts'
import type { ProfileLookup } from '#devices/profiles/links.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import { rsuDevice, type RsuHandle } from '#devices/desk/lane/rsu-device.ts'
import { spawnLauncher, startSimProcess, type SimProcess } from '#harness/lot/sim-process.ts'
import { present } from '#base/pure/values/must.ts'
import { at, copyOf, put, readAgain } from '../firmware-runtime/devices/profiles/shipped.ts'
import { newFolder } from './kit/live-program.ts'
import { program, runProgram, type Ran } from './kit/program.ts'
import { eventually } from '../kit/eventually.ts'
import { endedAfterEach } from './kit/ended.ts'

const sims = endedAfterEach()
const open = new Set<{ close(): void }>()
afterEach(() => {
  for (const one of open) one.close()
  open.clear()
})

interface SimState {
  readonly powerStep: number
  readonly channel: number
  readonly initialised: boolean
  readonly framesIn: Readonly<Record<string, number>>
}

const model = 'soulin/parking'

/** From firmware 0300 on this model numbers its power in half steps. */
function halfSteps(): ProfileLookup {
  const copy = copyOf(`rsu/${model}`)
  const why = { zh: '步长减半', en: 'half steps' }
  const move = { since: '0300', setting: 'powerStep', times: [2, 1], why }
  const source = at(copy, '/basis/0/id')
  const checked = present(
    readAgain(put(copy, '/migrations', [{ ...move, source }])).checked,
    'a profile',
  )
  return { find: () => ({ ok: true, checked }) }
}

const hadBefore = { powerStep: 17, channel: 1 } as const
const kind = process.platform === 'linux' ? 'pty' : 'tcp'

class Antenna {
  readonly folder = newFolder()
  readonly sim: SimProcess
  readonly link: string

  static async start(variant: string): Promise<Antenna> {
    const listen = kind === 'pty' ? `pty:${join(newFolder(), 'rsu')}` : 'tcp://127.0.0.1:0'
    const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--listen', listen]
    const had = ['--power', String(hadBefore.powerStep), '--channel', String(hadBefore.channel)]
    const flags = [...own, ...had, '--variant', variant]
    const sim = await startSimProcess('rsu-sim', flags, spawnLauncher(program))
    sims.push(sim)
    return new Antenna(sim, variant)
  }

  constructor(sim: SimProcess, variant: string) {
    this.sim = sim
    this.link = `${present(sim.endpoints.link, 'a link')}?variant=${variant}`
  }

  async state(): Promise<SimState> {
    return (await (await fetch(`${this.sim.endpoints.admin}/state`)).json()) as SimState
  }

  /** A workbench in a folder from which no antenna was ever set. */
  async fresh(folder = newFolder()): Promise<BenchRsu> {
    const bench = await BenchRsu.open(this.link, folder, {})
    open.add(bench)
    return bench
  }

  leave(bench: { close(): void }): void {
    open.delete(bench)
    bench.close()
  }

  /** A lane of a replaced computer. */
  lane(
    more = '',
    folder = newFolder(),
    profiles?: ProfileLookup,
    asks = false,
  ): { rsu: RsuHandle; notes: ContactNote[] } {
    const notes: ContactNote[] = []
    const scene = {
      opener: linkOpener(),
      mono: systemMonoClock(),
      business: systemWallClock(),
      timing: 'standard',
      ...(profiles === undefined ? {} : { profiles }),
    } as const
    const name = { zh: '出口', en: 'exit' }
    const rsu: RsuHandle = rsuDevice(
      {
        id: 'exit',
        name,
        direction: 'exit',
        rsu: this.linkOf(more, profiles),
        camera: null,
        barrier: null,
        display: null,
      },
      scene,
      () => undefined,
      () => undefined,
      {
        site: '测试',
        asks,
        store: (deviceId) => settingsFiles(folder, deviceId),
        noted: (_laneId, note) => void notes.push(note),
        ended: () => undefined,
        tuneStore: (deviceId) => tuneFiles(folder, deviceId),
        tuned: () => undefined,
        failed: (_laneId, fault) => {
          throw fault
        },
      },
    )
    open.add(rsu)
    rsu.settings?.start()
    rsu.open()
    return { rsu, notes }
  }

  private linkOf(more: string, profiles: ProfileLookup | undefined): string {
    const link = profiles === undefined ? this.link : this.link.replace('generic-bcc', model)
    return `${link}${more}`
  }

  rsu(verb: string, more: string, ...args: string[]): Promise<Ran> {
    const where = ['--link', `${this.link}${more}`, '--state', this.folder, '--json']
    return runProgram('rsu', verb, ...where, ...args)
  }
}

async function until(ok: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(ok, (is) => is, { what: ok.toString() })
}

const jsonOf = (ran: Ran): unknown => JSON.parse(ran.stdout)
const power = (is: object): unknown =>
  expect.arrayContaining([expect.objectContaining({ id: 'powerStep', ...is })])
const who = ['--by', '装机员', '--reason', '换了电脑']

describe('an antenna that tells its power (generic-ver)', () => {
  it('keeps it at every first contact of a bench, which has it as a copy', async () => {
    const antenna = await Antenna.start('generic-ver')
    for (const _again of [1, 2]) {
      const bench = await antenna.fresh()
      expect(await antenna.state()).toMatchObject({ ...hadBefore, initialised: true })
      expect(bench.settingsStore.copies.all()).toMatchObject([
        { reason: 'contactCopied', settings: hadBefore, by: 'etc-lane' },
      ])
      const { settings } = deviceView('bench', {
        link: antenna.link,
        settingsStore: bench.settingsStore,
      })
      expect(settings.slice(0, 3)).toMatchObject([
        { id: 'powerStep', value: 17, origin: { from: 'adopted' } },
        { id: 'channel', value: 1, origin: { from: 'adopted' } },
        { id: 'bstIntervalMs', value: 10, origin: { from: 'default' } },
      ])
      antenna.leave(bench)
    }
  })
  it('keeps it where another antenna was set from this port before', async () => {
    const [one, other] = [await Antenna.start('generic-ver'), newFolder()]
    const before = await one.fresh(other)
    before.settingsStore.apply(randomUUID(), {
      wanted: { powerStep: 5 },
      by: '装机员',
      reason: '试',
      forMs: 60_000,
      evenUnlawful: false,
      photo: null,
    })
    await until(() => before.settingsStore.state.trial?.phase === 'running')
    before.settingsStore.proven('measured')
    before.settingsStore.lane({ type: 'cardRead' })
    expect(before.settingsStore.permanent).toMatchObject({ powerStep: 5 })
    one.leave(before)
    // Another computer sets it, or it is another antenna.
    const elsewhere = await one.fresh()
    expect(elsewhere.settingsStore.permanent).toMatchObject({ powerStep: 5 })
    elsewhere.handle.command({
      do: 'configure',
      id: 'x',
      settings: { powerStep: 21, channel: 0, bstIntervalMs: 10 },
    })
    await until(async () => (await one.state()).powerStep === 21)
    one.leave(elsewhere)
    const again = await one.fresh(other)
    expect(await one.state()).toMatchObject({ powerStep: 21, channel: 0 })
    expect(again.settingsStore.copies.all()[0]).toMatchObject({
      reason: 'contactOther',
      settings: { powerStep: 21, channel: 0 },
    })
  })
  it('keeps it under a lane of a replaced computer, whatever the lot file says', async () => {
    const antenna = await Antenna.start('generic-ver')
    const { rsu, notes } = antenna.lane('&power=3')
    await until(() => rsu.status.up)
    expect(await antenna.state()).toMatchObject(hadBefore)
    expect(notes).toEqual([
      { text: 'contactAdopted powerStep ? -> 17, channel ? -> 1', code: null },
    ])
  })
})

describe.each(['generic-bcc', 'generic-len'])(
  'an antenna that never tells its power (%s)',
  (id) => {
    it('is not initialised by a bench before a person says the power', async () => {
      const antenna = await Antenna.start(id)
      const bench = await antenna.fresh()
      expect(bench.settingsStore.contact.state).toBe('asking')
      expect(await antenna.state()).toMatchObject({ ...hadBefore, initialised: false })
      expect((await antenna.state()).framesIn).not.toHaveProperty('C0')
      bench.settingsStore.apply('first', {
        wanted: { powerStep: 12 },
        by: '装机员',
        reason: '现场记录',
        forMs: 60_000,
        evenUnlawful: false,
        photo: null,
      })
      await until(() => bench.settingsStore.state.last !== null)
      expect(bench.settingsStore.state.last).toMatchObject({ end: 'kept', why: 'firstContact' })
      expect(await antenna.state()).toMatchObject({ powerStep: 12, initialised: true })
      expect(bench.settingsStore.copies.all()).toMatchObject([
        { reason: '现场记录 contactUnknown', settings: {} },
      ])
    })
  },
)

it('a lane of a lot writes nothing before a person says the power, and goes on with that', async () => {
  const antenna = await Antenna.start('generic-bcc')
  const { rsu, notes } = antenna.lane('', newFolder(), undefined, true)
  await until(() => rsu.settings?.contact.state === 'asking')
  expect(notes).toEqual([{ text: 'contactAsks', code: 'SET-07' }])
  expect((await antenna.state()).framesIn).not.toHaveProperty('C0')
  rsu.settings?.apply('first', {
    wanted: { powerStep: 12 },
    by: '装机员',
    reason: '现场记录',
    forMs: 60_000,
    evenUnlawful: false,
    photo: null,
  })
  await until(() => rsu.status.up)
  expect(await antenna.state()).toMatchObject({ powerStep: 12, initialised: true })
})

it('a lane of a demo goes on with the power of its lot file or the usual one, and says so', async () => {
  const antenna = await Antenna.start('generic-bcc')
  const said = antenna.lane('&power=3')
  await until(() => said.rsu.status.up)
  expect(await antenna.state()).toMatchObject({ powerStep: 3, channel: 0 })
  const wrote = 'contactWrote 3'
  expect(said.notes).toEqual([{ text: wrote, code: 'SET-08' }])
  expect(said.rsu.settings?.copies.all()).toMatchObject([{ reason: wrote, settings: {} }])
  expect(said.rsu.settings?.contact.origins['powerStep']).toMatchObject({ from: 'link' })
  antenna.leave(said.rsu)
  const folder = newFolder()
  const usual = antenna.lane('', folder)
  await until(() => usual.rsu.status.up)
  expect(await antenna.state()).toMatchObject({ powerStep: 8 })
  expect(usual.notes).toMatchObject([{ code: 'SET-08' }])
  antenna.leave(usual.rsu)
  const next = antenna.lane('&power=3', folder)
  await until(() => next.rsu.status.up)
  expect(next.notes).toEqual([])
  expect(await antenna.state()).toMatchObject({ powerStep: 8 })
})

it('commands ask for the power in words, take it from a link or a write, and never invent it', async () => {
  const antenna = await Antenna.start('generic-bcc')
  const read = await antenna.rsu('read', '')
  expect([read.code, jsonOf(read)]).toMatchObject([
    0,
    {
      up: false,
      contact: { state: 'asking' },
      settings: power({ value: null, source: 'nobodyKnows' }),
    },
  ])
  const tune = ['--aim', 'moreReads', ...who, '--passes', '1', '--listen-sec', '2'] as const
  expect(jsonOf(await antenna.rsu('tune', '', ...tune))).toMatchObject({
    error: { code: 'SET-07' },
  })
  const noPower = await antenna.rsu('apply', '', '--set', 'channel=1', ...who)
  expect([noPower.code, jsonOf(noPower)]).toMatchObject([
    2,
    { error: { code: 'SET-07', field: '/settings/powerStep' } },
  ])
  expect((await antenna.state()).framesIn).not.toHaveProperty('C0')
  const applied = await antenna.rsu('apply', '', '--set', 'powerStep=11', ...who)
  expect([applied.code, jsonOf(applied)]).toMatchObject([
    0,
    { ok: true, end: 'kept', why: 'firstContact', diff: { rows: [{ old: null, new: 11 }] } },
  ])
  expect(await antenna.state()).toMatchObject({ powerStep: 11 })
  expect(jsonOf(await antenna.rsu('read', '&power=2'))).toMatchObject({
    up: true,
    contact: { state: 'known' },
    settings: power({ value: 11, origin: expect.objectContaining({ from: 'chosen' }) }),
  })
  expect(await antenna.state()).toMatchObject({ powerStep: 11 })
  expect(jsonOf(await antenna.rsu('read', '&power=32'))).toMatchObject({
    error: { code: 'LOT-03' },
  })
})

it('a lane whose antenna got a new firmware counts its power anew before it goes on', async () => {
  const [antenna, folder, profiles] = [await Antenna.start('generic-bcc'), newFolder(), halfSteps()]
  const knobs = (firmware: string): Promise<unknown> =>
    antenna.sim.admin('POST', '/knobs', { firmware })
  const start = async (): Promise<ContactNote[]> => {
    const { rsu, notes } = antenna.lane('&power=6', folder, profiles)
    await until(() => rsu.status.up)
    antenna.leave(rsu)
    return notes
  }
  await knobs('0200')
  expect(await start()).toMatchObject([{ code: 'SET-08' }])
  expect(await antenna.state()).toMatchObject({ powerStep: 6 })
  const { C0: before = 0 } = (await antenna.state()).framesIn
  await knobs('0300')
  expect(await start()).toEqual([
    { text: 'recounted 0200 0300 powerStep 6 -> powerStep 12', code: null },
  ])
  const after = await antenna.state()
  expect([after.powerStep, (after.framesIn['C0'] ?? 0) - before]).toEqual([12, 2])
  const store = settingsFiles(folder, 'exit-rsu')
  // The settings as they are now, and as the old firmware had them.
  expect(store.backups().slice(0, 2)).toMatchObject([
    { firmware: '0300', settings: { powerStep: 12 } },
    { firmware: '0200', settings: { powerStep: 6 } },
  ])
  expect(await start()).toEqual([])
  expect(await antenna.state()).toMatchObject({ powerStep: 12 })
  // Back on the old firmware, with its old numbers.
  await knobs('0200')
  expect(await start()).toMatchObject([{ code: null }])
  expect(await antenna.state()).toMatchObject({ powerStep: 6 })
})
