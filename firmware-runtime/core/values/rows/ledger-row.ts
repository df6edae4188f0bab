// The rows of the ledger: every durable fact of a lot, and nothing else, as one union.
// State after a restart is a fold over these rows (design.md section 2).
import type { ArrearsPart, ArrearsRow, CouponRow, CouponUse } from './coupon-row.ts'
import type { ChannelName, toldTo } from '../destination-members.ts'
import type { TallyRow } from './tally-row.ts'
import type { PaymentMeans } from '../payment-means.ts'
import type { ExceptionType } from '../exception-words.ts'
import type { CarObu } from '../car-obu.ts'
import type { Fen } from '../fen.ts'
import type { InstantMs } from '../instant.ts'
import type { CoverPart, MemberRow } from './member-row.ts'
import type { RefundMeans } from '../refund-means.ts'
import type { PayRow } from './pay-row.ts'
import type { PlatformAccounts } from '../platform-account.ts'
import type { PlateMatch } from '../plates/plate-match.ts'
import type { PlateColour } from '../plates/plate.ts'
import type { PlateSaid } from '../plates/plate-said.ts'
import type { PointsRow, PointsTerms } from './points-row.ts'
import type { ReservationRow, ReservationUse } from './reservation-row.ts'

export type ChargeMode = 'card' | 'online'
/** How an order ended. `open`: left unsettled, for example the car backed out. */
export type OrderEnd = 'etc' | 'other' | 'free' | 'later' | 'open'
export type DeductionState = 'intent' | 'paid' | 'refused' | 'unknown'
/**
 * Records that move no money: of an entry, of an exit for the operator, of a plate (P19), of a shift (P21), and of a
 * driver's word with what came of it (P36).
 */
export type RecordKind =
  | 'entryRecord'
  | 'exitRecord'
  | 'plateRecord'
  | 'batch'
  | 'shiftRecord'
  | 'feedback'
  | 'feedbackState'
/** Of an hourly batch (P20). */
export type BatchKind = 'entry' | 'entry-plate' | 'exit' | 'exit-plate'
export type OutboxKind = 'charge' | 'exitUpload' | 'exception' | 'refund' | RecordKind
/** Where records go (table G.1): the expansion platform, and the platform of the lot's operator. */
export type DestinationName = {
  [Id in ChannelName]: (typeof toldTo)[Id] extends readonly [] ? never : Id
}[ChannelName]
/** `pending`: under review at the platform; `abnormal`: it is on its way there, and nobody says where. */
export type RefundState = 'pending' | 'approved' | 'abnormal' | 'success' | 'rejected'
/** `replaced`: a person mended it; what goes on is the record that names it. */
export type OutboxState =
  | 'new'
  | 'sending'
  | 'confirmed'
  | 'rejected'
  | 'unknown'
  | 'held'
  | 'replaced'

/** A member of a record's body; null: the body does not have it. */
export type MemberValue = string | number | boolean | null
/** One member that a person mended. */
export interface MendedMember {
  readonly member: string
  readonly from: MemberValue
  readonly to: MemberValue
}
/** Why a barrier may open. Every open command names the pass it belongs to. */
export type PassCause = 'entry' | 'etc' | 'free' | 'other' | 'later' | 'emergency'

/** One priced line of an order, with its words. */
export interface OrderLine {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly rule:
    | 'free'
    | 'first'
    | 'next'
    | 'visit'
    | 'cap'
    | 'package'
    | 'class'
    | 'classUnknown'
    | 'member'
    | 'law'
    | 'noEntry'
    | 'reservation'
    | 'coupon'
    | 'points'
    | 'arrears'
  readonly amountFen: Fen
  readonly text: { readonly zh: string; readonly en: string }
}

export type TacAlgorithm = '3des' | 'sm4'

/** What the card and the RSU prove about one debit (rsu-interface.md 4.7). */
export interface DebitProof {
  /** 8 hex; null when the debit is proven by balance and file 0019 instead. */
  readonly tac: string | null
  readonly cardSerial: number | null
  /** 12 hex. */
  readonly psamTerminal: string | null
  readonly psamSerial: number | null
  /** The terminal's counter is the one after that of the debit before: B8 does not tell it. */
  readonly psamSerialCounted?: true
  /** 2 hex, `09` composite. */
  readonly transType: string | null
  /** By which the TAC was made; null: the result does not tell it. Rows of before have neither. */
  readonly algorithm?: TacAlgorithm | null
  readonly keyVersion?: number | null
  /** 14 digits, the time inside the TAC. */
  readonly timeBcd: string | null
  readonly balanceAfterFen: Fen | null
}

export interface RowBodies {
  /** The runtime started: which repair letter was found, by which version, for which lot. */
  boot: {
    repair: string
    version: string
    /** Asked at every start with `lotId`: a ledger belongs to one lot, a real one or a demo. */
    mode: string
    /** Rows of before have none. */
    lotId?: string
    chargeMode: ChargeMode
    /** Who is told of each hour, one kind alone where it takes that one and not all; absent: nobody. */
    batchesTo?: readonly (DestinationName | `${DestinationName} ${BatchKind}`)[]
    /** Which platform each destination is; absent where none is joined, and in rows of before. */
    accounts?: PlatformAccounts
  }
  stayOpened: {
    plate: string | null
    colour: PlateColour
    enteredAtMs: InstantMs
    /** True when an exit found no stay and opened one after the fact. */
    noEntry: boolean
    photo: string | null
    /** Of its plate; rows of former versions have none. */
    said?: PlateSaid
    /** From a file of another system: nobody saw it come in. */
    imported?: true
    /** The clock was in doubt; absent where it was not. */
    timeUnsure?: true
    /** Open lots: the parking space that its watcher saw taken. */
    spaceId?: string
  }
  /**
   * Open lots: its car is no longer at its space, and its order ends then. `seenAtMs`: when it was last seen there.
   * `by`: its watcher saw the space free, or taken by another car; nobody watched for a while, and whether the car that
   * stands there now is the same one nobody knows; or a gantry heard its OBU.
   */
  spaceLeft: {
    spaceId: string
    leftAtMs: InstantMs
    seenAtMs: InstantMs
    by: 'space' | 'otherCar' | 'unwatched' | 'gantry'
  }
  /**
   * The camera of an entry told its car after the boom was told to open: the plate of its stay, which was opened without
   * one. Only the first counts, and only for a stay without a plate.
   */
  plateRead: {
    plate: string
    plateRaw: string
    colour: PlateColour
    photo: string | null
    said?: PlateSaid
  }
  /**
   * Open lots: what a pile, handheld or patrol car read of the OBU in a space, by a consumption of nothing
   * (8.1.2.4 c). What the stay owes is charged by it once its car has left.
   */
  zeroRecord: {
    spaceId: string
    obu: CarObu
    /** Of the consumption of nothing; null where none was made, and `why` says so. */
    proof: DebitProof | null
    why: string
    by: string | null
  }
  orderMade: {
    tariffId: string
    fromMs: InstantMs
    toMs: InstantMs
    lines: readonly OrderLine[]
    plate: string | null
    /** The camera's raw reading at the exit, beside the plate it was matched to. */
    plateRaw: string | null
    /** Why it is not the plate that was read; absent where it is, or where a person said so. */
    match?: PlateMatch
    /** The picture of that reading; rows of before have none. */
    photo?: string
    /** By what the tariff priced it, where that is more than the colour of its stay. */
    vehicle?: {
      readonly colour: PlateColour
      readonly area: string | null
      /** Of the OBU, where it made the price. */
      readonly vehicleClass?: number
    }
    /** Stretches that members covered. */
    cover?: readonly CoverPart[]
    /** What the reservation of its stay took off. */
    reservation?: ReservationUse
    /** Coupons of its stay, with what each took off. */
    coupons?: readonly CouponUse[]
    /** Orders of earlier stays that are asked for with it. */
    arrears?: readonly ArrearsPart[]
    /** Points of a member that its stay earns. */
    earns?: PointsTerms
  }
  intent: {
    chargeMode: ChargeMode
    outTradeNo: string
    plate: string | null
    colour: PlateColour
    obuId: string | null
    cardNo: string | null
  }
  /** `card` mode only: what was read before C6 left; without it C6 is never sent. */
  armed: {
    obuId: string
    cardNo: string
    cardType: number
    balanceBeforeFen: Fen
    station0019Hex: string
    /** Station record that C6 writes. */
    writeHex: string
    timeBcd: string
    /** What else an upload says of OBU and card; rows of before have none. */
    unit?: {
      readonly issuerHex: string
      readonly statusHex: string
      readonly obuPlate: string | null
      readonly vehicleClass: number
      readonly cardVersion: number
      readonly cardPlate: string | null
      /** yyyyMMdd. */
      readonly cardExpire: string
    }
  }
  outcome: {
    state: 'paid' | 'refused' | 'unknown'
    source: 'b5' | 'proof' | 'evidence' | 'platform' | 'person' | 'lane'
    /** Stable reason word, for example `noAnswerTwice`, `insufficient`. */
    reason: string
    obuId: string | null
    cardNo: string | null
    proof: DebitProof | null
  }
  payment: {
    paymentId: string
    means: PaymentMeans
    by: string | null
    reason: string | null
    /** Number of the period pass that was sold: it is of no stay. */
    sold?: string
    /** Cash only, where the attendant said what was given. */
    givenFen?: Fen
    changeFen?: Fen
  }
  /** A step of a payment through a gateway; what pays the order is a `payment` row of the same transaction. */
  pay: PayRow
  member: MemberRow
  coupon: CouponRow
  arrears: ArrearsRow
  points: PointsRow
  reservation: ReservationRow
  /** A day's books: differences, their owners and ends, counted cash. */
  book: TallyRow
  /** Asked for by a rule or by people; amountFen is what goes back. */
  refund: {
    refundId: string
    /** Of a charge by ETC. */
    outTradeNo?: string
    /** Of a payment that a person took: it goes back by hand, with its row. */
    paymentId?: string
    reason: string
    operator: string
    approvedBy: string | null
    /** Asked for by people: its order stays paid, and one that is rejected is no debt. Absent: by a rule. */
    byPeople?: true
  }
  refundState: {
    refundId: string
    state: RefundState
    /** By hand: how the money went back. Rows of before do not say, and come off no drawer. */
    means?: RefundMeans
    /** Who gave it, and who approved it; rows of before do not say, and the platform is nobody. */
    by?: string
    approvedBy?: string | null
  }
  /** A correcting entry: amountFen may be negative. */
  adjustment: { adjustmentId: string; refersToSeq: number; by: string; reason: string }
  /** A pass credit: from here on the barrier may open once for this car. */
  pass: { passId: string; cause: PassCause; by: string | null; reason: string | null }
  barrier: { passId: string; command: 'open'; result: 'told' | 'opened' | 'failed' }
  /** The picture is of the passage that used the pass; rows of before have none. */
  /** `said`: of the plate at the exit. */
  stayClosed: { end: OrderEnd; leftAtMs: InstantMs; photo?: string; said?: PlateSaid }
  outbox: {
    outboxId: string
    destination: string
    op: OutboxKind
    /** outTradeNo, outRefundNo or exceptionNo: the identity of the business act. */
    businessNo: string
    /** Of an `exitUpload`: the card that paid. Rows of before have none. */
    cardNo?: string
    /** Exact JSON text; every retry sends these bytes. */
    body: string
    bodySm3: string
    /** In which hourly batch it is counted: when the car was there, or the charge made. */
    counted?: { readonly kind: BatchKind; readonly atMs: InstantMs }
    /** Of a batch: its hour, and the outbox rows of its records. */
    batch?: {
      readonly kind: BatchKind
      readonly fromMs: InstantMs
      readonly revision: number
      readonly seqs: readonly number[]
      /** Compared anew: all that was sent again for this hour is confirmed. */
      readonly again?: true
    }
    /** The row that it sends again, because its destination says that it misses it. */
    resends?: string
    /** The hour whose batch missed it; rows of before do not say. */
    resentFor?: { readonly kind: BatchKind; readonly fromMs: InstantMs }
    /** The held record in whose place it goes, mended by a person under the same number. */
    replaces?: string
  }
  outboxState: {
    outboxId: string
    state: OutboxState
    attempt: number
    httpStatus: number | null
    respCode: string | null
    requestId: string | null
    tradeNo: string | null
    note: string | null
    /** The destination and what it takes none of: it is told of no more of them before the next start. */
    ends?: string
  }
  /** P14 exception of one passage, with the text the driver was shown. */
  exception: {
    exceptionType: ExceptionType
    reason: string
    detail: string
    /** What the platform is told once the car's end is known; absent where it is told nothing. */
    report?: {
      readonly exceptionNo: string
      readonly outTradeNo: string | null
      readonly plate: string | null
      readonly obuId: string | null
      readonly cardNo: string | null
    }
  }
  /** A person's act: who, why. Its commandId makes a repeat harmless. */
  audit: {
    act: string
    by: string
    role: string
    reason: string
    commandId: string
    result: string
    /** Of the arguments of its call; absent where no call was made, and in rows of before. */
    digest?: string
    /** Of a record that was mended: which one, by which one, and what was changed. */
    mended?: {
      readonly outboxId: string
      readonly by: string
      readonly members: readonly MendedMember[]
    }
  }
  signIn: {
    psamNo: string
    validUntilMs: InstantMs
    status: number
    /** The platform authorised the card itself (P11): its end is the end, whatever the lot's caps say. */
    authorised?: true
  }
  event: {
    type: string
    detail: string
    /** `batchDiffers`: records of the hour that a destination misses, and that were still to be sent. */
    waits?: {
      readonly destination: string
      readonly kind: BatchKind
      readonly fromMs: InstantMs
      readonly outboxIds: readonly string[]
    }
  }
  checkpoint: {
    headSeq: number
    headHash: string
    /** The rows it vouches for by their text (core/lot/checkpoint.ts); older ones have neither. */
    fromSeq?: number
    rowsSm3?: string
    signature: string
    certSerial: string
  }
}

export type RowKind = keyof RowBodies

export interface RowRefs {
  readonly laneId?: string
  readonly stayId?: string
  readonly orderId?: string
  readonly deductionId?: string
  readonly amountFen?: Fen
}

/** A row before it has a place in the chain. `atMs` is business time. */
export type RowDraft = {
  [K in RowKind]: {
    readonly kind: K
    readonly atMs: InstantMs
    readonly body: RowBodies[K]
  } & RowRefs
}[RowKind]

/** A row of the chain. Hashes are 64 lower-case hex (HMAC-SM3 over the row and its predecessor). */
export type LedgerRow = RowDraft & {
  readonly nodeId: string
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
}
