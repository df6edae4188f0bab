// The types of a lane: its state, the events it takes and the effects it requests.
// The tables themselves are entry-lane.ts and exit-lane.ts; layouts/ says which lot uses which.
import type { SettleMeans } from '#base/pure/values/payment-means.ts'
import { type ManualReason } from '#base/pure/words/manual-reason.ts'
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { SuspectState } from './etc/suspect.ts'
import type { RsuCommand, RsuEvent, VehicleAsk, VehicleInfo } from '#devices/pure/etc/rsu.ts'
import type { ChargeResult } from '#base/pure/words/refusals.ts'
import type { CarObu, ChargeFacts } from '#devices/pure/charge/charge-facts.ts'
import type { PlateBy } from '#base/pure/plates/plate-said.ts'
import type { RowRequest } from '#devices/pure/charge/freeze-row.ts'
import type { LateCharge } from './etc/late-charge.ts'
import type { ClaimAnswer, ClockReason } from './lot/claim.ts'
import type { ClockDoubt } from '#ledger/pure/lot/clock-watch.ts'
import type { LostSpan } from '#base/pure/values/lost-span.ts'
import type { ClassOrder, ClassRequest } from './lot/stay-price.ts'
import type { OfflinePolicy } from '#base/pure/lot/config.ts'
import type { DoubtedDebit, OpenDebit, UntoldDebit } from './lot/open-debits.ts'
import type { RefusedDebit } from '#ledger/pure/lot/lot-state.ts'
import type { PlaceBar } from '#devices/pure/place/place.ts'
import type { EntryBar } from './reservation/admission.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { GivenOut, Minting } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type {
  ChargeMode,
  OrderLine,
  PassCause,
  ReadPosition,
  RowDraft,
} from '#base/pure/rows/ledger-row.ts'
import type { PlateMatch } from '#base/pure/plates/plate-match.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { PlateCandidate } from '#ledger/pure/lot/plate-match.ts'
import type { TimerEffect, TimerEvent } from '#base/pure/values/step.ts'
import type {
  BarrierCommand,
  BarrierEvent,
  BarrierPosition,
  LoopState,
} from '#devices/pure/lane/barrier.ts'
import type { DriverText } from '#devices/pure/lane/driver-text.ts'
import type { PlateRead } from '#devices/pure/lane/plate-read.ts'

export const laneStateNames = [
  'idle',
  'reading',
  'searching',
  'debiting',
  'suspect',
  'asking',
  'charging',
  'waiting',
  'manual',
  'opening',
] as const
export type LaneStateName = (typeof laneStateNames)[number]

/** Ends of cars that leave without a pass, as event rows and boards name them. */
export type CarEnd = 'tailgated' | 'wentUnread' | 'wrongWay'

export interface CarDeduction {
  readonly deductionId: string
  readonly outTradeNo: string
  readonly state: 'intent' | 'armed' | 'sent' | 'paid' | 'refused' | 'unknown'
}

/** What a stay is searched by. */
interface CarReading {
  readonly plate: string
  /** Confidence of the camera, 0 to 1; null where it reports none. */
  readonly confidence: number | null
  /** False: the plate is not replaced by a similar one, for example because a person typed it. */
  readonly mayCorrect: boolean
  /** Source of the plate; absent: the camera. */
  readonly by?: PlateBy
  /** Who typed it. */
  readonly who?: string
  /** What was read before a person picked the car of another plate from those inside. */
  readonly plateRead?: string
}

export interface Car {
  readonly sinceMs: InstantMs
  readonly plate: string | null
  readonly plateRaw: string | null
  readonly colour: PlateColour
  readonly photo: string | null
  readonly reading: CarReading | null
  /** How the plate was matched, where it differs from the reading. */
  readonly match: PlateMatch | null
  /** Cars inside with a similar plate, best match first: the attendant picks one. */
  readonly candidates: readonly PlateCandidate[]
  readonly stayId: string | null
  readonly enteredAtMs: InstantMs | null
  readonly orderId: string | null
  readonly amountFen: Fen
  readonly dueFen: Fen
  /** Fen received for this order by any means; 0 for a waived one. */
  readonly takenFen: Fen
  readonly lines: readonly OrderLine[]
  readonly obu: CarObu | null
  readonly deduction: CarDeduction | null
  /** Deductions tried for this order, for the next deductionId. */
  readonly tries: number
  /** Newest reason why an OBU in the zone was refused, with the text for the driver. */
  readonly turnedAway: {
    readonly reason: ManualReason
    readonly exceptionType: ExceptionWord
  } | null
  /** The boom was seen open for this car. */
  readonly boomSeen: boolean
  /** Time since which its boom should have been up and was not reported up; absent once it is. */
  readonly notOpenedMs?: InstantMs
  /** Its boom and loops were out of reach while it had its pass: whether it left is unknown. */
  readonly lostSight?: true
  /** The timer for a car on no loop is running; a brief unknown input does not restart it. */
  readonly goneRuns?: true
  /** Another plate was read in front of the boom after the pass was given. */
  readonly nextRead?: true
  /** It was on no loop while its C6 was open: another car may come before its result. */
  readonly seenGone?: true
  /** It came over the loop under the boom, against the direction of its lane. */
  readonly wrongWay: boolean
  /** A second car closed up while this one was under the boom (`close`), and left the arrive loop with it (`through`). */
  readonly behind: 'none' | 'close' | 'through'
  readonly manual: ManualReason | null
  /** Reasons already reported as exceptions: each is reported once per car and stay. */
  readonly reported: readonly ManualReason[]
  /** Cards that were refused for this order and are not charged for it again. */
  readonly refusedCards: readonly string[]
  /** Large amount in fen that a person has released for charging; null: not asked. */
  readonly releasedFen: Fen | null
  /** The two contradicting times, where the clock is in doubt for this car. */
  readonly clock: ClockReason | null
  readonly suspect: SuspectState | null
  /** Its order is being taken back from the access system, for this reason; absent or null: it is not. */
  readonly takesBackFor?: ManualReason | null
  readonly pass: { readonly passId: string; readonly cause: PassCause } | null
  /** At a pile, handheld or patrol car: the space of the car, and the person who requested the reading. */
  readonly space?: {
    readonly spaceId: string
    readonly by: string | null
    readonly at?: ReadPosition
    /** Of the OBU that was read. */
    readonly colour?: PlateColour
  }
  /** At a gantry: the card reading, kept until the order is known. */
  readonly heard?: Extract<RsuEvent, { readonly type: 'cardRead' }>
}

interface EarlyPlate {
  readonly read: PlateRead
  readonly photo: string | null
  /** Our clock is in doubt, and nothing else shows that this was read now: a person decides about the car. */
  readonly isUndated?: true
}

export interface LaneState {
  readonly name: LaneStateName
  readonly car: Car | null
  readonly arrive: LoopState
  readonly under: LoopState
  readonly position: BarrierPosition
  readonly rsuUp: boolean
  /** The antenna has answered, or was reported down, at least once since the start. */
  readonly rsuReported: boolean
  /** The last search command was on. */
  readonly antennaOn: boolean
  readonly barrierUp: boolean
  /** A plate read before the loop rose, kept for a few seconds. */
  readonly early: EarlyPlate | null
  /**
   * `yes`: the car with the pass is on no loop, so the next car on the arrive loop may be another one;
   * `followed`: meanwhile the plate of another car was read.
   */
  readonly wentBack: 'no' | 'yes' | 'followed'
  /** A car came onto the loop under the boom while the lane was empty. */
  readonly cameOver: boolean
  /** Plate of the car that left last: a repeated report of it does not belong to the next car. */
  readonly leftPlate: { readonly plate: string; readonly untilMs: InstantMs } | null
  /** At a gantry: OBUs already handled, and until when repeated reports of them are ignored. */
  readonly dealtWith?: readonly { readonly obuId: string; readonly untilMs: InstantMs }[]
  /** Plate of a paid car that a restart lost track of: the car that waits here is that one or the next. */
  readonly inDoubt: string | null
  /** An OBU whose sealed vehicle file the platform is asked to open, with its reading, until the answer. */
  readonly sealed?: SealedRead | null
  /** Text displayed to the driver. */
  readonly shown: DriverText
}

interface SealedRead {
  readonly obuId: string
  /** Null: answered, or timed out. */
  readonly read: Extract<RsuEvent, { readonly type: 'vehicleSealed' }> | null
  /** Number of requests while this car was here. */
  readonly asked: number
}

export type LaneEvent =
  | RsuEvent
  | BarrierEvent
  | TimerEvent
  | ({ readonly type: 'plate' } & EarlyPlate)
  | { readonly type: 'claimed'; readonly answer: ClaimAnswer }
  /** The platform's answer about a sealed vehicle file; `vehicle` null: no valid answer. */
  | { readonly type: 'vehicleOpened'; readonly obuId: string; readonly vehicle: VehicleInfo | null }
  /** Reused lane: a car of the other direction takes the lane (`on`), or has released it. */
  | { readonly type: 'oncoming'; readonly on: boolean }
  /** Reused lane: a car that no machine tracked passed the boom in this direction. */
  | { readonly type: 'wentThrough' }
  /** A coupon was used after the order was made. */
  | { readonly type: 'couponUsed' }
  /** The boom was not reported open within the time it needs, although the car has a pass. */
  | { readonly type: 'notOpened' }
  /** A doubt of the clock has ended. */
  | { readonly type: 'clockSure' }
  /** `card` mode: 800 ms passed since B4, so C2 went out and no C6 ever will (design.md 2). */
  | { readonly type: 'debitTooLate'; readonly deductionId: string }
  /** The record of this charge could not be encoded: its append was skipped and the car is back in its earlier state. */
  | { readonly type: 'chargeNotWritten'; readonly facts: ChargeFacts }
  /** At a place: a person names the car to be charged. */
  | {
      readonly type: 'collect'
      readonly plate: string
      readonly plateRaw: string
      readonly colour: PlateColour
      readonly act: AuditedAct
    }
  /**
   * At a pile, handheld or patrol car of an open lot: read the OBU in this space. A person also gives the plate that he
   * sees; a pile has none.
   */
  | {
      readonly type: 'record'
      readonly spaceId: string
      readonly seen: {
        readonly plate: string
        readonly colour: PlateColour
        readonly by: string
        /** Of the car there; absent or null: none was taken. */
        readonly photo?: string | null
      } | null
      /** Position of the device when it begins; absent: not known. */
      readonly at?: ReadPosition
    }
  /** Another billing system has sent an order to this lane; the claim that follows finds it. */
  | { readonly type: 'sent'; readonly plate: string; readonly colour: PlateColour }
  /** At a place: its car has reached a lane, which continues with it. */
  | { readonly type: 'taken' }
  | {
      readonly type: 'charge'
      readonly deductionId: string
      readonly result: ChargeResult
      readonly reason: string
      /** Receipt row of the outbox record, to be made durable with the outcome. */
      readonly receipt: RowDraft | null
    }
  | {
      readonly type: 'settle'
      readonly means: SettleMeans
      readonly amountFen: Fen | null
      /** Cash handed over, in fen. Too little, or change of 100 yuan or more (a mistyped amount), settles nothing. */
      readonly givenFen?: Fen
      readonly act: AuditedAct
    }
  /** A person confirms a large amount, so ETC may charge it (5.2.1 d). */
  | { readonly type: 'release'; readonly act: AuditedAct }
  | { readonly type: 'openByHand'; readonly act: AuditedAct }
  /** After a restart: an unused pass of the ledger, and whether its car is on the loops. */
  | {
      readonly type: 'resume'
      readonly car: Car
      readonly told: boolean
      readonly fate: 'here' | 'inDoubt' | 'gone'
    }
  /** An append failed: later effects of that step were skipped, and the car is back in its earlier state. */
  | { readonly type: 'ledgerStopped' }

export interface AuditedAct {
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly commandId: string
}

export type LaneTraceType =
  /** By the runtime: what its state was built from. */
  | 'started'
  | 'trigger'
  | 'plateRead'
  | 'obuSeen'
  | 'orderMade'
  | 'intentSynced'
  | 'debitSent'
  | 'outcomeSynced'
  | 'barrierCommanded'
  | 'barrierOpen'
  | 'carLeft'
  | 'uploaded'
  /** A trial of device settings has ended; `detail` says how. */
  | 'settings'
  /** A device lease began or ended; `detail` says which and how. */
  | 'held'
  /** A device test has ended; `detail` says how. */
  | 'tested'
  | 'fault'

export type LaneEffect =
  | TimerEffect
  | {
      readonly do: 'claim'
      readonly reading: CarReading
      readonly plateRaw: string
      readonly colour: PlateColour
      readonly photo: string | null
    }
  /** Start of a follow-up step, such as the next car: a failed append returns to this state. */
  | { readonly do: 'follow'; readonly from: Pick<LaneState, 'name' | 'car'> }
  /** One durable transaction. If it fails, the later effects of the list are skipped, unless `mayFail`. */
  | { readonly do: 'append'; readonly rows: readonly RowRequest[]; readonly mayFail?: boolean }
  | { readonly do: 'rsu'; readonly command: RsuCommand }
  /** C6, unless 800 ms passed since the card was read: then C2 and `debitTooLate`. */
  | { readonly do: 'debit'; readonly command: Extract<RsuCommand, { do: 'debit' }> }
  /**
   * Send the charge record of this deduction now, by the timing of P26. `again`: its outcome is unknown
   * and its car waits, so the same trade number is queried. `takeBack`: an order at an access system that is not wanted
   * any more.
   */
  | {
      readonly do: 'charge'
      readonly deductionId: string
      readonly again?: true
      readonly takeBack?: true
    }
  /** Requests a decrypted vehicle file from the platform; its answer is `vehicleOpened`. */
  | { readonly do: 'openVehicle'; readonly ask: VehicleAsk; readonly withinMs: number }
  /** A car waits for the platform: probe it now, not at its next regular time. */
  | { readonly do: 'probePlatform' }
  /** Books a debit with a late result; if the order was paid by other means meanwhile, that debit is refunded. */
  | { readonly do: 'lateCharge'; readonly late: LateCharge }
  | { readonly do: 'barrier'; readonly command: BarrierCommand }
  | { readonly do: 'show'; readonly text: DriverText }
  | {
      readonly do: 'trace'
      readonly type: LaneTraceType
      readonly stayId: string | null
      readonly detail: string
    }

/** What a step of a lane may read besides its state: the view, and the ids to continue from. */
export type LaneEnv = LaneView & Minting

/** What a lane may read besides its own state. Reading has no side effect. */
export interface LaneView extends GivenOut {
  readonly nowMs: InstantMs
  /** The present doubt of the clock; null: the clock may be used for prices. */
  readonly clock: ClockDoubt | null
  readonly laneId: string
  readonly tariff: Tariff
  readonly chargeMode: ChargeMode
  readonly offline: OfflinePolicy
  readonly plateTolerance: number
  readonly largeAmountFen: Fen
  /** True: a driver may pay a large amount by code when no attendant comes. */
  readonly largeByCode: boolean
  /** False after repeated silence of the platform, until it answers again. */
  readonly platformUp: boolean
  /** False where the lot has no platform: nothing is uploaded. */
  readonly hasPlatform: boolean
  /**
   * The platform is an ETC access system of another maker: it reads the OBU itself and charges the orders that it is sent
   * (5.1 b, ADR 411).
   */
  readonly byOrder: boolean
  /** False: the lane takes money only by code or through the attendant. */
  readonly hasRsu: boolean
  readonly rsuHasProof: boolean
  /** Time in ms for which the RSU does not report the same OBU again. */
  readonly rsuSilenceMs: number
  /** Largest difference in ms between the time in a result of the RSU and that of its C6. */
  readonly rsuResultTimeMs: number
  readonly times: LaneTimes
  /** Why a card-side debit is not allowed now (sign-in, list age, caps), or null. */
  cardDebitBar(amountFen: Fen, cardNo: string): string | null
  /** The order priced with the class of an OBU; null where the price stays the same. */
  byClass(request: Pick<ClassRequest, 'orderId' | 'vehicleClass' | 'colour'>): ClassOrder | null
  /** `no`: number of a card or an OBU. */
  isBlacklisted(no: string): boolean
  /** Why this place may not charge at its present position; null: allowed, and always null in a lane. */
  placeBar(): PlaceBar | null
  recentlyCharged(cardNo: string): boolean
  /** Time of which rows were lost with a machine: it may have charged a car that is still here; null: none. */
  readonly lostSpan: LostSpan | null
  /** Card networks that pay; null: not compared. */
  readonly cardNetworks: readonly string[] | null
  /** True when a car with exactly this plate entered and has not left. */
  isInside(plate: string, colour: PlateColour): boolean
  /** Why no money may be taken for this order here now (lane/pure/lot/claim.ts), or null. */
  settleBar(stayId: string | null, orderId: string | null): 'paid' | 'charging' | 'left' | null
  /** True when its result is not booked, its order was not paid otherwise, and its car has not left. */
  isOpenCase(deductionId: string): boolean
  /** Armed deductions of this lane and OBU whose result is not known yet, newest first. */
  unsettledOf(obuId: string): readonly OpenDebit[]
  /** Debits of this card without a known result, of any lane. */
  doubtedOf(cardNo: string): readonly DoubtedDebit[]
  /** Debits of this lane and OBU that ended as refused after their C6 had left, newest first. */
  refusedOf(obuId: string): readonly RefusedDebit[]
  /** True when one of those was later reported as paid: the car of this stay is not charged automatically. */
  isContradicted(stayId: string | null): boolean
  /** Debits of this lane and OBU that are booked as paid without a TAC, newest first. */
  untoldOf(obuId: string): readonly UntoldDebit[]
  /** Why a car with this plate is not admitted automatically (lane/pure/reservation/admission.ts), or null. */
  entryBar(plate: string | null): EntryBar | null
  /** True when the order was paid in full by ETC alone. */
  paidByEtc(orderId: string): boolean
  /** Open lots: the stay of the car in a space, with what the record of its OBU needs. */
  stayAt(spaceId: string): SpaceStay | null
  /** Open lots: true when this OBU may belong to a car in another space (lane/pure/open/neighbours.ts). */
  isOfNeighbour(obuId: string, spaceId: string): boolean
}

interface SpaceStay {
  readonly stayId: string
  readonly plate: string | null
  readonly enteredAtMs: InstantMs
  readonly isRecorded: boolean
}

/** How long a lane waits, monotonic ms. */
export interface LaneTimes {
  readonly plateTimeoutMs: number
  readonly obuTimeoutMs: number
  /** A plate read before the loop rises counts for this long. */
  readonly earlyPlateMs: number
  /** A camera may report a car again for this long after it has left. */
  readonly echoMs: number
  /** A paid car on no loop for this long is taken to have gone back in, or to have left unseen. */
  readonly goneMs: number
  /** Time that a car waits for an earlier deduction of its stay to be settled automatically. */
  readonly waitSettleMs: number
  /** A starting lane holds its first car this long for the first answer of its antenna. */
  readonly rsuHoldMs: number
  /** A car without an entry record is charged the fixed price when no attendant came within this time. */
  readonly noEntryMs: number
  /** While a car waits in `manual`, its means of payment are checked at this interval. */
  readonly retryMs: number
  /** An order that an access system has not charged within this time is taken back. */
  readonly orderMs: number
  /** Pause before the next order of a car that still waits. */
  readonly orderAgainMs: number
}

export const standardTimes: LaneTimes = {
  plateTimeoutMs: 3000,
  obuTimeoutMs: 5000,
  earlyPlateMs: 5000,
  echoMs: 8000,
  goneMs: 20_000,
  waitSettleMs: 8000,
  rsuHoldMs: 10_000,
  noEntryMs: 15_000,
  retryMs: 300,
  orderMs: 12_000,
  orderAgainMs: 15_000,
}

/** For devices that answer immediately or never, on a machine under other load. */
export const instantTimes: LaneTimes = {
  ...standardTimes,
  plateTimeoutMs: 1500,
  obuTimeoutMs: 2000,
  orderMs: 4000,
  orderAgainMs: 3000,
}

/** For simulated time, in which no device answers late. */
export const simulatedTimes: LaneTimes = { ...instantTimes, obuTimeoutMs: 250 }

/** A replay waits less: an OBU that the busy machine reads too late pays by other means, as in operation. */
export const replayTimes: LaneTimes = { ...instantTimes, obuTimeoutMs: 80 }

export const emptyLane = (): LaneState => ({
  name: 'idle',
  car: null,
  arrive: 'unknown',
  under: 'unknown',
  position: 'unknown',
  rsuUp: false,
  rsuReported: false,
  antennaOn: false,
  barrierUp: false,
  early: null,
  wentBack: 'no',
  cameOver: false,
  leftPlate: null,
  inDoubt: null,
  shown: { zh: '', en: '', tone: 'wait' },
})
