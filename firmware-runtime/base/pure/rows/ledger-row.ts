// The rows of the ledger: every durable fact of a lot, and nothing else, as one union.
// State after a restart is a fold over these rows (design.md section 2).
import type { CountedBefore } from './counted-before.ts'
import type { ArrearsPart, ArrearsRow, CouponRow, CouponUse } from './coupon-row.ts'
import type { ChannelName, toldTo } from '../lot/destination-members.ts'
import type { TallyRow } from './tally-row.ts'
import type { PaymentMeans } from '../values/payment-means.ts'
import type { ExceptionType } from '../words/exception-words.ts'
import type { EventName } from '../words/event-words.ts'
import type { CarObu } from '../values/car-obu.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { CoverPart, MemberRow } from './member-row.ts'
import type { RefundMeans } from '../values/refund-means.ts'
import type { ReviewState } from '../values/sent-order.ts'
import type { PayRow } from './pay-row.ts'
import type { ChannelPeer } from '../data/peer-certificate.ts'
import type { PlatformAccounts } from '../values/platform-account.ts'
import type { PlateMatch } from '../plates/plate-match.ts'
import type { PlateColour } from '../plates/plate.ts'
import type { PlateSaid } from '../plates/plate-said.ts'
import type { PointsRow, PointsTerms } from './points-row.ts'
import type { InvoiceRow } from './receipt-rows.ts'
import type { ReservationRow, ReservationUse } from './reservation-row.ts'

export type ChargeMode = 'card' | 'online'
/** How an order ended. `open`: left unsettled, for example the car backed out. */
export type OrderEnd = 'etc' | 'other' | 'free' | 'later' | 'open'
export type DeductionState = 'intent' | 'paid' | 'refused' | 'unknown'
/**
 * Records that move no money: of an entry, of an exit for the operator, of a plate (P19), of a shift (P21), and of
 * driver feedback with its result (P36).
 */
export type RecordKind =
  | 'entryRecord'
  | 'exitRecord'
  | 'plateRecord'
  | 'batch'
  | 'shiftRecord'
  | 'feedback'
  | 'feedbackState'
/** Kind of an hourly batch (P20). */
export type BatchKind = 'entry' | 'entry-plate' | 'exit' | 'exit-plate'
export type OutboxKind = 'charge' | 'exitUpload' | 'exception' | 'refund' | RecordKind
/** Destinations of records (table G.1): the expansion platform, and the platform of the lot's operator. */
export type DestinationName = {
  [Id in ChannelName]: (typeof toldTo)[Id] extends readonly [] ? never : Id
}[ChannelName]
/** `pending`: under review at the platform; `abnormal`: accepted there, with an unknown state of the transfer. */
export type RefundState = 'pending' | 'approved' | 'abnormal' | 'success' | 'rejected'
/** `replaced`: corrected by a person; the record that names it continues in its place. */
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
/** One member that a person corrected. */
export interface MendedMember {
  readonly member: string
  readonly from: MemberValue
  readonly to: MemberValue
}
/** Why a barrier may open. Every open command names the pass it belongs to. */
export type PassCause = 'entry' | 'etc' | 'free' | 'other' | 'later' | 'emergency'

/** One priced line of an order, with its text. */
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
    /** Another billing system fixed the amount. */
    | 'sent'
  readonly amountFen: Fen
  readonly text: { readonly zh: string; readonly en: string }
}

export type TacAlgorithm = '3des' | 'sm4'

/** Evidence of one debit from the card and the RSU (rsu-interface.md 4.7). */
export interface DebitProof {
  /** 8 hex; null when the debit is proven by balance and file 0019 instead. */
  readonly tac: string | null
  readonly cardSerial: number | null
  /** 12 hex. */
  readonly psamTerminal: string | null
  readonly psamSerial: number | null
  /** The terminal counter was computed as the previous one plus 1, because B8 does not report it. */
  readonly psamSerialCounted?: true
  /** 2 hex, `09` composite. */
  readonly transType: string | null
  /** Algorithm of the TAC; null: the result does not state it. Rows from older versions have neither member. */
  readonly algorithm?: TacAlgorithm | null
  readonly keyVersion?: number | null
  /** 14 digits, the time inside the TAC. */
  readonly timeBcd: string | null
  readonly balanceAfterFen: Fen | null
}

/** The build, as in `etc-lane version`, and the schema of the ledger that it writes. */
export interface ProgramFacts {
  readonly build: string
  readonly schema: number
}

/** Where a device stood when it read an OBU at a space. */
export interface ReadPosition {
  readonly latMicrodeg: number
  readonly lonMicrodeg: number
  /** Null: its receiver reports none. */
  readonly accuracyMm: number | null
}

export interface RowBodies {
  /**
   * The runtime started: which repair letter was found, by which version, for which lot. Rows from older versions
   * have no `build` and `schema`.
   */
  boot: Partial<ProgramFacts> & {
    repair: string
    version: string
    /** Checked at every start with `lotId`: a ledger belongs to one lot, real or demo. */
    mode: string
    /** Absent in rows from older versions. */
    lotId?: string
    chargeMode: ChargeMode
    /** Destinations of hourly batches, with the kind where one takes a single kind; absent: none. */
    batchesTo?: readonly (DestinationName | `${DestinationName} ${BatchKind}`)[]
    /** Platform account of each destination; absent where none is joined, and in rows from older versions. */
    accounts?: PlatformAccounts
    /** Links that go to simulators; absent in rows from older versions. */
    simulated?: readonly string[]
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
    /** The clock was in doubt; absent: it was not. */
    timeUnsure?: true
    /** Open lots: the parking space that its watcher saw taken. */
    spaceId?: string
  }
  /**
   * Open lots: its car has left its space, and its order ends then. `seenAtMs`: when it was last seen there. `by`: the
   * watcher saw the space free or taken by another car; or the space was unwatched for a while, so that the car there
   * now may be another one; or a gantry read its OBU.
   */
  spaceLeft: {
    spaceId: string
    leftAtMs: InstantMs
    seenAtMs: InstantMs
    by: 'space' | 'otherCar' | 'unwatched' | 'gantry'
    /** The space without it; absent: no camera, or a row of a former version. */
    photo?: string
  }
  /**
   * The entry camera reported its car after the open command: the plate of a stay that was opened without one. Only the first
   * such row counts, and only for a stay without a plate; a later one of the person who typed the plate brings its photo.
   */
  plateRead: {
    plate: string
    plateRaw: string
    colour: PlateColour
    photo: string | null
    said?: PlateSaid
  }
  /**
   * Open lots: the OBU reading of a pile, handheld or patrol car at a space, by a debit of zero fen (8.1.2.4 c). The stay is
   * charged by this reading once its car has left.
   */
  zeroRecord: {
    spaceId: string
    obu: CarObu
    /** Of the OBU; absent in rows of former versions. */
    colour?: PlateColour
    /** Proof of the zero debit; null where none was made, for the reason in `why`. */
    proof: DebitProof | null
    why: string
    by: string | null
    /** Position of the device that read it, inside its fence; absent: not known, or a row of a former version. */
    at?: ReadPosition
  }
  orderMade: {
    tariffId: string
    fromMs: InstantMs
    toMs: InstantMs
    lines: readonly OrderLine[]
    plate: string | null
    /** Raw camera reading at the exit, beside the plate that it was matched to. */
    plateRaw: string | null
    /** How the plate was matched; absent where it equals the reading, or a person entered it. */
    match?: PlateMatch
    /** What was read, where a person picked the car of another plate from those inside. */
    plateRead?: string
    /** Photo of that reading; absent in rows from older versions. */
    photo?: string
    /** Vehicle data that the tariff used, where it is more than the colour of the stay. */
    vehicle?: {
      readonly colour: PlateColour
      readonly area: string | null
      /** Class from the OBU, where it decided the price. */
      readonly vehicleClass?: number
    }
    /** Free time and amounts counted before, where the plan counts the stays of a day together or the charge began anew. */
    before?: CountedBefore
    /** Time ranges covered by members. */
    cover?: readonly CoverPart[]
    /** Amount taken off by the reservation of its stay. */
    reservation?: ReservationUse
    /** Coupons of its stay, with the amount taken off by each. */
    coupons?: readonly CouponUse[]
    /** Unpaid orders of earlier stays that it includes. */
    arrears?: readonly ArrearsPart[]
    /** Points of a member that its stay earns. */
    earns?: PointsTerms
    /** Another billing system fixed its amount and sent it (docs/billing-interface.md). */
    sent?: {
      readonly partnerId: string
      readonly orderNo: string
      readonly stayNo: string
      /** Null: its car left its space at `leftAtMs` and is charged wherever it is read. */
      readonly laneId: string | null
      readonly leftAtMs: InstantMs | null
      readonly madeAtMs: InstantMs
      readonly colour: PlateColour
    }
  }
  /**
   * Another billing system takes its order back (`withdrawn`), or a lane says why ETC has not paid it (`notPaid`, with the reason
   * in `why`).
   */
  sentOrder: { what: 'withdrawn' | 'notPaid'; why: string }
  /**
   * The review of a charge of an open lot by the billing system, before its record goes to the platform (8.1.2.2 d). `by`: the
   * partner or person; null: our own billing, or nobody answered.
   */
  review: { result: ReviewState; by: string | null; why: string }
  intent: {
    chargeMode: ChargeMode
    outTradeNo: string
    plate: string | null
    colour: PlateColour
    obuId: string | null
    cardNo: string | null
  }
  /** `card` mode only: the reading before C6 was sent; without this row C6 is never sent. */
  armed: {
    obuId: string
    cardNo: string
    cardType: number
    balanceBeforeFen: Fen
    station0019Hex: string
    /** Station record that C6 writes. */
    writeHex: string
    timeBcd: string
    /** Further OBU and card data for the upload; absent in rows from older versions. */
    unit?: Omit<CarObu, 'obuId' | 'cardNo' | 'cardType' | 'balanceFen' | 'station0019Hex'>
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
    /** Number of the period pass that was sold; such a payment has no stay. */
    sold?: string
    /** Cash only: the amount handed over, where the attendant entered it. */
    givenFen?: Fen
    changeFen?: Fen
  }
  /** A step of a payment through a gateway; the `payment` row of the same transaction pays the order. */
  pay: PayRow
  member: MemberRow
  coupon: CouponRow
  arrears: ArrearsRow
  points: PointsRow
  reservation: ReservationRow
  /** A day's books: differences, their owners and ends, counted cash. */
  book: TallyRow
  /** A refund ordered by a rule or by people; amountFen is the amount refunded. */
  refund: {
    refundId: string
    /** Trade number of a charge by ETC. */
    outTradeNo?: string
    /** Number of a payment taken by hand: it is refunded by hand, with its own row. */
    paymentId?: string
    reason: string
    operator: string
    approvedBy: string | null
    /** Ordered by people: its order stays paid, and a rejected refund leaves no debt. Absent: by a rule. */
    byPeople?: true
    /** Number that the other billing system gave it. */
    refundNo?: string
  }
  refundState: {
    refundId: string
    state: RefundState
    /** Means of a refund by hand. Absent in rows from older versions, which do not reduce the drawer. */
    means?: RefundMeans
    /** Who refunded it and who approved it; absent in rows from older versions and for a refund by the platform. */
    by?: string
    approvedBy?: string | null
  }
  /** A correcting entry: amountFen may be negative. */
  adjustment: { adjustmentId: string; refersToSeq: number; by: string; reason: string }
  /** A pass credit: from here on the barrier may open once for this car. */
  pass: { passId: string; cause: PassCause; by: string | null; reason: string | null }
  barrier: { passId: string; command: 'open'; result: 'told' | 'opened' | 'failed' }
  /** The picture is of the passage that used the pass; rows of former versions have none. */
  /** `said`: of the plate at the exit. */
  stayClosed: { end: OrderEnd; leftAtMs: InstantMs; photo?: string; said?: PlateSaid }
  outbox: {
    outboxId: string
    destination: string
    op: OutboxKind
    /** outTradeNo, outRefundNo or exceptionNo: the identity of the business act. */
    businessNo: string
    /** Of an `exitUpload`: the card that paid. Absent in rows from older versions. */
    cardNo?: string
    /** Exact JSON text; every retry sends these bytes. */
    body: string
    bodySm3: string
    /** The hourly batch that counts it, by the time of the car or of the charge. */
    counted?: { readonly kind: BatchKind; readonly atMs: InstantMs }
    /** Of a batch: its hour, and the row numbers of its records in the outbox. */
    batch?: {
      readonly kind: BatchKind
      readonly fromMs: InstantMs
      readonly revision: number
      readonly seqs: readonly number[]
      /** A repeated comparison: all records resent for this hour are confirmed. */
      readonly again?: true
    }
    /** The row that it resends, because its destination reported it missing. */
    resends?: string
    /** The hour whose batch lacked it; absent in rows from older versions. */
    resentFor?: { readonly kind: BatchKind; readonly fromMs: InstantMs }
    /** The held record that it replaces, corrected by a person under the same number. */
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
    /** Kind of records that the destination refuses to accept: none is sent to it before the next start. */
    ends?: string
  }
  /** P14 exception of one passage, with the text the driver was shown. */
  exception: {
    exceptionType: ExceptionType
    reason: string
    detail: string
    /** Report to the platform once the outcome for the car is known; absent: no report. */
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
    /** Digest of the arguments of its call; absent without a call, and in rows from older versions. */
    digest?: string
    /** A corrected record: the held one, its replacement, and the changed members. */
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
    /** The platform authorised the card itself (P11): this end applies whatever the caps of the lot say. */
    authorised?: true
  }
  event: {
    /** Ledgers of earlier versions may have others. */
    type: EventName
    detail: string
    /** `batchDiffers`: records of the hour that a destination lacked and that were still to be sent. */
    waits?: {
      readonly destination: string
      readonly kind: BatchKind
      readonly fromMs: InstantMs
      readonly outboxIds: readonly string[]
    }
    /**
     * `peerCertificate`: a certificate that is new for this channel since the start of the lanes. `isLast`: further ones of
     * that day have no row.
     */
    peer?: ChannelPeer & { readonly isLast?: true }
    /** `invoice`: issued about the receipt of its stay, or reversed. */
    invoice?: InvoiceRow
  }
  checkpoint: {
    headSeq: number
    headHash: string
    /** First row that the checkpoint covers by its text (ledger/pure/lot/checkpoint.ts); absent in older checkpoints. */
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
