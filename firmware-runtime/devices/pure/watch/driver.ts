// What watches the spaces of a lot: (state, event) -> (state, effects), for every transport of their reports. The device
// judges and the program doubts: repeated and late reports change nothing, and a space is unknown while its watcher is
// silent, out of reach, blind, turned or frozen, or changes its report too often.
import type { DownText } from '#base/pure/words/notes.ts'
import {
  doubtOf,
  isNewer,
  type SpaceRead,
  type SpaceReport,
  type ViewFaults,
  type WatchDoubt,
} from '../spaces/report.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { timer, type TimerEffect } from '#base/pure/values/step.ts'
import { change, count, emit, type Draft, type Driver } from '../driver.ts'

type SpaceLostWhy = 'silent' | 'link' | 'flips' | WatchDoubt

interface WatchConfig {
  /** Parking space by device id; a report of any other device counts as a stranger. */
  readonly spaces: Readonly<Record<string, string>>
  /** Silence after which a device is unknown, ms: two heartbeats and a margin (lane-devices.md 4.3). */
  readonly silentMs: number
  /** Absent: those that are assumed. */
  readonly doubts?: WatchDoubts
  /** After a loss of its link only a new report counts: a camera that was away did not see who came and went. */
  readonly looksAnew?: true
  /** What spoke against its view before this start. */
  readonly faults?: ViewFaults
  /** A sign of life says nothing of its spaces: a camera that turns sees few of them at a time. */
  readonly looksOnly?: true
}

export interface WatchDoubts {
  /** So many changes of one device within that time make it doubtful; as long without a change ends the doubt. */
  readonly flipMax: number
  readonly flipWithinMs: number
  /** Equal pictures in a row at different times of the camera's clock. */
  readonly frozenMax: number
}

/** Assumed: six cars in a quarter of an hour take turns in no space along a road. */
export const standardDoubts: WatchDoubts = {
  flipMax: 12,
  flipWithinMs: 15 * minuteMs,
  frozenMax: 3,
}

interface WatchCounters {
  readonly reports: number
  /** Reports that are repeated, or older than one received already. */
  readonly old: number
  /** Reports that the device sent again after an interruption. */
  readonly past: number
  /** Reports of a camera without a time that is understood, since the last one with; they change nothing. */
  readonly undated: number
  readonly strangers: number
  readonly refused: number
}

export interface WatchState {
  readonly link: 'up' | 'down'
  /** Last report of each device; kept while the device is silent. */
  readonly last: Readonly<Record<string, SpaceReport>>
  readonly awake: readonly string[]
  readonly reported: boolean
  readonly faults: ViewFaults
  /** The gravest of its faults; null: nothing is known against its view. */
  readonly doubt: WatchDoubt | null
  /** Consecutive reports of a device with one and the same picture. */
  readonly samePictures: Readonly<Record<string, number>>
  /** Monotonic times of the last changes of a device, ms. */
  readonly changes: Readonly<Record<string, readonly number[]>>
  /** Devices that changed their report too often. */
  readonly flipping: readonly string[]
  readonly counters: WatchCounters
}

export type SpaceEvent =
  | {
      readonly type: 'spaceHeard'
      readonly spaceId: string
      readonly deviceId: string
      readonly report: SpaceReport
    }
  /** The state of the space is unknown. */
  | {
      readonly type: 'spaceLost'
      readonly spaceId: string
      readonly deviceId: string
      readonly why: SpaceLostWhy
    }
  /** The last report of the device holds again. */
  | { readonly type: 'spaceFound'; readonly spaceId: string; readonly deviceId: string }
  /** Its camera looks elsewhere: the last report of the device stands, and a change of it would not be reported. */
  | { readonly type: 'spaceOut'; readonly spaceId: string; readonly deviceId: string }
  /** At least one of the devices is heard. */
  | { readonly type: 'sensorsUp' }
  | { readonly type: 'sensorsDown'; readonly reason: DownText | '' }

type WatchEffect = { readonly do: 'emit'; readonly event: SpaceEvent } | TimerEffect

export type WatchEvent = { readonly atMs: number } & (
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly reason: DownText }
  /** A message of its link, decoded. */
  | { readonly type: 'read'; readonly read: SpaceRead }
  /** The camera turned away from these devices. */
  | { readonly type: 'left'; readonly deviceIds: readonly string[] }
  /** A person looked at its picture: it sees its spaces again. */
  | { readonly type: 'trusted' }
  | { readonly type: 'timer'; readonly name: string }
)

interface WatchDraft extends Draft<WatchState, WatchEffect> {
  readonly config: WatchConfig
  readonly doubts: WatchDoubts
  readonly atMs: number
}

const spaceOf = (d: WatchDraft, deviceId: string): string | null =>
  Object.hasOwn(d.config.spaces, deviceId) ? (d.config.spaces[deviceId] ?? null) : null

const lastOf = ({ s }: WatchDraft, deviceId: string): SpaceReport | null =>
  Object.hasOwn(s.last, deviceId) ? (s.last[deviceId] ?? null) : null

const counts = (d: WatchDraft, deviceId: string): boolean =>
  d.s.doubt === null && !d.s.flipping.includes(deviceId)

/** Emits whether any device is heard, when that has changed. */
function tellUp(d: WatchDraft, reason: DownText | ''): void {
  const up = d.s.link === 'up' && d.s.awake.length > 0
  if (up === d.s.reported) return
  change(d, { reported: up })
  emit(d, up ? { type: 'sensorsUp' } : { type: 'sensorsDown', reason })
}

function lose(d: WatchDraft, deviceIds: readonly string[], why: SpaceLostWhy): void {
  for (const deviceId of deviceIds) {
    const spaceId = spaceOf(d, deviceId)
    if (spaceId !== null) emit(d, { type: 'spaceLost', spaceId, deviceId, why })
  }
}

/** Null: the fault of that event is over. What was reported before is not trusted: each space waits for a new report. */
function fault(d: WatchDraft, by: string, why: WatchDoubt | null): void {
  const was = d.s.doubt
  if ((Object.hasOwn(d.s.faults, by) ? d.s.faults[by] : null) === why) return
  const { [by]: _, ...others } = d.s.faults
  const faults = why === null ? others : { ...others, [by]: why }
  const doubt = doubtOf(faults)
  change(d, { faults, doubt })
  if (doubt !== null && doubt !== was) lose(d, d.s.awake, doubt)
}

const frozenBy = 'pictures'

/** Counts equal pictures; a camera whose picture differs sees again. */
function comparePicture(d: WatchDraft, was: SpaceReport | null, now: SpaceReport): void {
  const { deviceId, pictureMark } = now
  if (pictureMark === null || was === null) return
  const same = was.pictureMark === pictureMark && was.deviceAtMs !== now.deviceAtMs
  const times = same ? (d.s.samePictures[deviceId] ?? 0) + 1 : 0
  change(d, { samePictures: { ...d.s.samePictures, [deviceId]: times } })
  const isFrozen = Object.hasOwn(d.s.faults, frozenBy)
  if (times >= d.doubts.frozenMax - 1 && d.s.doubt === null) fault(d, frozenBy, 'frozen')
  else if (!same && isFrozen) fault(d, frozenBy, null)
}

/** Counts changes; a device that changes too often is unknown until it keeps its report. */
function countChange(d: WatchDraft, was: SpaceReport | null, now: SpaceReport): void {
  const { deviceId, occupied } = now
  const { flipMax, flipWithinMs } = d.doubts
  if (was === null || was.occupied === occupied) return
  const fromMs = d.atMs - flipWithinMs
  const recent = [...(d.s.changes[deviceId] ?? []).filter((atMs) => atMs > fromMs), d.atMs]
  const kept = recent.slice(-flipMax)
  change(d, { changes: { ...d.s.changes, [deviceId]: kept } })
  const flips = d.s.flipping.includes(deviceId)
  if (kept.length < flipMax && !flips) return
  d.effects.push(timer(`steady ${deviceId}`, flipWithinMs))
  if (flips) return
  change(d, { flipping: [...d.s.flipping, deviceId] })
  lose(d, [deviceId], 'flips')
}

function take(d: WatchDraft, report: SpaceReport): void {
  const { deviceId } = report
  const spaceId = spaceOf(d, deviceId)
  if (spaceId === null) {
    count(d, 'strangers')
    return
  }
  if (report.isPast) {
    count(d, 'past')
    return
  }
  if (report.isUndated === true) {
    count(d, 'undated')
    return
  }
  if (d.s.counters.undated > 0) change(d, { counters: { ...d.s.counters, undated: 0 } })
  const was = lastOf(d, deviceId)
  if (!isNewer(was, report)) {
    count(d, 'old')
    return
  }
  count(d, 'reports')
  const awake = d.s.awake.includes(deviceId) ? d.s.awake : [...d.s.awake, deviceId]
  change(d, { last: { ...d.s.last, [deviceId]: report }, awake })
  d.effects.push(timer(`silent ${deviceId}`, d.config.silentMs))
  comparePicture(d, was, report)
  countChange(d, was, report)
  if (counts(d, deviceId)) emit(d, { type: 'spaceHeard', spaceId, deviceId, report })
  tellUp(d, '')
}

function taken(d: WatchDraft, read: SpaceRead): void {
  if (!read.ok) {
    count(d, 'refused')
    return
  }
  const { view } = read
  if (view !== undefined) fault(d, view.by, view.isOver ? null : view.fault)
  for (const report of read.reports) take(d, report)
  // A sign of life of the whole watcher: it would have reported a change.
  const isAlive = read.reports.length === 0 && view?.isOver !== false
  if (isAlive && d.config.looksOnly !== true)
    for (const deviceId of d.s.awake) d.effects.push(timer(`silent ${deviceId}`, d.config.silentMs))
}

/** The last report is kept: a late repeat of it must not count as new when the device reports again. */
function silent(d: WatchDraft, deviceId: string): void {
  if (spaceOf(d, deviceId) === null || !d.s.awake.includes(deviceId)) return
  change(d, { awake: d.s.awake.filter((one) => one !== deviceId) })
  lose(d, [deviceId], 'silent')
  tellUp(d, 'sensorsSilent')
}

function find(d: WatchDraft, deviceId: string): void {
  const spaceId = spaceOf(d, deviceId)
  if (spaceId === null || !counts(d, deviceId)) return
  emit(d, { type: 'spaceFound', spaceId, deviceId })
}

function left(d: WatchDraft, deviceIds: readonly string[]): void {
  for (const deviceId of deviceIds) {
    const spaceId = spaceOf(d, deviceId)
    if (spaceId === null || !counts(d, deviceId) || !d.s.awake.includes(deviceId)) continue
    emit(d, { type: 'spaceOut', spaceId, deviceId })
  }
}

function steady(d: WatchDraft, deviceId: string): void {
  change(d, { flipping: d.s.flipping.filter((one) => one !== deviceId) })
  if (d.s.link === 'up' && d.s.awake.includes(deviceId)) find(d, deviceId)
}

function link(d: WatchDraft, up: boolean, reason: DownText | ''): void {
  if (up === (d.s.link === 'up')) return
  change(d, { link: up ? 'up' : 'down' })
  if (!up) lose(d, d.s.awake, 'link')
  else if (d.config.looksAnew !== true) for (const deviceId of d.s.awake) find(d, deviceId)
  tellUp(d, reason)
}

type WatchDriver = Driver<WatchState, WatchEvent, WatchEffect>

const [silentTimer, steadyTimer] = ['silent ', 'steady ']

export const watchDriver = (config: WatchConfig): WatchDriver => ({
  initial: () => ({
    link: 'down',
    last: {},
    awake: [],
    reported: false,
    faults: config.faults ?? {},
    doubt: doubtOf(config.faults ?? {}),
    samePictures: {},
    changes: {},
    flipping: [],
    counters: { reports: 0, old: 0, past: 0, undated: 0, strangers: 0, refused: 0 },
  }),
  step(state, event) {
    const { doubts = standardDoubts } = config
    const d: WatchDraft = { config, doubts, atMs: event.atMs, s: state, effects: [] }
    if (event.type === 'linkUp') link(d, true, '')
    else if (event.type === 'linkDown') link(d, false, event.reason)
    else if (event.type === 'read') taken(d, event.read)
    else if (event.type === 'left') left(d, event.deviceIds)
    else if (event.type === 'trusted') change(d, { faults: {}, doubt: null, samePictures: {} })
    else if (event.name.startsWith(silentTimer)) silent(d, event.name.slice(silentTimer.length))
    else if (event.name.startsWith(steadyTimer)) steady(d, event.name.slice(steadyTimer.length))
    return { state: d.s, effects: d.effects }
  },
})
