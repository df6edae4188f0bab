// The heartbeat of a lot to its centre (docs/centre.md): what it says of itself each minute and on a change. It is never
// queued: rows prove, heartbeats tell.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

/** A lane as its board shows it. */
export interface BeatLane {
  readonly laneId: string
  readonly name: BilingualText
  readonly direction: 'entry' | 'exit'
  /** State name of the lane machine. */
  readonly state: string
  /** Whether the next car can be charged by ETC; null: it has no antenna. */
  readonly isEtcReady: boolean | null
  /** A car that needs a person, and why; null: none. */
  readonly waiting: { readonly reason: string; readonly sinceIso: string } | null
  /** Position of its boom. */
  readonly boom: string
  /** It stays up and nothing lowers it, or rose without a command; absent: neither. */
  readonly boomFault?: 'leftUp' | 'openedAlone'
}

export interface BeatDevice {
  readonly laneId: string
  /** `rsu`, `camera`, `barrier` … */
  readonly kind: string
  readonly state: 'up' | 'down' | 'off'
  /** Word for why it is not in service; null: no reason is known. */
  readonly reason: string | null
}

/** A row of its inbox. */
export interface BeatMatter {
  readonly key: string
  readonly kind: string
  readonly what: BilingualText
  readonly sinceIso: string | null
  readonly isUrgent: boolean
}

export interface Beat {
  readonly nodeId: string
  /** By the clock of the lot. */
  readonly atIso: string
  /** Newest durable row of the node. */
  readonly lastSeq: number
  readonly version: string
  readonly build: string
  readonly spaces: { readonly capacity: number; readonly inside: number; readonly free: number }
  /** Its day in China up to now; takings as in its own books: payments that count, by means. */
  readonly today: {
    readonly day: string
    readonly entered: number
    readonly left: number
    readonly takings: readonly {
      readonly means: string
      readonly n: number
      readonly fen: number
    }[]
  }
  /** `offsetMs`: clock of its platform minus its own; null: not known. */
  readonly clock: {
    readonly offsetMs: number | null
    readonly ntp: string
    readonly isDoubtful: boolean
  }
  /** Null: not checked yet. */
  readonly disk: { readonly freeMb: number | null; readonly isLow: boolean } | null
  /** Records that wait for its platforms. */
  readonly queue: {
    readonly unsent: number
    readonly oldestAgeSec: number | null
    readonly poison: number
    readonly exposureFen: number
  }
  readonly platform: string
  readonly network: string
  /** `of`: the channel, or `centre`. */
  readonly certificates: readonly { readonly of: string; readonly toIso: string }[]
  readonly lanes: readonly BeatLane[]
  readonly devices: readonly BeatDevice[]
  readonly matters: readonly BeatMatter[]
}

export const beatLimits = {
  /** Without a change. */
  everyMs: 60_000,
  /** Between two of them when something changes. */
  changedMs: 5_000,
  bytesMax: 128 * 1024,
  lanesMax: 200,
  devicesMax: 2_000,
  mattersMax: 100,
} as const
