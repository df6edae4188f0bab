// What a sensor below a parking space says, whatever it speaks and whichever way it comes.
// For counting spaces alone: it is seconds late, and never an input of a gate (lane-devices.md 4.3).
import type { NoteText } from '../values/notes.ts'
import type { InstantMs } from '../values/instant.ts'

export interface SpaceReport {
  readonly deviceId: string
  readonly occupied: boolean
  /** By the device's own clock; null where it tells none. */
  readonly deviceAtMs: InstantMs | null
  /** Counts the reports of one life of the device; null where it does not. */
  readonly seq: number | null
  /** It says that it has just started. */
  readonly restarted: boolean
  readonly batteryV: number | null
  readonly rssiDbm: number | null
  readonly snrDb: number | null
  readonly celsius: number | null
}

export type SpaceRead =
  | { readonly ok: true; readonly report: SpaceReport }
  | { readonly ok: false; readonly reason: NoteText }

/** Fewer than this behind the last one is a late report; more is a device that counts anew. */
const lateMax = 50

/**
 * Whether a report tells the present. The network repeats and reorders; a device that lost its memory
 * counts from the beginning again, by a clock that went on.
 */
export function isNewer(was: SpaceReport | null, now: SpaceReport): boolean {
  if (was === null || now.restarted) return true
  const timed = was.deviceAtMs !== null && now.deviceAtMs !== null
  const later = timed && Number(now.deviceAtMs) > Number(was.deviceAtMs)
  if (was.seq === null || now.seq === null) return timed ? later : true
  const behind = was.seq - now.seq
  return behind < 0 || behind > lateMax || later
}
