// A place that charges without a lane: the pile of one parking space (6.6), or a handheld (6.7).
// Decides from its fence and its position; an unknown position counts as outside.
import type { ValueOf } from '#base/pure/lot/member.ts'
import { contains, isWithinMm, type Fence, type GeoPoint } from '#base/pure/place/fence.ts'
import { standardPlace, type placeRow } from '#base/pure/place/place-members.ts'

/** The words are kinds of device profiles. */
export type PlaceConfig = ValueOf<typeof placeRow>

/** One report of a receiver. */
export interface PositionReport {
  /** Null: no fix. */
  readonly at: GeoPoint | null
  readonly accuracyMm: number | null
  /** Time of the receiver; null: no time. */
  readonly deviceTimeMs: number | null
}

/** Last known position; times are monotonic. */
export interface PlaceTrack {
  readonly at: GeoPoint | null
  readonly accuracyMm: number | null
  readonly hasFix: boolean
  readonly freshAtMs: number | null
  readonly deviceTimeMs: number | null
  /** Reports in a row since the last jump that fit the one before. */
  readonly calm: number
}

/** Largest plausible speed of a handheld in a car park: 54 km/h. Assumed. */
const speedMmPerMs = 15
/** Reports are a second apart; a burst is allowed the distance of one second. */
const stepMsMin = 1_000
/** Number of reports that must agree after a jump. Assumed. */
const calmReports = 3

export const emptyTrack: PlaceTrack = {
  at: null,
  accuracyMm: null,
  hasFix: false,
  freshAtMs: null,
  deviceTimeMs: null,
  calm: calmReports,
}

/** The track after a report. One that repeats the receiver's time is no news: it may hang. */
export function withReport(track: PlaceTrack, report: PositionReport, nowMs: number): PlaceTrack {
  const { at, accuracyMm, deviceTimeMs } = report
  if (at === null) return { ...track, hasFix: false }
  if (deviceTimeMs === null || deviceTimeMs === track.deviceTimeMs) return track
  const waitedMs = Math.max(stepMsMin, nowMs - (track.freshAtMs ?? nowMs))
  const reachMm = speedMmPerMs * waitedMs + (accuracyMm ?? 0) + (track.accuracyMm ?? 0)
  const jumped = track.at !== null && !isWithinMm(track.at, at, reachMm)
  return {
    at,
    accuracyMm,
    deviceTimeMs,
    hasFix: true,
    freshAtMs: nowMs,
    calm: jumped ? 0 : Math.min(calmReports, track.calm + 1),
  }
}

/** The receiver is gone: its last position becomes stale, and its position after a restart may differ. */
export const lostReceiver = (track: PlaceTrack): PlaceTrack => ({ ...track, hasFix: false })

/** Reasons against charging here. */
export const placeBars = ['outside', 'noPosition', 'stale', 'imprecise', 'jumped'] as const
export type PlaceBar = (typeof placeBars)[number]

function barAt(
  fence: Fence,
  at: GeoPoint,
  accuracyMm: number | null,
  marginM: number,
): PlaceBar | null {
  if (accuracyMm === null || accuracyMm > marginM * 1000) return 'imprecise'
  return contains(fence, at) ? null : 'outside'
}

/** Null: inside its fence, within the margin. */
export function placeBar(place: PlaceConfig, track: PlaceTrack, nowMs: number): PlaceBar | null {
  const { marginM = standardPlace.marginM } = place
  if (place.kind === 'etc-pile') {
    // Without a fence its space is its place: it was bolted down there.
    if (place.fence === undefined) return null
    if (place.position === undefined) return 'noPosition'
    return barAt(place.fence, place.position, place.position.accuracyM * 1000, marginM)
  }
  const { at, accuracyMm, freshAtMs } = track
  if (at === null || freshAtMs === null || !track.hasFix) return 'noPosition'
  const ageMs = nowMs - freshAtMs
  if (ageMs < 0 || ageMs > (place.staleSec ?? standardPlace.staleSec) * 1000) return 'stale'
  if (track.calm < calmReports) return 'jumped'
  return barAt(place.fence, at, accuracyMm, marginM)
}
