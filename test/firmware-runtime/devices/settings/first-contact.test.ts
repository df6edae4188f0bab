// What a computer knows about a device before, at and after its first contact: copies, origins, the file, and what a person
// may write when. A damaged file and another firmware count as first contacts.
import { describe, expect, it } from 'vitest'
import type { MeetRule } from '#devices/settings/first-contact.ts'
import { deviceView } from '#devices/desk/handlers/control-devices.ts'
import type { SettingMove } from '#devices/pure/configure/migrate.ts'
import type { DeviceSettings } from '#devices/pure/configure/setting.ts'
import type { SettingView } from '#devices/calls/settings-views.ts'
import { HandClock } from '../../runtime/control/control-kit.ts'
import { MemoryStore, settingsBench, type SettingsBench } from './settings-bench.ts'
import { codeOf } from '../../../kit/refusals.ts'

const business = { nowMs: () => 1_763_600_000_000 }
/** The contact rules of a demo, of a lot, and of a bench. */
const lane: MeetRule = { unknown: 'write', isBench: false, given: {}, usual: 'default' }
const running: MeetRule = { ...lane, unknown: 'ask' }
const service: MeetRule = { ...running, isBench: true }
const c0: DeviceSettings = { powerStep: 8, channel: 0, bstIntervalMs: 10, rereadWaitSec: 1 }
const identity = (softwareVersion: string) =>
  ({
    type: 'identity',
    identity: { manufacturer: '08', rsuId: '000829', softwareVersion, psams: [] },
  }) as const

const bench = (
  meets: MeetRule,
  store = new MemoryStore(),
  moves: readonly SettingMove[] = [],
): SettingsBench => settingsBench(new HandClock(), business, store, moves, meets)

const request = {
  wanted: { powerStep: 12 },
  by: '装机员',
  reason: '现场记录',
  forMs: 60_000,
  evenUnlawful: false,
  photo: null,
}
const viewOf = ({ settingsStore }: SettingsBench, id = 'powerStep'): SettingView | undefined =>
  deviceView('exit', { link: '', settingsStore }).settings.find((one) => one.id === id)

/** A device that reported power 17, which was adopted. */
function adopted(meets: MeetRule, store?: MemoryStore): SettingsBench {
  const b = bench(meets, store)
  const settings = { ...c0, powerStep: 17, channel: 1 } as const
  b.settingsStore.device({ type: 'firstContact', settings, told: true })
  b.settingsStore.device(identity('2009'))
  b.settingsStore.device({ type: 'met' })
  return b
}

describe('what the device told', () => {
  it('is copied before C0, held, stored when it was taken, and said to be its own', () => {
    const b = bench(lane)
    expect(b.settingsStore.contact.forDriver()).toMatchObject({ known: false, unknown: 'write' })
    expect(viewOf(b)).toMatchObject({ value: null, source: 'nobodyKnows', origin: null })
    const settings = { ...c0, powerStep: 17 }
    b.settingsStore.device({ type: 'firstContact', settings, told: true })
    expect(b.store.copies).toMatchObject([
      { reason: 'contactCopied', settings: { powerStep: 17, channel: 0 } },
    ])
    expect(b.store.stored).toBeNull()
    b.settingsStore.device({ type: 'met' })
    expect(b.store.stored).toMatchObject({
      trial: { permanent: { powerStep: 17, channel: 0, bstIntervalMs: 10 } },
      origins: { powerStep: { from: 'adopted', value: 17 }, bstIntervalMs: { from: 'default' } },
    })
    expect(viewOf(b)).toMatchObject({ value: 17, origin: { from: 'adopted' } })
    expect(b.notes).toEqual([
      { text: 'contactAdopted powerStep ? -> 17, channel ? -> 0', code: null },
    ])
    const next = bench(lane, b.store)
    expect(next.settingsStore.contact.forDriver()).toMatchObject({ known: true })
    expect(next.settingsStore.permanent).toMatchObject({ powerStep: 17 })
  })
  it('is copied and told once, however often the link comes and goes before its answer', () => {
    const b = bench(lane)
    for (const _again of [1, 2, 3])
      b.settingsStore.device({ type: 'firstContact', settings: c0, told: true })
    expect([b.store.copies.length, b.notes.length]).toEqual([1, 1])
  })
  it('is no origin any more once a trial was kept', () => {
    const b = adopted(lane)
    b.settingsStore.lane({ type: 'rsuUp' })
    b.settingsStore.apply('t1', request)
    b.answer('accepted')
    b.settingsStore.lane({ type: 'cardRead' })
    expect(viewOf(b)).toMatchObject({ value: 12, source: 'lastWritten', origin: null })
    expect(b.store.stored?.origins).not.toHaveProperty('powerStep')
    expect(b.store.stored?.origins).toHaveProperty('channel')
  })
  it('does not keep the cars waiting when the disk is full', () => {
    const b = bench(lane)
    b.store.broken = true
    const settings = { ...c0, powerStep: 17 }
    b.settingsStore.device({ type: 'firstContact', settings, told: true })
    b.settingsStore.device({ type: 'met' })
    expect(b.faults).toContain('DATA-02')
    expect(b.settingsStore.permanent).toMatchObject({ powerStep: 17 })
  })
})

describe('what nobody told', () => {
  it.each([
    ['default', lane, 8],
    ['profile', { ...lane, usual: 'profile' } as MeetRule, 8],
    ['link', { ...lane, given: { powerStep: 3 } } as MeetRule, 3],
  ])('a lane writes its own (%s), with a copy named so and a warning', (from, meets, powerStep) => {
    const b = bench(meets)
    expect(b.settingsStore.permanent).toMatchObject({ powerStep })
    b.settingsStore.device({ type: 'firstContact', settings: { ...c0, powerStep }, told: false })
    const text = `contactWrote ${powerStep}`
    expect(b.store.copies).toMatchObject([{ reason: text, settings: {} }])
    b.settingsStore.device({ type: 'met' })
    expect(b.notes).toEqual([{ text, code: 'SET-08' }])
    expect(viewOf(b)).toMatchObject({ value: powerStep, origin: { from } })
    expect(viewOf(b, 'channel')?.origin?.from).toBe(from === 'link' ? 'default' : from)
  })
  it('a lot asks too, and says so; what it knows already it does not listen for again', () => {
    const b = bench(running)
    const { contact } = b.settingsStore
    expect(contact.forDriver()).toMatchObject({ known: false, unknown: 'ask', adoptsZero: false })
    b.settingsStore.device({ type: 'asks' })
    expect([contact.state, b.notes]).toEqual(['asking', [{ text: 'contactAsks', code: 'SET-07' }]])
    const known = adopted(running)
    expect(bench(running, known.store).settingsStore.contact.forDriver().known).toBe(true)
    const given = bench({ ...running, given: { powerStep: 3 } }).settingsStore.contact
    expect(given.forDriver().unknown).toBe('write')
  })
  it('a bench asks: no value is made up, and only a power may be said', () => {
    const b = bench(service)
    expect(b.settingsStore.contact.forDriver()).toEqual({
      known: false,
      unknown: 'ask',
      adoptsZero: true,
      firmware: '',
    })
    expect(codeOf(() => b.settingsStore.apply('early', request))).toBe('SET-07')
    b.settingsStore.device({ type: 'asks' })
    expect(deviceView('', { link: '', settingsStore: b.settingsStore }).contact).toEqual({
      state: 'asking',
    })
    expect(b.settingsStore.lastWritten()).toEqual({})
    expect(codeOf(() => b.settingsStore.apply('c', { ...request, wanted: { channel: 1 } }))).toBe(
      'SET-07',
    )
    expect(b.settingsStore.diff({ powerStep: 12 }).rows).toMatchObject([
      { oldValue: null, newValue: 12 },
    ])
    expect(b.written).toEqual([])
    expect(b.store.copies).toEqual([])
  })
  it('what a person says is copied first, kept when it was taken, and no trial', () => {
    const b = bench(service)
    b.settingsStore.device({ type: 'asks' })
    b.settingsStore.apply('first', { ...request, wanted: { powerStep: 12, heightCm: 260 } })
    expect(b.store.copies).toMatchObject([
      { by: '装机员', reason: '现场记录 contactUnknown', settings: {} },
    ])
    expect(b.written).toMatchObject([{ id: 'first', settings: { powerStep: 12, channel: 0 } }])
    // Only the height is recorded by now: the settings sent are not yet on the device.
    expect(b.store.stored).toMatchObject({ contact: 'unknown', measured: { heightCm: {} } })
    expect(bench(service, b.store).settingsStore.contact.state).toBe('listening')
    expect(codeOf(() => b.settingsStore.apply('second', request))).toBe('SET-02')
    b.answer('accepted')
    b.settingsStore.device({ type: 'met' })
    expect(b.ends).toEqual(['kept'])
    expect(b.settingsStore.state).toMatchObject({
      trial: null,
      last: { end: 'kept', why: 'firstContact' },
    })
    expect(viewOf(b)).toMatchObject({ value: 12, origin: { from: 'chosen' } })
    expect(viewOf(b, 'channel')).toMatchObject({ value: 0, origin: { from: 'default' } })
    expect(b.store.stored?.contact).toBeUndefined()
  })
  it.each([
    ['noAnswer', 'linkLost'],
    ['down', 'notTaken'],
  ] as const)('a first write that ends as %s leaves everything unknown', (result, end) => {
    const b = bench(service)
    b.settingsStore.device({ type: 'asks' })
    b.settingsStore.apply('first', request)
    b.answer(result)
    expect(b.ends).toEqual([end])
    expect(b.settingsStore.contact.isHeld).toBe(false)
    expect(viewOf(b)).toMatchObject({ value: null })
    b.settingsStore.contact.gone()
    b.settingsStore.device({ type: 'asks' })
    b.settingsStore.apply('again', request)
    b.answer('accepted')
    b.settingsStore.device({ type: 'met' })
    expect(viewOf(b)).toMatchObject({ value: 12 })
  })
  it('nothing is said to a device when its copy cannot be made', () => {
    const b = bench(service)
    b.settingsStore.device({ type: 'asks' })
    b.store.broken = true
    expect(codeOf(() => b.settingsStore.apply('first', request))).toBe('DATA-02')
    expect(b.written).toEqual([])
  })
})

describe('what is stored', () => {
  it('a bench still listens: the port may lead to another antenna today', () => {
    const { store } = adopted(service)
    const b = bench(service, store)
    expect(b.settingsStore.contact.forDriver()).toMatchObject({
      known: false,
      unknown: 'write',
      adoptsZero: false,
    })
    expect(b.settingsStore.lastWritten()).toMatchObject({ powerStep: 17 })
    const same = { ...c0, powerStep: 17, channel: 1 } as const
    b.settingsStore.device({ type: 'firstContact', settings: same, told: true })
    expect([b.notes, store.copies.length]).toEqual([[], 1])
    b.settingsStore.device({
      type: 'firstContact',
      settings: { ...same, powerStep: 21 },
      told: true,
    })
    expect(store.copies.at(-1)).toMatchObject({
      reason: 'contactOther',
      settings: { powerStep: 21 },
    })
    expect(b.settingsStore.permanent).toMatchObject({ powerStep: 21 })
  })
  it('but not where a trial has to be taken back first', () => {
    const { store, settingsStore, ...more } = adopted(service)
    settingsStore.lane({ type: 'rsuUp' })
    settingsStore.apply('t1', request)
    expect(more.written.length).toBe(1)
    expect(bench(service, store).settingsStore.contact.forDriver()).toMatchObject({ known: true })
  })
  it.each([
    ['demo', lane],
    ['lot', running],
  ] as const)('damaged, of a %s: the newest whole copy stands in', (_of, rule) => {
    const { store } = adopted(rule)
    store.broken = true
    const b = bench(rule, store)
    expect(b.faults).toEqual(['SET-05'])
    expect(b.settingsStore.permanent).toMatchObject({ powerStep: 17 })
    expect(b.settingsStore.contact.forDriver()).toMatchObject({ known: false, unknown: 'write' })
    store.broken = false
    b.settingsStore.device({
      type: 'firstContact',
      settings: { ...c0, powerStep: 17 },
      told: false,
    })
    b.settingsStore.device({ type: 'met' })
    expect(viewOf(b)).toMatchObject({ value: 17, origin: { from: 'backup' } })
  })
})

describe('the settings around a change of version', () => {
  const antennas = (powerStep: number) =>
    ({
      type: 'antennas',
      antennas: [{ antennaId: 1, state: 'ok', channel: 1, powerStep }],
    }) as const
  const kept = ({ store }: SettingsBench) =>
    store.copies
      .filter(({ reason }) => reason.startsWith('version'))
      .map(({ reason, firmware, settings }) => [reason, firmware, settings['powerStep']])

  it.each([
    ['while the program runs', (b: SettingsBench) => b],
    ['while the program is off', (b: SettingsBench) => bench(lane, b.store)],
  ])('are copied before and after, %s', (_when, again) => {
    const b = again(adopted(lane))
    b.settingsStore.device(identity('3000'))
    expect(kept(b)).toEqual([['versionBefore 2009 3000', '2009', 17]])
    // The new version came up with another power.
    b.settingsStore.device(antennas(9))
    b.settingsStore.device(antennas(9))
    expect(kept(b)).toEqual([
      ['versionBefore 2009 3000', '2009', 17],
      ['versionAfter 2009 3000', '3000', 9],
    ])
  })

  it.each([
    ['the same version', ['2009']],
    ['a version that is not told', ['']],
  ])('are not copied for %s', (_what, versions) => {
    const b = adopted(lane)
    for (const version of versions) b.settingsStore.device(identity(version))
    b.settingsStore.device(antennas(17))
    expect(kept(b)).toEqual([])
  })
})

describe('another firmware', () => {
  const why = { zh: '换算', en: 'counted anew' }
  const moved = [
    { setting: 'powerStep', becomes: 'powerStep', old: 17, new: 34, since: '3000', why },
  ]
  it('old numbers are copied under their own firmware, new ones stored before C0 leaves', () => {
    const { store } = adopted(lane)
    expect(store.stored?.firmware).toBe('2009')
    // After a start the device has not yet identified itself.
    const b = bench(lane, store)
    const settings = { ...c0, powerStep: 34, channel: 1 } as const
    b.settingsStore.device({
      type: 'recounted',
      from: '2009',
      to: '3000',
      settings,
      moved,
      lost: [],
    })
    expect(b.store.copies.at(-1)).toMatchObject({
      firmware: '2009',
      reason: 'countedBefore 2009 3000',
      settings: { powerStep: 17, channel: 1 },
    })
    expect(b.store.stored).toMatchObject({
      firmware: '3000',
      trial: { permanent: { powerStep: 34, channel: 1 } },
    })
    expect(b.store.stored?.trial.permanent).not.toHaveProperty('rereadWaitSec')
    expect(b.notes.at(-1)).toEqual({
      text: 'recounted 2009 3000 powerStep 17 -> powerStep 34',
      code: null,
    })
  })
  it('a power that cannot be counted is said, and is a first contact again', () => {
    const b = adopted(lane)
    const lost = moved.map((row) => ({ ...row, becomes: null, new: null }))
    b.settingsStore.device({
      type: 'recounted',
      from: '2009',
      to: '3000',
      settings: null,
      moved: lost,
      lost: ['powerStep'],
    })
    expect(b.notes.at(-1)).toEqual({
      text: 'recounted 2009 3000 powerStep 17 -> ?',
      code: 'SET-09',
    })
    expect(viewOf(b)).toMatchObject({ value: null, source: 'nobodyKnows' })
    b.settingsStore.device({ type: 'firstContact', settings: c0, told: false })
    b.settingsStore.device({ type: 'met' })
    expect(b.store.copies.at(-1)).toMatchObject({ settings: {} })
    expect(viewOf(b)).toMatchObject({ value: 8, origin: { from: 'default' } })
  })
  it('is stored when it is heard first, and known from the newest copy of an older program', () => {
    const b = adopted(lane)
    b.settingsStore.device(identity('3000'))
    expect(b.store.stored?.firmware).toBe('3000')
    const { firmware: _none, ...older } = b.store.stored ?? { version: 1 as const }
    b.store.stored = older as typeof b.store.stored
    b.store.copies = b.store.copies.map((copy) => ({ ...copy, firmware: '2009' }))
    expect(bench(lane, b.store).settingsStore.contact.forDriver().firmware).toBe('2009')
  })
})
