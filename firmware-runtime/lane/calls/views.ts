// What the control API answers: plain JSON shapes, shared with the window and with scripts.
// Amounts are integer fen, times ISO 8601 with offset, durations ms.
import type { QueueStatusView } from '#ledger/calls/ledger-views.ts'
import type { StayEvidence } from '../pure/open/stay-evidence.ts'
import { type LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { RunningRehearsalView } from './rehearsal-views.ts'
import type { ReservationLinkView } from './reservation-views.ts'
import type { CodedFault } from '#base/calls/rows.ts'
import type { ClockDoubtView, ClockKeptView } from './clock-views.ts'
import type { DebitEndView, ListView } from '#base/calls/list-views.ts'
import type { ExplainedView } from './explain-views.ts'
import type { PersonCallView } from './help.ts'
import type { CarPlateView } from './match-views.ts'
import type { FrameFact } from '#ledger/pure/facts.ts'
import type { LanePicture, StepName } from '../pure/layouts/layout.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { InIso } from '#base/pure/values/instant.ts'
import type { PassageOfDay } from '#ledger/ports/ledger-service.ts'
import type { RaisedBoom } from '#base/pure/lot/raised-boom.ts'
import type { TakerView } from '#devices/calls/safety-views.ts'

export type { PicturePart, StepName } from '../pure/layouts/layout.ts'

type HealthState = 'up' | 'down' | 'off'

type HeldBy = Pick<TakerView, 'by' | 'program' | 'pid' | 'reason' | 'untilIso'>

/** `up`: a message came within the last seconds; `heardMsAgo` says how long ago. */
export interface DeviceView {
  readonly state: HealthState
  readonly heardMsAgo: number | null
  /** Since when it is down without a break, as ms ago; a device may send all the while what is not understood. */
  readonly downMsAgo?: number
  readonly link: string
  readonly detail: string
  /** Word for why it is not in service; the screens translate it. */
  readonly reason?: string
  /** A person has taken it over: the lane works without it until `untilIso` at the latest. */
  readonly held?: HeldBy
  /** Clock of the device minus ours, when it reported its time. */
  readonly clockOffsetMs?: number
  /** Number of messages since the start that could not be decoded; absent: 0. */
  readonly notUnderstood?: number
  /** Number of readings since the start that were not of now, or could not be dated; absent: 0. */
  readonly notLive?: number
  /** Readings of a camera since its last live one whose time nobody can tell; absent: none. */
  readonly undated?: {
    readonly count: number
    readonly sinceIso: string
    /** CAM-07: no time, or one that is not understood; CAM-08: nothing confirms the clock. */
    readonly code: string
    /** The newest time as the camera stated it; empty: none. */
    readonly time: string
  }
  /** Pushes of a camera that brought nothing; absent: none since the start. */
  readonly refusedPush?: RefusedPush
}

export interface RefusedPush {
  readonly count: number
  readonly lastIso: string
  /** Note of the last one. */
  readonly what: string
  /** Its request line and headers, without secrets and plates; empty: none came. */
  readonly head: string
  /** A plate came after it. */
  readonly isReadSince: boolean
}

export interface StepView {
  readonly step: StepName
  readonly state: 'idle' | 'busy' | 'done' | 'failed'
  /** From the trigger to this step, ms; null: the step has not happened. */
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
  /** When the car came into this lane. */
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
  /** Reason word of lane/pure/lane.ts when a person is needed, else null. */
  readonly manual: string | null
  /** Why the clock cannot price this car; absent for any other car. */
  readonly clock?: ClockDoubtView
  readonly passCause: string | null
  /** The car may pass, but its boom was not seen open (`heldOpen` counts as open): since when a person is needed. */
  readonly notOpenedSinceIso?: string
}

/** A car that left, newest first on the board. */
export type PassageView = InIso<PassageOfDay> & { readonly tookMs: number | null }

/**
 * The text on a board over the lane, as the board acknowledged it. `sending`: on its way; `silent`: the board does not
 * answer; `refused`: it will not show it. In those states the displayed text is unknown.
 */
export interface DisplayView {
  readonly state: 'shown' | 'sending' | 'silent' | 'refused'
  readonly lines: readonly string[]
  /** The text that it was told to speak with these lines. */
  readonly spoken: string
}

/** A printer beside a lane. */
export interface LanePrinterView {
  readonly id: string
  readonly device: DeviceView
  /** Fault code; null: ready. */
  readonly code: string | null
  readonly isNearEnd: boolean
  /** The drawer will not open for a sale, because its printer does not answer. */
  readonly isDrawerShut?: true
  /** Receipts requested and not printed, and since when. */
  readonly waiting: number
  readonly sinceIso?: string
}

export interface LaneView {
  readonly laneId: string
  readonly name: BilingualText
  readonly direction: 'entry' | 'exit'
  /** Clause of its layout. */
  readonly layout: string
  /** The parts of its drawing; empty for a pile or handheld. */
  readonly picture: LanePicture
  /** An attendant sits beside the lane; absent: no booth. */
  readonly booth?: true
  /** One road for both directions: which lane has it, and the state of the trigger at the far end. */
  readonly reused?: {
    readonly holder: 'entry' | 'exit' | null
    readonly far: 'on' | 'off' | 'unknown'
  }
  /** A pile or handheld: an antenna without a lane (`place.state`). */
  readonly place?: 'etc-pile' | 'handheld'
  /** State name of the lane machine; `noEtc`: idle, and its antenna is not in service, so it cannot charge by ETC. */
  readonly state: string
  /** Whether the next car can be charged by ETC; absent: the lane has no antenna. */
  readonly etc?: {
    readonly ready: boolean
    readonly why: 'starting' | 'antenna' | 'platform' | null
  }
  readonly steps: readonly StepView[]
  readonly car: CarView | null
  readonly devices: Readonly<Record<LaneKind, DeviceView>>
  /** Receipt printers beside it; absent: it has no printer. */
  readonly printers?: readonly LanePrinterView[]
  readonly barrier: {
    readonly position: string
    readonly arrive: 'on' | 'off' | 'unknown'
    readonly under: 'on' | 'off' | 'unknown'
  }
  /** False: its configuration changed, and the boom moves only on a manual command until a person arms it. */
  readonly barrierArmed: boolean
  /** The boom rose without a command (BOOM-01); shown until it is down, at least ten minutes. */
  readonly openedAloneAtIso?: string
  /** The boom stays up and nothing lowers it: cars can leave unpaid; shown until it is down. */
  readonly leftUpAtIso?: string
  /** Absent: no stop of its debits is expected within hours. */
  readonly debitEnd?: DebitEndView
  /** True while the antenna searches. */
  readonly searching: boolean
  /** Plate of a paid car that a restart lost sight of; the waiting car may be this one or the next one. */
  readonly inDoubt: string | null
  /** The text for the driver, word for word. */
  readonly shown: BilingualText
  /** The code by which its car may pay now; absent: no code is offered. */
  readonly payCode?: { readonly text: string; readonly amountFen: number }
  /**
   * Progress of the payment by code for its car. `asking`: a code was requested from the gateway, `ready`: a code may
   * be shown to the lane, `running`: a code is being charged, `unknown`: the last charge had no answer and may have
   * been paid, `failed`: it was not paid, `silent`: the gateway does not answer, `noScanner`: the scanner of the lane
   * is not connected, and a code may be typed at a desk.
   */
  readonly payByCode?:
    | 'asking'
    | 'ready'
    | 'running'
    | 'unknown'
    | 'failed'
    | 'silent'
    | 'noScanner'
  /** Since when its gateway has not answered; absent while it answers. */
  readonly paySilentSinceIso?: string
  readonly calls?: readonly PersonCallView[]
  /** The last code of its scanner for which nothing was charged; absent after a minute. */
  readonly lastScan?: { readonly code: string; readonly note: string; readonly atIso: string }
  /** What the display acknowledged; null: the lane has no display. */
  readonly display: DisplayView | null
}

/** The part of it that its devices, its scanner and its calls determine. */
export type LaneSeen = Pick<LaneView, 'devices' | 'printers' | 'display' | 'lastScan' | 'calls'>

/**
 * `up`: its last answer was good and is recent. `failing`: the last call had no answer, or an unproven one. `down`:
 * several such calls in a row. `quiet`: no call for long, so the state is unknown. `later`: the lot has not joined a
 * platform yet, and its records wait. `off`: the lot has no platform.
 */
export interface PlatformView {
  readonly state: HealthState | 'failing' | 'quiet' | 'later'
  readonly url: string
  /** Time since its last good answer; null before the first one of this process. */
  readonly answeredMsAgo: number | null
}

/**
 * Whether the machine synchronises its clock with a time server. `notKnown`: neither systemd nor chrony is present, or
 * neither reports it.
 */
export type MachineNtp = 'synchronised' | 'notSynchronised' | 'off' | 'notKnown'

export interface StatusView {
  readonly apiVersion: 1
  /** `workbench`: no lot, one device in a person's hands. */
  readonly mode: 'demo' | 'production' | 'workbench'
  /** A demo lot on simulators that another program started: this program cannot send cars or cut a network. */
  readonly rehearsal?: boolean
  readonly lotId: string
  readonly lotName: BilingualText
  readonly chargeMode: 'card' | 'online'
  readonly offline: string
  readonly inside: number
  readonly capacity: number
  /** As the lot publishes it: spaces that a car without a reservation may still have (docs/billing-interface.md). */
  readonly free: number
  readonly clock: {
    readonly businessIso: string
    /** Platform clock minus ours, ms, at its last verified answer; null before the first one. */
    readonly platformOffsetMs: number | null
    /** Time since that answer; absent before it, and on the workbench. */
    readonly offsetMsAgo?: number
    /** State of the machine on which the lanes run; absent until it was queried. */
    readonly ntp?: MachineNtp
    /** The last check of the time sources in the lot file; absent: no sources, or not checked yet. */
    readonly kept?: ClockKeptView
    /** Why the clock may not price. Absent while it may. */
    readonly doubt?: ClockDoubtView
  }
  readonly platform: PlatformView
  /** By the calls to the platform; `quiet`: no call for long, so the state is unknown. */
  readonly network: HealthState | 'quiet'
  readonly queue: QueueStatusView
  /** A rehearsal has cut this connection until then; absent while no rehearsal runs. */
  readonly cut?: Pick<RunningRehearsalView, 'cut' | 'laneId' | 'endsAtIso'>
  /** State of the link to the reservation platform; absent: the lot has none. */
  readonly reservation?: ReservationLinkView['state'] | 'fault'
  readonly signInUntilIso: string | null
  /** Absent: the lot has no folder. */
  readonly statusList?: ListView
  /** New settings on trial in a device; they are rolled back unless a car shows that they work. */
  readonly trial: {
    readonly laneId: string
    readonly by: string
    /** Null until the device has accepted them. */
    readonly leftMs: number | null
  } | null
  /** `paidFen`: by ETC. Takings by every means are in `day.show`. */
  readonly today: { readonly passages: number; readonly paidFen: number }
  readonly ledger: { readonly headSeq: number; readonly headHash: string; readonly repair: string }
  readonly version: string
  /** As in `etc-lane version`; absent on runtimes of older versions. */
  readonly build?: string
  /** Schema of the ledger that this program writes; absent on runtimes of older versions, and on the workbench. */
  readonly schema?: number
  /** Null until the data folder was checked, about a second after the start. */
  readonly upkeep: UpkeepView | null
  /** Number of parking spaces that are watched or stand along its streets; absent: the lot has none. */
  readonly spaces?: number
  /** Number of other billing systems that send orders; absent: the lot prices by itself. */
  readonly partners?: number
}

/** What the runtime does for its data folder, and the faults found there. */
export interface UpkeepView {
  readonly disk: {
    /** Null: the system does not report it. */
    readonly freeMb: number | null
    readonly warnMb: number
    readonly low: boolean
  }
  readonly photos: {
    readonly days: number
    /** `YYYY-MM-DD`. */
    readonly oldestDay: string | null
    readonly keepDays: number
    /** Size of all photos; null: no budget, or not known yet. */
    readonly mb: number | null
    readonly budgetGb: number | null
    /** The clock jumped: photos that look too old are kept until then. */
    readonly heldUntilIso: string | null
  }
  readonly backup: {
    readonly lastAtIso: string | null
    readonly file: string | null
    readonly rows: number | null
    /** A copy gets its name only after it was opened and each of its rows was verified. */
    readonly verified: boolean
    readonly kept: number
    readonly keep: number
    readonly nextAtIso: string | null
    readonly running: boolean
    /** The last try failed, and no later one succeeded. */
    readonly failed: { readonly code: string; readonly atIso: string } | null
  }
  /** Lasting faults, by code of the fault table. */
  readonly faults: readonly CodedFault[]
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
export interface FrameView extends Omit<FrameFact, 'stayId'> {
  readonly stayId: string | null
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
  /** Photo at entry; of a car without a stay, that at the exit. */
  readonly photoId: string | null
  /** Photo of the last exit; null while the car is inside. */
  readonly exitPhotoId: string | null
  /** What a stay in a space rests on, and what of that is missing; absent: it is no such stay. */
  readonly evidence?: StayEvidence
}

/** The one device in a person's hands when there is no lane; calls about it use `bench` as `laneId`. */
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
  /** On the workbench only: its device, or null before one is connected. */
  readonly bench?: BenchView | null
  /** Booms that tests raised and that nothing has seen down since; absent: none. */
  readonly raised?: readonly RaisedBoom[]
  /** On the workbench of a folder whose lot is being set up. */
  readonly setup?: boolean
  /** Newest first; the newest of each lane is among them, however long ago it left. */
  readonly last: readonly PassageView[]
}
