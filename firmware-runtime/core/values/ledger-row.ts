// The rows of the ledger: every durable fact of a lot, and nothing else, as one union.
// State after a restart is a fold over these rows (design.md section 2).
import type { ArrearsPart, ArrearsRow, CouponRow, CouponUse } from './coupon-row.ts'
import type { TallyRow } from './tally-row.ts'
import type { PaymentMeans } from './payment-means.ts'
import type { ExceptionType } from './exception-words.ts'
import type { Fen } from './fen.ts'
import type { InstantMs } from './instant.ts'
import type { CoverPart, MemberRow } from './member-row.ts'
import type { RefundMeans } from './refund-means.ts'
import type { PayRow } from './pay-row.ts'
import type { PlateMatch } from './plate-match.ts'
import type { PlateColour } from './plate.ts'
import type { PointsRow, PointsTerms } from './points-row.ts'

export type ChargeMode = 'card' | 'online'
/** How an order ended. `open`: left unsettled, for example the car backed out. */
export type OrderEnd = 'etc' | 'other' | 'free' | 'later' | 'open'
export type DeductionState = 'intent' | 'paid' | 'refused' | 'unknown'
export type OutboxKind = 'charge' | 'exitUpload' | 'exception' | 'refund'
/** `pending`: under review at the platform; `abnormal`: it is on its way there, and nobody says where. */
export type RefundState = 'pending' | 'approved' | 'abnormal' | 'success' | 'rejected'
export type OutboxState = 'new' | 'sending' | 'confirmed' | 'rejected' | 'unknown' | 'held'
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
    | 'member'
    | 'noEntry'
    | 'coupon'
    | 'points'
    | 'arrears'
  readonly amountFen: Fen
  readonly text: { readonly zh: string; readonly en: string }
}

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
  }
  stayOpened: {
    plate: string | null
    colour: PlateColour
    enteredAtMs: InstantMs
    /** True when an exit found no stay and opened one after the fact. */
    noEntry: boolean
    photo: string | null
    /** From a file of another system: nobody saw it come in. */
    imported?: true
    /** The clock was in doubt; absent where it was not. */
    timeUnsure?: true
  }
  /**
   * The camera of an entry told its car after the boom was told to open: the plate of its stay, which was opened without
   * one. Only the first counts, and only for a stay without a plate.
   */
  plateRead: { plate: string; plateRaw: string; colour: PlateColour; photo: string | null }
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
  stayClosed: { end: OrderEnd; leftAtMs: InstantMs; photo?: string }
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
  }
  signIn: { psamNo: string; validUntilMs: InstantMs; status: number }
  event: { type: string; detail: string }
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
