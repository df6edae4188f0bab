// The words of a lane: its state, the events it takes and the effects it asks for.
// The tables themselves are entry-lane.ts and exit-lane.ts; layouts/ says which lot uses which.
import type { SettleMeans } from '../values/payment-means.ts'
import { type ManualReason } from '../values/manual-reason.ts'
import type { ExceptionWord } from '../values/exception-words.ts'
import type { Tariff } from '../billing/tariff.ts'
import type { SuspectState } from '../etc/suspect.ts'
import type { RsuCommand, RsuEvent, VehicleAsk, VehicleInfo } from '../etc/rsu.ts'
import type { ChargeResult } from '../values/refusals.ts'
import type { CarObu, ChargeFacts } from '../charge/charge-facts.ts'
import type { PlateBy } from '../values/plates/plate-said.ts'
import type { RowRequest } from '../charge/freeze-row.ts'
import type { LateCharge } from '../etc/late-charge.ts'
import type { ClaimAnswer, ClockReason } from '../lot/claim.ts'
import type { ClockDoubt } from '../lot/clock-watch.ts'
import type { ClassOrder, ClassRequest } from '../lot/stay-price.ts'
import type { OfflinePolicy } from '../lot/config.ts'
import type { OpenDebit, UntoldDebit } from '../lot/open-debits.ts'
import type { RefusedDebit } from '../lot/lot-state.ts'
import type { PlaceBar } from '../place/place.ts'
import type { EntryBar } from '../reservation/admission.ts'
import type { Fen } from '../values/fen.ts'
import type { GivenOut, Minting } from '../values/ids.ts'
import type { InstantMs } from '../values/instant.ts'
import type { ChargeMode, OrderLine, PassCause, RowDraft } from '../values/rows/ledger-row.ts'
import type { PlateMatch } from '../values/plates/plate-match.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import type { PlateCandidate } from '../lot/plate-match.ts'
import type { TimerEffect, TimerEvent } from '../values/step.ts'
import type { BarrierCommand, BarrierEvent, BarrierPosition, LoopState } from './barrier.ts'
import type { DriverText } from './driver-text.ts'
import type { PlateRead } from './plate-read.ts'

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

/** How cars end that leave otherwise than with a pass, as event rows and boards name it. */
export type CarEnd = 'tailgated' | 'wentUnread' | 'wrongWay'

export interface CarDeduction {
  readonly deductionId: string
  readonly outTradeNo: string
  readonly state: 'intent' | 'armed' | 'sent' | 'paid' | 'refused' | 'unknown'
}

/** What a car is looked for by. */
interface CarReading {
  readonly plate: string
  /** Of the camera, 0 to 1; null where it gives none. */
  readonly confidence: number | null
  /** False where a person or its OBU said the plate. */
  readonly mayCorrect: boolean
  /** Who said it; absent: the camera. */
  readonly by?: PlateBy
}

export interface Car {
  readonly sinceMs: InstantMs
  readonly plate: string | null
  readonly plateRaw: string | null
  readonly colour: PlateColour
  readonly photo: string | null
  readonly reading: CarReading | null
  /** Why its plate is not the one that was read. */
  readonly match: PlateMatch | null
  /** Cars inside that it may be, best first: a person picks. */
  readonly candidates: readonly PlateCandidate[]
  readonly stayId: string | null
  readonly enteredAtMs: InstantMs | null
  readonly orderId: string | null
  readonly amountFen: Fen
  readonly dueFen: Fen
  /** Really paid for this order, by any means; of a waived one nothing was. */
  readonly takenFen: Fen
  readonly lines: readonly OrderLine[]
  readonly obu: CarObu | null
  readonly deduction: CarDeduction | null
  /** Deductions tried for this order, for the next deductionId. */
  readonly tries: number
  /** Last reason an OBU in the zone was turned away, with its words for the driver. */
  readonly turnedAway: {
    readonly reason: ManualReason
    readonly exceptionType: ExceptionWord
  } | null
  /** The boom was seen open for this car. */
  readonly boomSeen: boolean
  /** Since when its boom should have been up for it and was not seen to be; absent once it is. */
  readonly notOpenedMs?: InstantMs
  /** Its boom and loops were out of reach while it had its pass: whether it went, nobody saw. */
  readonly lostSight?: true
  /** The time in which it is on no loop runs: inputs that are unknown for a moment do not begin it anew. */
  readonly goneRuns?: true
  /** Another plate was read before its boom since it had its pass. */
  readonly nextRead?: true
  /** It came over the loop under the boom, against the direction of its lane. */
  readonly wrongWay: boolean
  /** While it was under the boom another one came up to it, and went from its loop (`through`) with it. */
  readonly behind: 'none' | 'close' | 'through'
  readonly manual: ManualReason | null
  /** Reasons whose exception is written: the same one is reported once for a car and its stay. */
  readonly reported: readonly ManualReason[]
  /** Cards that were refused for this order: they are not charged for it again. */
  readonly refusedCards: readonly string[]
  /** So much a person lets be charged although it is large; null: nobody was asked. */
  readonly releasedFen: Fen | null
  /** Both times, where the clock cannot price this car. */
  readonly clock: ClockReason | null
  readonly suspect: SuspectState | null
  readonly pass: { readonly passId: string; readonly cause: PassCause } | null
  /** At a pile, handheld or patrol car: the space that it stands in, and who asked. */
  readonly space?: { readonly spaceId: string; readonly by: string | null }
  /** At a gantry: what was read of its card, until its order is known. */
  readonly heard?: Extract<RsuEvent, { readonly type: 'cardRead' }>
}

interface EarlyPlate {
  readonly read: PlateRead
  readonly photo: string | null
}

export interface LaneState {
  readonly name: LaneStateName
  readonly car: Car | null
  readonly arrive: LoopState
  readonly under: LoopState
  readonly position: BarrierPosition
  readonly rsuUp: boolean
  /** The antenna answered, or failed to, at least once since the start. */
  readonly rsuReported: boolean
  /** The last search command was on. */
  readonly antennaOn: boolean
  readonly barrierUp: boolean
  /** A plate read before the loop rose, kept for a few seconds. */
  readonly early: EarlyPlate | null
  /**
   * `yes`: the car with the pass is on no loop, so whoever rises next may be another one;
   * `followed`: the plate of another one was read meanwhile.
   */
  readonly wentBack: 'no' | 'yes' | 'followed'
  /** A car came onto the loop under the boom while the lane was empty. */
  readonly cameOver: boolean
  /** Plate of the car that left last: told once more, it is not that of the next one. */
  readonly leftPlate: { readonly plate: string; readonly untilMs: InstantMs } | null
  /** At a gantry: OBUs that were dealt with, and until when they are told once more. */
  readonly dealtWith?: readonly { readonly obuId: string; readonly untilMs: InstantMs }[]
  /** Plate of a paid car that a restart lost sight of: whoever waits here may be it or the next. */
  readonly inDoubt: string | null
  /** An OBU whose vehicle file the platform is asked to open: what was read of it, until it is answered. */
  readonly sealed?: SealedRead | null
  /** What the driver sees now. */
  readonly shown: DriverText
}

interface SealedRead {
  readonly obuId: string
  /** Null: it is answered, or nobody answered in time. */
  readonly read: Extract<RsuEvent, { readonly type: 'vehicleSealed' }> | null
  /** How often it was asked for while this car was here. */
  readonly asked: number
}

export type LaneEvent =
  | RsuEvent
  | BarrierEvent
  | TimerEvent
  | { readonly type: 'plate'; readonly read: PlateRead; readonly photo: string | null }
  | { readonly type: 'claimed'; readonly answer: ClaimAnswer }
  /** What the platform says of a sealed vehicle file; null: nothing that can be believed. */
  | { readonly type: 'vehicleOpened'; readonly obuId: string; readonly vehicle: VehicleInfo | null }
  /** Of a reused lane: a car of the other direction has it now, or has it no longer. */
  | { readonly type: 'oncoming'; readonly on: boolean }
  /** Of a reused lane: a car went under the boom that no lane had, in the direction of this one. */
  | { readonly type: 'wentThrough' }
  /** Its stay has another coupon than its order was made with. */
  | { readonly type: 'couponUsed' }
  /** The boom was not seen open for the car with a pass in all the time that a boom needs. */
  | { readonly type: 'notOpened' }
  /** A doubt of the clock has ended. */
  | { readonly type: 'clockSure' }
  /** `card` mode: 800 ms passed since B4, so C2 went out and no C6 ever will (design.md 2). */
  | { readonly type: 'debitTooLate'; readonly deductionId: string }
  /** The record of this charge cannot be written: its append was not done, its car is as it was before. */
  | { readonly type: 'chargeNotWritten'; readonly facts: ChargeFacts }
  /** At a place: a person names the car that is to be charged there. */
  | {
      readonly type: 'collect'
      readonly plate: string
      readonly plateRaw: string
      readonly colour: PlateColour
      readonly act: AuditedAct
    }
  /**
   * At a pile, handheld or patrol car of an open lot: the OBU in this space is to be read. A person says the plate that
   * he sees there; a pile knows none.
   */
  | {
      readonly type: 'record'
      readonly spaceId: string
      readonly seen: {
        readonly plate: string
        readonly colour: PlateColour
        readonly by: string
      } | null
    }
  /** At a place: its car stands in a lane now, which goes on with it. */
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
      /** Cash: what the driver gave. Too little, or a note too many, settles nothing. */
      readonly givenFen?: Fen
      readonly act: AuditedAct
    }
  /** A large amount is right: ETC may charge it (5.2.1 d). */
  | { readonly type: 'release'; readonly act: AuditedAct }
  | { readonly type: 'openByHand'; readonly act: AuditedAct }
  /** After a restart: a pass of the ledger, and whether its car is on the loops. */
  | {
      readonly type: 'resume'
      readonly car: Car
      readonly told: boolean
      readonly fate: 'here' | 'inDoubt' | 'gone'
    }
  /** An append failed: nothing after it in that step was done, and its car is as it was before. */
  | { readonly type: 'ledgerStopped' }

export interface AuditedAct {
  readonly by: string
  readonly role: string
  readonly reason: string
  readonly commandId: string
}

export type LaneTraceType =
  /** The runtime's own: what its state was made of. */
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
  /** A trial of device settings is over; `detail` says how. */
  | 'settings'
  /** A device was taken over, or came back; `detail` says which and how. */
  | 'held'
  /** A test of a device is over; `detail` says how. */
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
  /** What follows by itself begins here, as with the next car: a failed append goes back to this. */
  | { readonly do: 'follow'; readonly from: Pick<LaneState, 'name' | 'car'> }
  /** One durable transaction. Nothing after it in this list is done when it fails, unless `mayFail`. */
  | { readonly do: 'append'; readonly rows: readonly RowRequest[]; readonly mayFail?: boolean }
  | { readonly do: 'rsu'; readonly command: RsuCommand }
  /** C6, unless 800 ms passed since the card was read: then C2 and `debitTooLate`. */
  | { readonly do: 'debit'; readonly command: Extract<RsuCommand, { do: 'debit' }> }
  /**
   * The charge record of this deduction is to be sent now, by the timing of P26. `again`: its outcome
   * is unknown and its car waits; the same number is queried.
   */
  | { readonly do: 'charge'; readonly deductionId: string; readonly again?: true }
  /** Asks the platform for a vehicle file in clear; its answer is `vehicleOpened`. */
  | { readonly do: 'openVehicle'; readonly ask: VehicleAsk; readonly withinMs: number }
  /** A car waits for the platform: probe it now, not at its next regular time. */
  | { readonly do: 'probePlatform' }
  /** Books a debit whose result came late; a payment made otherwise meanwhile gets its refund. */
  | { readonly do: 'lateCharge'; readonly late: LateCharge }
  | { readonly do: 'barrier'; readonly command: BarrierCommand }
  | { readonly do: 'show'; readonly text: DriverText }
  | {
      readonly do: 'trace'
      readonly type: LaneTraceType
      readonly stayId: string | null
      readonly detail: string
    }

/** What a step of a lane may know besides its state: what it is told, and ids that count on from there. */
export type LaneEnv = LaneView & Minting

/** What a lane may know besides its own state. Reading it has no effect. */
export interface LaneView extends GivenOut {
  readonly nowMs: InstantMs
  /** The clock may not price now. */
  readonly clock: ClockDoubt | null
  readonly laneId: string
  readonly tariff: Tariff
  readonly chargeMode: ChargeMode
  readonly offline: OfflinePolicy
  readonly plateTolerance: number
  readonly largeAmountFen: Fen
  /** True: where nobody comes to a large amount, its driver may pay it by code. */
  readonly largeByCode: boolean
  /** False after repeated silence of the platform, until it answers again. */
  readonly platformUp: boolean
  /** False where the lot has no platform: nothing is uploaded. */
  readonly hasPlatform: boolean
  /** False: a lane that takes money by code or person alone. */
  readonly hasRsu: boolean
  readonly rsuHasProof: boolean
  /** How long the RSU keeps silent about an OBU that it has told. */
  readonly rsuSilenceMs: number
  /** How far the time in a result of the RSU may be from that of its C6. */
  readonly rsuResultTimeMs: number
  readonly times: LaneTimes
  /** Why a card-side debit is not allowed now (sign-in, list age, caps), or null. */
  cardDebitBar(amountFen: Fen, cardNo: string): string | null
  /** An order as the class of an OBU has it; null where that makes no other price. */
  byClass(request: Pick<ClassRequest, 'orderId' | 'vehicleClass' | 'colour'>): ClassOrder | null
  /** Of the number of a card or an OBU. */
  isBlacklisted(no: string): boolean
  /** Why this place may not charge where it is now; null also in a lane, which does not move. */
  placeBar(): PlaceBar | null
  recentlyCharged(cardNo: string): boolean
  /** Card networks that pay; null: not compared. */
  readonly cardNetworks: readonly string[] | null
  /** A car with this very plate came in, and no exit has let it go. */
  isInside(plate: string, colour: PlateColour): boolean
  /** Why no money may be taken for this order here now (core/lot/claim.ts), or null. */
  settleBar(stayId: string, orderId: string): 'paid' | 'charging' | 'left' | null
  /** Its result is not booked yet, nobody paid its order otherwise, and its car has not left. */
  isOpenCase(deductionId: string): boolean
  /** Armed deductions of this lane and OBU whose result is not known yet, newest first. */
  unsettledOf(obuId: string): readonly OpenDebit[]
  /** Debits of this lane and OBU that ended as refused after their C6 had left, newest first. */
  refusedOf(obuId: string): readonly RefusedDebit[]
  /** One of them was called paid since: nothing charges the car of this stay by itself. */
  isContradicted(stayId: string | null): boolean
  /** Debits of this lane and OBU that are booked as paid without a TAC, newest first. */
  untoldOf(obuId: string): readonly UntoldDebit[]
  /** Why a car of this plate is not let in by itself (core/reservation/admission.ts), or null. */
  entryBar(plate: string | null): EntryBar | null
  /** The order was paid in full, and by nothing but ETC. */
  paidByEtc(orderId: string): boolean
  /** Open lots: the stay whose car stands in a space, as far as a record of its OBU asks. */
  stayAt(spaceId: string): SpaceStay | null
  /** Open lots: this OBU may be that of a car in another space (core/open/neighbours.ts). */
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
  /** Cameras tell a car once more, up to this long after it has left. */
  readonly echoMs: number
  /** A paid car that is on no loop for this long went back in, or left unseen. */
  readonly goneMs: number
  /** How long a car waits for an earlier deduction of its stay to be settled by itself. */
  readonly waitSettleMs: number
  /** A starting lane holds its first car this long for the first answer of its antenna. */
  readonly rsuHoldMs: number
  /** A car without an entry record is asked for the fixed price when no person came so long. */
  readonly noEntryMs: number
  /** While a car waits in `manual`, its means to pay are looked at this often. */
  readonly retryMs: number
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
}

/** For devices that answer at once or never, on a machine that may be busy otherwise. */
export const instantTimes: LaneTimes = {
  ...standardTimes,
  plateTimeoutMs: 1500,
  obuTimeoutMs: 2000,
}

/** In simulated time nothing is late. */
export const simulatedTimes: LaneTimes = { ...instantTimes, obuTimeoutMs: 250 }

/** A replay hurries more: an OBU that its busy machine reads too late pays otherwise, as in life. */
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
