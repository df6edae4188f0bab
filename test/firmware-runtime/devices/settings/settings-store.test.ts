// The settings of a running device: a trial over restarts, lost links and full disks; mechanical settings; backups; and
// what the API refuses. The test answers for the device.
import { describe, expect, it } from 'vitest'
import { backupViews, deviceView } from '#devices/desk/handlers/control-devices.ts'
import { LaneFault, whyIn } from '#base/pure/faults/faults.ts'
import { HandClock, makeLot } from '../../runtime/control/control-kit.ts'
import { MemoryStore, settingsBench, type SettingsBench } from './settings-bench.ts'
import { refusedBy } from '../../../kit/refusals.ts'

const business = { nowMs: () => 1_763_600_000_000 }
const request = {
  wanted: { powerStep: 12 },
  by: 'installer',
  reason: 'reaches the next lane',
  forMs: 60_000,
  evenUnlawful: false,
  photo: null,
}

function bench(store?: MemoryStore): SettingsBench & { clock: HandClock } {
  const clock = new HandClock()
  return { ...settingsBench(clock, business, store), clock }
}
const refusalBy = (run: () => unknown): string => {
  const fault = refusedBy(run)
  if (fault === null) return ''
  const { field = '', value = '', note = '' } = fault.detail
  return `${fault.code} ${field} ${value} ${whyIn(note)}`.trim()
}

async function rowsOf(call: Promise<unknown>): Promise<{ id: string; pinned: boolean }[]> {
  const reply = (await call) as { data: { rows: { id: string; pinned: boolean }[] } }
  return reply.data.rows
}

describe('a trial at work', () => {
  it('is on disk before the device hears of it, and kept by the next car', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    expect(b.store.stored?.trial.trial).toMatchObject({ id: 't1', phase: 'writing' })
    b.answer('accepted')
    expect(b.settingsStore.leftMs).toBe(60_000)
    b.settingsStore.lane({ type: 'cardRead' })
    expect(b.ends).toEqual(['kept'])
    expect(b.store.stored?.trial).toMatchObject({ permanent: { powerStep: 12 }, trial: null })
    expect(bench(b.store).settingsStore.permanent).toMatchObject({ powerStep: 12 })
  })
  it('counts down, and takes the settings back when no car came', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    b.answer('accepted')
    b.clock.advance(59_000)
    expect(b.ends).toEqual([])
    expect(b.settingsStore.leftMs).toBe(1_000)
    b.clock.advance(1_000)
    expect(b.ends).toEqual(['timeUp'])
    expect(b.written.at(-1)?.settings).toMatchObject({ powerStep: 8 })
    b.answer('accepted')
    expect(b.settingsStore.leftMs).toBeNull()
  })
  it('does not outlive a power cut: the next start has the old settings and says so', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    b.answer('accepted')
    const next = bench(b.store)
    expect(next.settingsStore.permanent).toMatchObject({ powerStep: 8 })
    next.settingsStore.start()
    expect(next.ends).toEqual(['restarted'])
    expect(next.store.stored?.trial).toMatchObject({ trial: null, last: { end: 'restarted' } })
    const third = bench(b.store)
    third.settingsStore.start()
    expect(third.ends).toEqual([])
  })
  it('is taken back when the link goes, also on a full disk', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    b.answer('accepted')
    b.store.broken = true
    b.settingsStore.lane({ type: 'rsuDown', reason: 'cable out' })
    expect(b.ends).toEqual(['linkLost'])
    expect(b.written.at(-1)).toMatchObject({ id: 'restore', settings: { powerStep: 8 } })
    expect(b.faults).toEqual(['DATA-02'])
  })
  it('is not begun when it cannot be made durable', () => {
    const b = bench()
    b.store.broken = true
    expect(refusalBy(() => b.settingsStore.apply('t1', request))).toMatch(/^DATA-02/)
    expect(b.written).toEqual([])
    expect(b.settingsStore.state.trial).toBeNull()
  })
  it('is taken back when the device tells another value than the one written', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    b.answer('accepted')
    b.settingsStore.device({
      type: 'antennas',
      antennas: [{ antennaId: 1, state: 'ok', channel: 0, powerStep: 8 }],
    })
    expect(b.ends).toEqual(['differs'])
  })
  it('two at once are refused', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    expect(
      refusalBy(() => b.settingsStore.apply('t2', { ...request, wanted: { powerStep: 3 } })),
    ).toMatch(/^SET-02/)
  })
})

describe('what is refused', () => {
  it.each([
    [{ powerStep: 32 }, 'SET-01 /settings/powerStep 32 above the most, 31 is allowed'],
    [{ powerStep: 8.5 }, 'SET-01 /settings/powerStep 8.5 not a whole number, 9 is allowed'],
    [{ colour: 1 }, 'SET-01 /settings/colour 1 not a setting of this device'],
    [{ rereadWaitSec: 1 }, 'SET-01 /settings/rereadWaitSec 1 not a setting of this device'],
    [{ heightCm: 200 }, 'SET-01 /settings/heightCm 200 not lawful (7.1.1 c), 250 is allowed'],
    [{ powerStep: 8 }, 'SET-03'],
    [{}, 'SET-03'],
    [
      JSON.parse('{"__proto__": 5}') as Record<string, number>,
      'SET-01 /settings/__proto__ 5 not a setting of this device',
    ],
  ])('%j: %s', (wanted, said) => {
    const b = bench()
    expect(refusalBy(() => b.settingsStore.apply('t1', { ...request, wanted }))).toBe(said)
    expect(b.written).toEqual([])
    expect(b.store.copies).toEqual([])
  })
})

describe('what is turned by hand', () => {
  it('is recorded with who and when, never written to the device, without a trial', () => {
    const b = bench()
    b.settingsStore.apply('t1', { ...request, wanted: { heightCm: 260, yawDeg: 40 }, photo: 'p1' })
    expect(b.written).toEqual([])
    expect(b.store.stored?.measured).toMatchObject({
      heightCm: { value: 260, by: 'installer', photo: 'p1' },
      yawDeg: { value: 40 },
    })
    const again = bench(b.store).settingsStore
    expect(again.lastWritten()).toMatchObject({ heightCm: 260 })
    const height = deviceView('exit', { link: '', settingsStore: again }).settings.find(
      ({ id }) => id === 'heightCm',
    )
    expect(height).toMatchObject({ value: 260, source: 'recorded', measured: { photo: 'p1' } })
  })
  it('may be what the clause does not allow when a person stands for it', () => {
    const b = bench()
    b.settingsStore.apply('t1', { ...request, wanted: { heightCm: 200 }, evenUnlawful: true })
    expect(b.store.stored?.measured['heightCm']?.value).toBe(200)
  })
})

describe('a device that somebody else had meanwhile', () => {
  it('keeps what was kept: its settings file is read anew and goes to the device', () => {
    const lane = bench()
    const other = bench(lane.store)
    other.settingsStore.apply('t1', request)
    other.answer('accepted')
    other.settingsStore.lane({ type: 'cardRead' })
    expect(lane.settingsStore.permanent).toMatchObject({ powerStep: 8 })
    lane.settingsStore.reload()
    expect(lane.settingsStore.permanent).toMatchObject({ powerStep: 12 })
    expect(lane.written.at(-1)).toMatchObject({ settings: { powerStep: 12 } })
    expect(lane.ends).toEqual([])
  })
  it('takes a trial back that was still under way, and says so', () => {
    const lane = bench()
    const other = bench(lane.store)
    other.settingsStore.apply('t1', request)
    other.answer('accepted')
    lane.settingsStore.reload()
    expect(lane.ends).toEqual(['restarted'])
    expect(lane.settingsStore.state.trial).toBeNull()
    expect(lane.written.at(-1)).toMatchObject({ settings: { powerStep: 8 } })
  })
})

describe('backups', () => {
  it('are made before every write, with what the device had', () => {
    const b = bench()
    b.settingsStore.apply('t1', request)
    expect(b.settingsStore.copies.all()).toMatchObject([
      {
        by: 'installer',
        reason: 'reaches the next lane',
        settings: { powerStep: 8 },
        laneId: 'exit',
      },
    ])
  })
  it('of a lone device carry the place that a person says, those made before it, too', () => {
    const lone = (store?: MemoryStore) =>
      settingsBench(new HandClock(), business, store, [], null, '')
    const b = lone()
    b.settingsStore.apply('t1', request)
    expect(deviceView('', { link: 'l', settingsStore: b.settingsStore }).place).toBeNull()
    expect(b.settingsStore.copies.all()).toMatchObject([{ site: '', laneId: 'exit' }])
    b.settingsStore.stands({ site: '东门停车场', lane: '出口 1' })
    b.settingsStore.backUp('installer', 'as found')
    const named = { site: '东门停车场', laneId: '出口 1' }
    expect(b.settingsStore.copies.all()).toMatchObject([
      { reason: 'as found', ...named },
      { reason: request.reason, ...named, settings: { powerStep: 8 } },
    ])
    const again = lone(b.store)
    expect(deviceView('', { link: 'l', settingsStore: again.settingsStore }).place).toEqual({
      site: '东门停车场',
      lane: '出口 1',
    })
    again.settingsStore.stands({ site: '西门停车场', lane: '' })
    again.settingsStore.backUp('installer', 'moved')
    expect(again.settingsStore.copies.all().map(({ site }) => site)).toContain('东门停车场')
    expect(again.settingsStore.copies.all()).toContainEqual(
      expect.objectContaining({ reason: 'moved', site: '西门停车场', laneId: 'exit' }),
    )
  })
  it('of a lot take their place from the lot alone', () => {
    const b = bench()
    expect(refusalBy(() => b.settingsStore.stands({ site: '别处', lane: '' }))).toBe(
      'ARG-01 /place demo the lot gives the installation place',
    )
    expect(deviceView('exit', { link: 'l', settingsStore: b.settingsStore }).place).toBeUndefined()
    b.settingsStore.backUp('installer', 'as found')
    expect(b.settingsStore.copies.all()).toMatchObject([{ site: 'demo', laneId: 'exit' }])
    expect(b.store.stored?.place).toBeUndefined()
  })
  it('of another firmware are counted anew by what the profile says, and never guessed', () => {
    const clock = new HandClock()
    const why = { zh: '步长减半', en: 'half steps' }
    const own = { since: '0300', becomes: 'powerStep', plus: 0, why } as const
    const moves = [{ ...own, setting: 'powerStep', times: [2, 1] as const }]
    const b = settingsBench(clock, business, undefined, moves)
    const { settingsStore } = b
    const tells = (softwareVersion: string) =>
      settingsStore.device({
        type: 'identity',
        identity: { manufacturer: '01', rsuId: '000829', softwareVersion, psams: [] },
      })
    settingsStore.apply('t0', request)
    b.answer('accepted')
    settingsStore.lane({ type: 'cardRead' })
    tells('0200')
    settingsStore.apply('t1', { ...request, wanted: { powerStep: 20 } })
    tells('0310')
    const [known, unknown] = backupViews(settingsStore)
    expect(known).toMatchObject({
      firmware: '0200',
      settings: { powerStep: 12 },
      now: { powerStep: 24, channel: 0 },
      moved: [{ setting: 'powerStep', old: 12, new: 24, since: '0300', why }],
    })
    expect(unknown).toMatchObject({ firmware: '', now: { powerStep: 8 }, moved: [] })
    expect(settingsStore.copies.all()[0]).toMatchObject({ settings: { powerStep: 12 } })
  })
  it('a damaged settings file falls back to the newest of them', () => {
    const b = bench()
    b.settingsStore.apply('t1', { ...request, wanted: { powerStep: 20 } })
    b.answer('accepted')
    b.settingsStore.lane({ type: 'cardRead' })
    b.settingsStore.apply('t2', request)
    b.store.load = () => {
      throw new LaneFault('SET-05')
    }
    const next = bench(b.store)
    expect(next.faults).toEqual(['SET-05'])
    expect(next.settingsStore.permanent).toMatchObject({ powerStep: 20 })
  })
  it('one that cannot be read is told at the start, and stops no write', () => {
    const store = new MemoryStore()
    store.unreadable = ['20261120T093000000-001.json']
    const b = bench(store)
    b.settingsStore.start()
    expect(b.faults).toEqual(['SET-05'])
    b.settingsStore.apply('t1', request)
    expect([b.written.length, b.settingsStore.copies.all().length]).toEqual([1, 1])
  })
})

describe('the calls', () => {
  const who = { commandId: 'cmd-00000001', by: 'installer', reason: 'survey' }
  const apply = (wanted: Record<string, number>, commandId = who.commandId) =>
    ({ laneId: 'exit', wanted, ...who, commandId }) as const

  it('an installer applies, once per command, audited before the device hears of it', async () => {
    const { control, rsu, ledger } = makeLot()
    const session = control.session('installer')
    for (let i = 0; i < 2; i++)
      expect(await session.call('device.apply', apply({ powerStep: 12 }))).toMatchObject({
        ok: true,
        data: { repeated: i === 1 },
      })
    expect(rsu.written).toHaveLength(1)
    const audits = [...ledger.rows(0)].filter((row) => row.kind === 'audit')
    expect(audits.map((row) => row.body)).toMatchObject([
      { act: 'device.apply powerStep 8->12', by: 'installer', role: 'installer' },
    ])
    expect(await session.call('device.settings', { laneId: 'exit' })).toMatchObject({
      ok: true,
      data: { trial: { phase: 'writing', changes: [{ id: 'powerStep', old: 8, new: 12 }] } },
    })
  })
  it('an auditor may look and compare, not write; an attendant does neither', async () => {
    const { control, rsu } = makeLot()
    const session = control.session('auditor')
    const diff = await session.call('device.diff', { laneId: 'exit', wanted: { powerStep: 12 } })
    expect(diff).toMatchObject({ ok: true, data: { changed: 1, rows: [{ state: 'changed' }] } })
    expect(await session.call('device.apply', apply({ powerStep: 12 }))).toMatchObject({
      ok: false,
      error: { code: 'API-02' },
    })
    const wanted = { laneId: 'exit', wanted: { powerStep: 12 } }
    const attendant = control.session('attendant')
    expect(await attendant.call('device.diff', wanted)).toMatchObject({ error: { code: 'API-02' } })
    expect(rsu.written).toEqual([])
  })
  it('what is refused is not audited, a lane without antenna says so', async () => {
    const { control, ledger } = makeLot()
    const session = control.session('installer')
    expect(await session.call('device.apply', apply({ powerStep: 99 }))).toMatchObject({
      ok: false,
      error: { code: 'SET-01', field: '/settings/powerStep', value: '99' },
    })
    expect(await session.call('device.settings', { laneId: 'entry' })).toMatchObject({
      error: { code: 'SET-04' },
    })
    expect(await session.call('device.takeBack', { laneId: 'exit', ...who })).toMatchObject({
      error: { code: 'SET-03' },
    })
    expect([...ledger.rows(0)].filter((row) => row.kind === 'audit')).toEqual([])
  })
  it('a backup by a person is a copy of what is there: audited, once, and nothing is written', async () => {
    const { control, rsu, ledger } = makeLot()
    const session = control.session('installer')
    for (let i = 0; i < 2; i++)
      expect(await session.call('device.backUp', { laneId: 'exit', ...who })).toMatchObject({
        ok: true,
        data: { repeated: i === 1 },
      })
    expect(await rowsOf(session.call('device.backups', { laneId: 'exit' }))).toMatchObject([
      { by: 'installer', reason: 'survey', settings: { powerStep: 8 }, pinned: false },
    ])
    expect(rsu.written).toEqual([])
    const audits = [...ledger.rows(0)].filter((row) => row.kind === 'audit')
    expect(audits.map(({ body }) => body)).toMatchObject([{ act: 'device.backUp' }])
    const attendant = control.session('attendant')
    expect(await attendant.call('device.backUp', { laneId: 'exit', ...who })).toMatchObject({
      error: { code: 'API-02' },
    })
  })
  it('backups are listed and pinned', async () => {
    const { control } = makeLot()
    const session = control.session('installer')
    await session.call('device.apply', apply({ powerStep: 12 }))
    const rows = await rowsOf(session.call('device.backups', { laneId: 'exit' }))
    const pin = {
      laneId: 'exit',
      id: rows[0]?.id ?? '',
      on: true,
      ...who,
      commandId: 'cmd-00000002',
    }
    expect(await session.call('device.pinBackup', pin)).toMatchObject({ ok: true })
    expect(await session.call('device.backups', { laneId: 'exit' })).toMatchObject({
      data: { rows: [{ pinned: true }] },
    })
    expect(
      await session.call('device.pinBackup', { ...pin, id: 'none', commandId: 'cmd-00000003' }),
    ).toMatchObject({ error: { code: 'SET-06' } })
  })
})
