// What the control API answers: plain JSON shapes, shared with the window and with scripts.
// Amounts are integer fen, times ISO 8601 with offset, durations ms.
import type { RunningRehearsalView } from './rehearsal-views.ts'
import type { ReservationLinkView } from './reservation-views.ts'
import type { CodedFault } from './rows.ts'
import type { ClockDoubtView, ClockKeptView } from './clock-views.ts'
import type { DebitEndView, ListView } from './list-views.ts'
import type { ExplainedView } from './explain-views.ts'
import type { PersonCallView } from './calls/help.ts'
import type { CarPlateView } from './match-views.ts'
import type { LanePicture, StepName } from '../core/lane/layouts/layout.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { InIso } from '../core/values/instant.ts'
import type { PassageOfDay } from '../ports/ledger-service.ts'
import type { TakerView } from './safety-views.ts'

export type { LedgerSums as LedgerSumsView } from '../ports/ledger-reader.ts'
export type { PicturePart, StepName } from '../core/lane/layouts/layout.ts'

type HealthState = 'up' | 'down' | 'off'

type HeldBy = Pick<TakerView, 'by' | 'program' | 'pid' | 'reason' | 'untilIso'>

/** `up` means heard from within the last seconds; `heardMsAgo` says how long ago that was. */
export interface DeviceView {
  readonly state: HealthState
  readonly heardMsAgo: number | null
  readonly link: string
  readonly detail: string
  /** Word of why it is not in service, for the screens to say in their language. */
  readonly reason?: string
  /** Somebody took it over: the lane works without it until then at the latest. */
  readonly held?: HeldBy
  /** Clock of the device minus ours, where it told its time. */
  readonly clockOffsetMs?: number
  /** Messages of it that nothing could be made of, since the start; absent: none. */
  readonly notUnderstood?: number
}

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

export interface CarView extends CarPlateView {
  /** When it came into this lane. */
  readonly sinceIso: string
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
  /** Why the clock cannot price this car; absent for any other car. */
  readonly clock?: ClockDoubtView
  readonly passCause: string | null
  /** It may go and its boom was not seen open (`heldOpen` counts as open): since when a person is needed for that. */
  readonly notOpenedSinceIso?: string
}

/** A car that left, newest first on the board. */
export type PassageView = InIso<PassageOfDay> & { readonly tookMs: number | null }

/**
 * What a board over the lane shows, word for word as it acknowledged it. `sending`: on its way;
 * `silent`: the board does not answer; `refused`: it will not show it. Then nobody knows the words.
 */
export interface DisplayView {
  readonly state: 'shown' | 'sending' | 'silent' | 'refused'
  readonly lines: readonly string[]
  /** What it was told to say with these lines. */
  readonly spoken: string
}

/** A printer beside a lane, as the board tells it. */
export interface LanePrinterView {
  readonly id: string
  readonly device: DeviceView
  /** Null: ready. */
  readonly code: string | null
  readonly isNearEnd: boolean
  /** The drawer at it will not open for a sale, because the printer says nothing. */
  readonly isDrawerShut?: true
  /** Receipts that were asked for and did not print, and since when. */
  readonly waiting: number
  readonly sinceIso?: string
}

export interface LaneView {
  readonly laneId: string
  readonly name: BilingualText
  readonly direction: 'entry' | 'exit'
  /** Clause of its layout. */
  readonly layout: string
  /** What there is to draw of it; nothing of a pile or handheld. */
  readonly picture: LanePicture
  /** An attendant sits beside it; absent where nobody does. */
  readonly booth?: true
  /** One road for both directions: who has it, and what the trigger at the far end sees. */
  readonly reused?: {
    readonly holder: 'entry' | 'exit' | null
    readonly far: 'on' | 'off' | 'unknown'
  }
  /** A pile or handheld: an antenna without a lane (`place.state`). */
  readonly place?: 'etc-pile' | 'handheld'
  /** State name of the lane machine; `noEtc`: idle, and its antenna is out, so it cannot charge by ETC. */
  readonly state: string
  /** Whether the next car can be charged by ETC; absent where the lane has no antenna. */
  readonly etc?: {
    readonly ready: boolean
    readonly why: 'starting' | 'antenna' | 'platform' | null
  }
  readonly steps: readonly StepView[]
  readonly car: CarView | null
  readonly devices: {
    readonly rsu: DeviceView
    readonly camera: DeviceView
    readonly barrier: DeviceView
    readonly display: DeviceView
  }
  /** Receipt printers beside it; absent where there is none. */
  readonly printers?: readonly LanePrinterView[]
  readonly barrier: {
    readonly position: string
    readonly arrive: 'on' | 'off' | 'unknown'
    readonly under: 'on' | 'off' | 'unknown'
  }
  /** False: its configuration changed; only a person's hand moves it until a person arms it. */
  readonly barrierArmed: boolean
  /** The boom rose without a command (BOOM-01): until it is down, and ten minutes in any case. */
  readonly openedAloneAtIso?: string
  /** Absent while nothing stands against its debits for hours. */
  readonly debitEnd?: DebitEndView
  /** True while the antenna searches. */
  readonly searching: boolean
  /** Plate of a paid car that a restart lost sight of; who waits here may be it or the next. */
  readonly inDoubt: string | null
  /** What the driver is to see, word for word. */
  readonly shown: BilingualText
  /** The code by which its car may pay now; absent where none is offered. */
  readonly payCode?: { readonly text: string; readonly amountFen: number }
  /**
   * How payment by code stands for its car. `asking`: the gateway was asked for a code, `ready`: one may be shown
   * to the lane, `running`: one is being charged, `unknown`: the last had no answer and may have been paid,
   * `failed`: it was not paid, `silent`: the gateway does not answer, `noScanner`: the scanner of the lane is not connected,
   * a code may be typed at a desk.
   */
  readonly payByCode?:
    | 'asking'
    | 'ready'
    | 'running'
    | 'unknown'
    | 'failed'
    | 'silent'
    | 'noScanner'
  /** Since when its gateway does not answer; absent while it does. */
  readonly paySilentSinceIso?: string
  readonly calls?: readonly PersonCallView[]
  /** What its scanner read last and nothing was charged for; absent after a minute. */
  readonly lastScan?: { readonly code: string; readonly note: string; readonly atIso: string }
  /** What a display really shows of it; null where the lane has none. */
  readonly display: DisplayView | null
}

/**
 * `up`: its last answer was good and is not old. `failing`: the last call had no answer, or one that
 * proves nothing. `down`: several in a row. `quiet`: not asked for long, so nobody knows.
 * `later`: the lot has not joined one yet, and its records wait for it. `off`: it has none.
 */
export interface PlatformView {
  readonly state: HealthState | 'failing' | 'quiet' | 'later'
  readonly url: string
  /** Since its last good answer; null before the first of this process. */
  readonly answeredMsAgo: number | null
}

/**
 * Whether the machine sets its clock by a time server. `notKnown`: neither systemd nor chrony is there, or
 * neither says.
 */
export type MachineNtp = 'synchronised' | 'notSynchronised' | 'off' | 'notKnown'

export interface StatusView {
  readonly apiVersion: 1
  /** `workbench`: no lot, one device under a person's hand. */
  readonly mode: 'demo' | 'production' | 'workbench'
  /** A demo lot on simulators that somebody else started: nothing here sends cars or cuts a network. */
  readonly rehearsal?: boolean
  readonly lotId: string
  readonly lotName: BilingualText
  readonly chargeMode: 'card' | 'online'
  readonly offline: string
  readonly inside: number
  readonly capacity: number
  readonly clock: {
    readonly businessIso: string
    /** Platform clock minus ours, ms, at its last verified answer; null before the first one. */
    readonly platformOffsetMs: number | null
    /** How long ago that was; absent before it, and on the workbench. */
    readonly offsetMsAgo?: number
    /** Of the machine on which the lanes run; absent until it was asked. */
    readonly ntp?: MachineNtp
    /** The last look at the sources of time of the lot file; absent without any, and before the first. */
    readonly kept?: ClockKeptView
    /** The clock may not price: what contradicts it. Absent while it may. */
    readonly doubt?: ClockDoubtView
  }
  readonly platform: PlatformView
  /** By the calls to the platform; `quiet`: none for long, so nobody knows. */
  readonly network: HealthState | 'quiet'
  readonly queue: QueueStatusView
  /** A rehearsal has cut this until then; absent while none runs. */
  readonly cut?: Pick<RunningRehearsalView, 'cut' | 'laneId' | 'endsAtIso'>
  /** Of the link to the reservation platform; absent where the lot has none. */
  readonly reservation?: ReservationLinkView['state'] | 'fault'
  readonly signInUntilIso: string | null
  /** Absent where the lot has no folder. */
  readonly statusList?: ListView
  /** New settings that a device tries now; they go back unless a car shows that they work. */
  readonly trial: {
    readonly laneId: string
    readonly by: string
    /** Null until the device has taken them. */
    readonly leftMs: number | null
  } | null
  /** `paidFen`: by ETC. Takings of every means are `day.show`. */
  readonly today: { readonly passages: number; readonly paidFen: number }
  readonly ledger: { readonly headSeq: number; readonly headHash: string; readonly repair: string }
  readonly version: string
  /** Null until the data folder was looked at, about a second after the start. */
  readonly upkeep: UpkeepView | null
}

/** What the runtime does for its data folder by itself, and what is wrong there. */
export interface UpkeepView {
  readonly disk: {
    /** Null where the system does not say. */
    readonly freeMb: number | null
    readonly warnMb: number
    readonly low: boolean
  }
  readonly photos: {
    readonly days: number
    /** `YYYY-MM-DD`. */
    readonly oldestDay: string | null
    readonly keepDays: number
    /** What they take; null where they have no budget, or it is not known yet. */
    readonly mb: number | null
    readonly budgetGb: number | null
    /** The clock jumped: photos that look too old are kept until then. */
    readonly heldUntilIso: string | null
  }
  readonly backup: {
    readonly lastAtIso: string | null
    readonly file: string | null
    readonly rows: number | null
    /** A copy gets its name only after it was opened and every row of it checked. */
    readonly verified: boolean
    readonly kept: number
    readonly keep: number
    readonly nextAtIso: string | null
    readonly running: boolean
    /** The last try failed, and none succeeded since. */
    readonly failed: { readonly code: string; readonly atIso: string } | null
  }
  /** Faults that last, by code of the fault table. */
  readonly faults: readonly CodedFault[]
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

export interface LedgerSheetView {
  readonly base64: string
  readonly mime: string
  readonly rows: number
  /** More rows would have answered than a sheet takes. */
  readonly cut: boolean
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

export interface TimelineView extends ExplainedView {
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
  /** Of the entry; of the exit where a car had no stay before. */
  readonly photoId: string | null
  /** Of the last exit; null while the car is inside. */
  readonly exitPhotoId: string | null
}

/** The one device under a person's hand where there is no lane; calls about it name `bench` as `laneId`. */
export interface BenchView {
  readonly laneId: 'bench'
  readonly rsu: DeviceView
  /** True while the antenna searches. */
  readonly searching: boolean
}

/** Snapshot and updates of the `board` stream. */
export interface BoardView {
  readonly status: StatusView
  readonly lanes: readonly LaneView[]
  /** On the workbench alone: its device, or null before one is connected. */
  readonly bench?: BenchView | null
  /** On the workbench of a folder whose lot is being set up. */
  readonly setup?: boolean
  readonly last: readonly PassageView[]
}
