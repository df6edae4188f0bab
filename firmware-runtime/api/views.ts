// What the control API answers: plain JSON shapes, shared with the window and with scripts.
// Amounts are integer fen, times ISO 8601 with offset, durations ms.
import type { BilingualText } from '../core/values/faults.ts'

export type HealthState = 'up' | 'down' | 'off'

/** `up` means heard from within the last seconds; `heardMsAgo` says how long ago that was. */
export interface DeviceView {
  readonly state: HealthState
  readonly heardMsAgo: number | null
  readonly link: string
  readonly detail: string
  /** Word of why it is not in service, for the screens to say in their language. */
  readonly reason?: string
  /** Clock of the device minus ours, where it told its time. */
  readonly clockOffsetMs?: number
}

export type StepName = 'trigger' | 'plate' | 'obu' | 'order' | 'charge' | 'barrier'

export interface StepView {
  readonly step: StepName
  readonly state: 'idle' | 'busy' | 'done' | 'failed'
  /** From the trigger to this step, ms; null while it has not happened. */
  readonly ms: number | null
  readonly reason: string
}

export interface LineView {
  readonly fromIso: string
  readonly toIso: string
  readonly rule: string
  readonly amountFen: number
  readonly text: BilingualText
}

export interface CarView {
  readonly plate: string | null
  readonly plateRaw: string | null
  readonly colour: string
  readonly photoId: string | null
  readonly stayId: string | null
  readonly orderId: string | null
  readonly enteredAtIso: string | null
  readonly stayMin: number | null
  readonly amountFen: number
  readonly dueFen: number
  readonly lines: readonly LineView[]
  readonly obuId: string | null
  readonly cardNo: string | null
  readonly cardType: number | null
  readonly balanceFen: number | null
  readonly outTradeNo: string | null
  /** Reason word of core/lane/lane.ts when a person is needed, else null. */
  readonly manual: string | null
  readonly passCause: string | null
}

/** A car that left, newest first on the board. */
export interface PassageView {
  readonly atIso: string
  readonly laneId: string
  readonly stayId: string | null
  readonly plate: string | null
  readonly end: string
  readonly amountFen: number
  readonly tookMs: number | null
}

export interface LaneView {
  readonly laneId: string
  readonly name: BilingualText
  readonly direction: 'entry' | 'exit'
  /** State name of the lane machine. */
  readonly state: string
  readonly steps: readonly StepView[]
  readonly car: CarView | null
  readonly devices: {
    readonly rsu: DeviceView
    readonly camera: DeviceView
    readonly barrier: DeviceView
  }
  readonly barrier: {
    readonly position: string
    readonly arrive: 'on' | 'off' | 'unknown'
    readonly under: 'on' | 'off' | 'unknown'
  }
  /** True while the antenna searches. */
  readonly searching: boolean
  /** What the driver sees, word for word. */
  readonly shown: BilingualText
}

export interface StatusView {
  readonly apiVersion: 1
  readonly mode: 'demo' | 'production'
  readonly lotId: string
  readonly lotName: BilingualText
  readonly chargeMode: 'card' | 'online'
  readonly offline: string
  readonly inside: number
  readonly capacity: number
  readonly clock: {
    readonly businessIso: string
    /** Platform clock minus ours, ms; null before the first verified answer. */
    readonly platformOffsetMs: number | null
  }
  readonly platform: { readonly state: HealthState; readonly url: string }
  readonly network: HealthState
  readonly queue: QueueStatusView
  readonly signInUntilIso: string | null
  readonly today: { readonly passages: number; readonly paidFen: number }
  readonly ledger: { readonly headSeq: number; readonly headHash: string; readonly repair: string }
  readonly version: string
}

/** `queue status` of contract.md section 5. */
export interface QueueStatusView {
  readonly unsent: number
  readonly byKind: Readonly<Record<string, number>>
  readonly byState: Readonly<Record<string, number>>
  readonly byDestination: Readonly<Record<string, number>>
  readonly oldestAgeSec: number | null
  readonly poison: number
  readonly exposureFen: number
}

export interface QueueRecordView {
  readonly outboxId: string
  readonly op: string
  readonly businessNo: string
  readonly state: string
  readonly attempts: number
  readonly atIso: string
  readonly amountFen: number
  readonly destination: string
  readonly stayId: string | null
  readonly note: string
}

export interface EventView {
  readonly seq: number
  readonly atIso: string
  readonly monoUs: number
  readonly laneId: string
  readonly stayId: string | null
  readonly type: string
  readonly detail: string
}

/** One frame of an RSU link, decoded. */
export interface FrameView {
  readonly atIso: string
  readonly laneId: string
  readonly stayId: string | null
  readonly direction: 'in' | 'out'
  readonly type: string
  readonly hex: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface TimelineView {
  readonly stayId: string
  /** Ledger rows of the stay in order, body included. */
  readonly rows: readonly {
    readonly seq: number
    readonly kind: string
    readonly atIso: string
    readonly laneId: string | null
    readonly amountFen: number | null
    readonly body: Readonly<Record<string, unknown>>
  }[]
  readonly events: readonly EventView[]
  readonly frames: readonly FrameView[]
  readonly photoId: string | null
}

/** Snapshot and updates of the `board` stream. */
export interface BoardView {
  readonly status: StatusView
  readonly lanes: readonly LaneView[]
  readonly last: readonly PassageView[]
}
