// Heartbeats of running lanes to the platform (9.3.7, P15): neither stored nor sent again, because a late one is useless.
// A device is 0 in order, 1 degraded, 2 out of service, 9 not known.
import type { Fen } from '../pure/values/fen.ts'
import type { InstantMs } from '../pure/values/instant.ts'

export type DeviceMark = 0 | 1 | 2 | 9

export interface LaneHeartbeat {
  readonly laneId: string
  /** Counts from 1 since the start of the lanes. */
  readonly seq: number
  readonly atMs: InstantMs
  /** Platform minus ours; null before its first verified answer. */
  readonly clockOffsetMs: number | null
  /** When that was read; null with it. */
  readonly clockReadMs: InstantMs | null
  readonly softwareVersion: string
  /** Version of the ETC operator's settings; null: none received. */
  readonly configVersion: string | null
  /** Version of the status list; null: no list, and then no age either. */
  readonly listVersion: string | null
  readonly listAgeSec: number | null
  /** Degraded where one of several is not authorised; null where the lane has no antenna. */
  readonly psam: DeviceMark | null
  /** End of the sign-in, or of the authorisation after it. */
  readonly signedInUntilMs: InstantMs | null
  readonly antenna: DeviceMark
  readonly camera: DeviceMark
  readonly barrier: DeviceMark
  readonly coil: DeviceMark
  /** Records of the whole lot that wait for the platform. */
  readonly queued: number
  readonly oldestQueuedSec: number | null
  readonly todayCount: number
  readonly todayFen: Fen
  readonly machine: MachineLoad
}

/** Whole percent; null where the system does not say, or not yet. */
export interface MachineLoad {
  readonly cpuPct: number | null
  readonly memPct: number | null
  readonly diskFreePct: number | null
}

export interface PlatformMonitor {
  /** `isWanted` is false where the platform has no such interface. */
  beat(heartbeat: LaneHeartbeat, done: (isWanted: boolean) => void): void
}
