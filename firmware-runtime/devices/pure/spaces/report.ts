// Report of a watcher about a parking space, independent of its protocol and route: a sensor below the space, a radar, or
// a camera that reads the car there (8.1.2.2 a, 8.1.2.4 a, 8.1.2.5 a).
// It is seconds late, and never an input of a gate (lane-devices.md 4.3).
import type { PlateRead } from '../lane/plate-read.ts'
import type { NoteText } from '#base/pure/words/notes.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'

/** What a camera read of the car in a space. */
type SpaceLook = Pick<PlateRead, 'plate' | 'plateRaw' | 'plateState' | 'colour' | 'confidence'>

export interface SpaceReport {
  /** The sensor, or the space as its camera calls it. */
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
  /** Null: a sensor, which reads nothing. */
  readonly look: SpaceLook | null
  /** Equal for two reports exactly when their pictures are; null: no picture. */
  readonly pictureMark: number | null
  /** The device sent it again after an interruption: it is not about now. */
  readonly isPast: boolean
  /** A camera stated no time for it, or one that is not understood: whether it is about now is unknown. */
  readonly isUndated?: true
}

/** A report without what only some devices state. */
export const bareReport = {
  deviceAtMs: null,
  seq: null,
  restarted: false,
  batteryV: null,
  rssiDbm: null,
  snrDb: null,
  celsius: null,
  look: null,
  pictureMark: null,
  isPast: false,
} as const satisfies Partial<SpaceReport>

/** Why a camera says that it sees nothing: its view is covered or black, or it was turned. */
export type ViewFault = 'blind' | 'turned'
/**
 * Why all spaces of a watcher are unknown. `frozen`: its pictures are equal although its clock goes on. `unchecked`: nothing is
 * known of its view since the last start, and no person has looked at its picture.
 */
export type WatchDoubt = ViewFault | 'frozen' | 'unchecked'
/** What speaks against a view, by the event that said so: the end of one event ends no other. */
export type ViewFaults = Readonly<Record<string, WatchDoubt>>

const doubtsByWeight: readonly WatchDoubt[] = ['turned', 'unchecked', 'blind', 'frozen']

/** The gravest of what speaks against a view; null: nothing does. */
export const doubtOf = (faults: ViewFaults): WatchDoubt | null =>
  doubtsByWeight.find((one) => Object.values(faults).includes(one)) ?? null

export type SpaceRead =
  | {
      readonly ok: true
      /** None: a sign of life. */
      readonly reports: readonly SpaceReport[]
      /** `by`: the event. */
      readonly view?: { readonly fault: ViewFault; readonly by: string; readonly isOver: boolean }
    }
  | { readonly ok: false; readonly reason: NoteText }

/** A report less than this many numbers behind the last one is late; more means that the device has restarted its count. */
const lateMax = 50
/** A clock that is further ahead of ours tells nothing about the order of its reports. Assumed. */
const aheadMaxMs = 10 * minuteMs

const isSameContent = (was: SpaceReport, now: SpaceReport): boolean =>
  was.occupied === now.occupied && was.look?.plateRaw === now.look?.plateRaw

/**
 * True when a report is current. The network repeats and reorders; a device that lost its memory counts from the start
 * again, while its clock went on.
 */
export function isNewer(was: SpaceReport | null, now: SpaceReport): boolean {
  if (was === null || now.restarted) return true
  const aheadMs =
    was.deviceAtMs === null || now.deviceAtMs === null ? null : now.deviceAtMs - was.deviceAtMs
  if (was.seq !== null && now.seq !== null) {
    const behind = was.seq - now.seq
    return behind < 0 || behind > lateMax || (aheadMs ?? 0) > 0
  }
  if (aheadMs === null) return true
  // Cameras state whole seconds, in which a car may leave and another one come.
  return aheadMs > 0 || (aheadMs === 0 && !isSameContent(was, now))
}

/** Reports from the future have no time: else each report of right time after them would count as late, for a year. */
export function soundTimes(read: SpaceRead, nowMs: InstantMs): SpaceRead {
  if (!read.ok) return read
  const reports = read.reports.map((one) =>
    (one.deviceAtMs ?? nowMs) > nowMs + aheadMaxMs ? { ...one, deviceAtMs: null } : one,
  )
  return { ...read, reports }
}
