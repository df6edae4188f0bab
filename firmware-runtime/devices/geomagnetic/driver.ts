// Magnetic sensors of a lot: (state, event) -> (state, effects), for every transport of their messages. Repeated and
// late reports change nothing; a sensor that is silent for two heartbeats is unknown.
import type { DownText } from '../../core/values/notes.ts'
import { isNewer, type SpaceRead, type SpaceReport } from '../../core/spaces/report.ts'
import { timer, type TimerEffect } from '../../core/values/step.ts'
import { change, count, emit, type Draft, type Driver } from '../driver.ts'

interface GeomagneticConfig {
  /** Parking space by device id; a report of any other device counts as a stranger. */
  readonly spaces: Readonly<Record<string, string>>
  /** Silence after which a sensor is unknown, ms: two heartbeats and a margin (lane-devices.md 4.3). */
  readonly silentMs: number
  /** Pure function: decodes a message. */
  read(topic: string, bytes: Uint8Array): SpaceRead
}

interface GeomagneticCounters {
  readonly reports: number
  /** Reports that are repeated, or older than one received already. */
  readonly old: number
  readonly strangers: number
  readonly refused: number
}

export interface GeomagneticState {
  readonly link: 'up' | 'down'
  /** Last report of each device; kept while the device is silent. */
  readonly last: Readonly<Record<string, SpaceReport>>
  readonly awake: readonly string[]
  readonly reported: boolean
  readonly counters: GeomagneticCounters
}

export type SpaceEvent =
  | { readonly type: 'spaceHeard'; readonly spaceId: string; readonly report: SpaceReport }
  /** The state of the space is unknown: its sensor is silent, or the transport is down. */
  | { readonly type: 'spaceLost'; readonly spaceId: string; readonly why: 'silent' | 'link' }
  /** The transport is up again; the last report of the sensor still holds. */
  | { readonly type: 'spaceFound'; readonly spaceId: string }
  /** At least one of the sensors is heard. */
  | { readonly type: 'sensorsUp' }
  | { readonly type: 'sensorsDown'; readonly reason: DownText | '' }

type GeomagneticEffect = { readonly do: 'emit'; readonly event: SpaceEvent } | TimerEffect

export type GeomagneticEvent = { readonly atMs: number } & (
  | { readonly type: 'linkUp' }
  | { readonly type: 'linkDown'; readonly reason: DownText }
  | { readonly type: 'message'; readonly topic: string; readonly bytes: Uint8Array }
  | { readonly type: 'timer'; readonly name: string }
)

interface GeomagneticDraft extends Draft<GeomagneticState, GeomagneticEffect> {
  readonly config: GeomagneticConfig
}

const spaceOf = (d: GeomagneticDraft, deviceId: string): string | null =>
  Object.hasOwn(d.config.spaces, deviceId) ? (d.config.spaces[deviceId] ?? null) : null

/** Emits whether any sensor is heard, when that has changed. */
function tellUp(d: GeomagneticDraft, reason: DownText | ''): void {
  const up = d.s.link === 'up' && d.s.awake.length > 0
  if (up === d.s.reported) return
  change(d, { reported: up })
  emit(d, up ? { type: 'sensorsUp' } : { type: 'sensorsDown', reason })
}

function messageReceived(d: GeomagneticDraft, topic: string, bytes: Uint8Array): void {
  const read = d.config.read(topic, bytes)
  if (!read.ok) {
    count(d, 'refused')
    return
  }
  const { report } = read
  const { deviceId } = report
  const spaceId = spaceOf(d, deviceId)
  if (spaceId === null) {
    count(d, 'strangers')
    return
  }
  const was = Object.hasOwn(d.s.last, deviceId) ? (d.s.last[deviceId] ?? null) : null
  if (!isNewer(was, report)) {
    count(d, 'old')
    return
  }
  count(d, 'reports')
  const awake = d.s.awake.includes(deviceId) ? d.s.awake : [...d.s.awake, deviceId]
  change(d, { last: { ...d.s.last, [deviceId]: report }, awake })
  d.effects.push(timer(`silent ${deviceId}`, d.config.silentMs))
  emit(d, { type: 'spaceHeard', spaceId, report })
  tellUp(d, '')
}

/** The last report is kept: a late repeat of it must not count as new when the sensor reports again. */
function silent(d: GeomagneticDraft, deviceId: string): void {
  const spaceId = spaceOf(d, deviceId)
  if (spaceId === null || !d.s.awake.includes(deviceId)) return
  change(d, { awake: d.s.awake.filter((one) => one !== deviceId) })
  emit(d, { type: 'spaceLost', spaceId, why: 'silent' })
  tellUp(d, 'sensorsSilent')
}

function link(d: GeomagneticDraft, up: boolean, reason: DownText | ''): void {
  if (up === (d.s.link === 'up')) return
  change(d, { link: up ? 'up' : 'down' })
  for (const deviceId of d.s.awake) {
    const spaceId = spaceOf(d, deviceId)
    if (spaceId === null) continue
    emit(d, up ? { type: 'spaceFound', spaceId } : { type: 'spaceLost', spaceId, why: 'link' })
  }
  tellUp(d, reason)
}

type GeomagneticDriver = Driver<GeomagneticState, GeomagneticEvent, GeomagneticEffect>

export const geomagneticDriver = (config: GeomagneticConfig): GeomagneticDriver => ({
  initial: () => ({
    link: 'down',
    last: {},
    awake: [],
    reported: false,
    counters: { reports: 0, old: 0, strangers: 0, refused: 0 },
  }),
  step(state, event) {
    const d: GeomagneticDraft = { config, s: state, effects: [] }
    if (event.type === 'linkUp') link(d, true, '')
    else if (event.type === 'linkDown') link(d, false, event.reason)
    else if (event.type === 'message') messageReceived(d, event.topic, event.bytes)
    else if (event.name.startsWith('silent ')) silent(d, event.name.slice('silent '.length))
    return { state: d.s, effects: d.effects }
  },
})
