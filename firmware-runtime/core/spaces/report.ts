// Report of a sensor below a parking space, independent of its protocol and route.
// For counting spaces alone: it is seconds late, and never an input of a gate (lane-devices.md 4.3).
import type { NoteText } from '../values/notes.ts'
import type { InstantMs } from '../values/instant.ts'

export interface SpaceReport {
  readonly deviceId: string
  readonly occupied: boolean
  /** Time of the device's clock; null: not reported. */
  readonly deviceAtMs: InstantMs | null
  /** Number of the report since the device started; null: not counted. */
  readonly seq: number | null
  /** The device reports that it has just started. */
  readonly restarted: boolean
  readonly batteryV: number | null
  readonly rssiDbm: number | null
  readonly snrDb: number | null
  readonly celsius: number | null
}

export type SpaceRead =
  | { readonly ok: true; readonly report: SpaceReport }
  | { readonly ok: false; readonly reason: NoteText }

/** A report less than this many numbers behind the last one is late; more means that the device has restarted its count. */
const lateMax = 50

/**
 * True when a report is current. The network repeats and reorders; a device that lost its memory counts from the start
 * again, while its clock went on.
 */
export function isNewer(was: SpaceReport | null, now: SpaceReport): boolean {
  if (was === null || now.restarted) return true
  const timed = was.deviceAtMs !== null && now.deviceAtMs !== null
  const later = timed && Number(now.deviceAtMs) > Number(was.deviceAtMs)
  if (was.seq === null || now.seq === null) return timed ? later : true
  const behind = was.seq - now.seq
  return behind < 0 || behind > lateMax || later
}
