// State types of a lot: stays, orders, deductions, passes, and cases that wait for a person.
// lot.ts folds the rows; each member is maintained by the file that declares its type.
import type { EndedFeedbacks } from '#money/pure/billing/feedback-refunds.ts'
import type {
  ChargeMode,
  DeductionState,
  OrderLine,
  PassCause,
  RowBodies,
} from '#base/pure/rows/ledger-row.ts'
import type { CarObu } from '#base/pure/values/car-obu.ts'
import type { SentMeans } from '#base/pure/values/sent-order.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { ChannelName } from '#base/pure/lot/destination-members.ts'
import type { PlatformAccount } from '#base/pure/values/platform-account.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { OneLook } from '#money/pure/lot/card-bar.ts'
import type { BatchState } from './batches.ts'
import type { LostSpan } from '#base/pure/values/lost-span.ts'
import type { ClockMemory } from './clock-watch.ts'
import type { FirstCars } from './first-car.ts'
import type { DayVisits } from '#money/pure/lot/day-visits.ts'
import type { ExceptionReports } from './exception-reports.ts'
import type { CouponList } from '#money/pure/member/coupons.ts'
import type { MemberList } from '#money/pure/member/list.ts'
import type { PointsList } from '#money/pure/member/points.ts'
import type { MoneyList } from '#money/pure/member/stay-money.ts'
import type { ReservationList } from '../reservation/list.ts'
import type { PayCases } from '#money/pure/pay/cases.ts'
import type { ArrearsPart } from '#base/pure/rows/coupon-row.ts'
import type { ArrearsList } from '#money/pure/lot/arrears.ts'
import type { UpkeepMemory } from './upkeep-memory.ts'
import type { RehearsalMemory } from '#base/pure/lot/rehearsal.ts'
import type { SentOrders } from '#money/pure/orders/sent-orders.ts'
import type { RequestedDebit } from '#devices/pure/charge/judge-result.ts'

export interface NotUploaded {
  readonly deductionId: string
  readonly orderId: string
  readonly stayId: string
  readonly laneId: string
  readonly cardNo: string | null
  readonly amountFen: Fen
  readonly paidAtMs: InstantMs
  /**
   * `noTac`, `contradicted` (content of the result in `detail`), or `notEncoded` with the fault and field in `detail`;
   * `rejected` or `held` by the platform; `none`: no reason known.
   */
  reason: string
  detail: string
  /** TAC of its result; null: not reported yet. */
  tac: string | null
  /** Its C6, to check a result that brings the TAC later. Null: no C6 of this lot. */
  readonly debit: Deduction | null
}

/** Only the members that a result is checked against, because thousands of these are kept in memory. */
interface EndedDebit
  extends
    Omit<RequestedDebit, 'resultTimeMs'>,
    Readonly<
      Pick<Deduction, 'deductionId' | 'stayId' | 'orderId' | 'laneId' | 'obuId' | 'cardNo'>
    > {
  /** Why it was refused. */
  readonly reason: string
  readonly endedAtMs: InstantMs
}

export type RefusedDebit = EndedDebit & RequestedDebit

export interface Deduction {
  readonly deductionId: string
  readonly orderId: string
  readonly stayId: string
  readonly laneId: string
  readonly amountFen: Fen
  readonly chargeMode: ChargeMode
  readonly outTradeNo: string
  state: DeductionState
  reason: string
  obuId: string | null
  cardNo: string | null
  readonly plate: string | null
  readonly colour: PlateColour
  /** Entry time of its stay, which may have ended when the result comes. */
  readonly enteredAtMs: InstantMs
  /** What was read before C6 left (`card` mode). Without it C6 was certainly never sent. */
  armed: {
    readonly cardType: number
    readonly balanceBeforeFen: Fen
    readonly station0019Hex: string
    readonly writeHex: string
    readonly timeBcd: string
    /** Further OBU and card data for the upload; null in rows from versions that did not record it. */
    readonly unit: NonNullable<RowBodies['armed']['unit']> | null
  } | null
  /** Booked as refused, and reported as paid by its antenna afterwards. */
  contradicted: boolean
}

export interface Order {
  readonly orderId: string
  readonly stayId: string
  readonly amountFen: Fen
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
  readonly lines: readonly OrderLine[]
  readonly plateRaw: string | null
  /** What the exit read, where its car was corrected to the stay. */
  readonly plateRead?: string
  /** Codes of its coupons. */
  readonly coupons: readonly string[]
  readonly arrears: readonly ArrearsPart[]
  /** Fen taken off by the reservation of its stay. */
  readonly reservationFen: Fen
  /** Fen paid for this order by any means, refunds taken off. */
  paidFen: Fen
  paidAtMs: InstantMs | null
  /** True once another payment was taken: an ETC success after that is refunded. */
  settledOtherwise: boolean
  /** The first of those payments. */
  settledBy?: { readonly means: SentMeans; readonly amountFen: Fen; readonly atMs: InstantMs }
  readonly deductions: Deduction[]
}

export interface Pass {
  readonly passId: string
  readonly laneId: string
  readonly stayId: string
  readonly cause: PassCause
  told: boolean
}

export interface Stay {
  readonly stayId: string
  /** Null until it is read, which happens before its car has left the entry lane, if at all. */
  plate: string | null
  colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly noEntry: boolean
  photo: string | null
  /** Its entry time cannot be compared with the present clock. */
  timeUnsure: boolean
  readonly entryLaneId: string
  readonly orders: Order[]
  pass: Pass | null
  /** Open lots: where it stands, or stood. Null in an enclosed lot. */
  readonly spaceId: string | null
  /** Open lots: the OBU that was read at its space, and by which pile, handheld or patrol car. */
  record: {
    readonly obu: CarObu
    readonly laneId: string
    /** Of the OBU; unknown in rows of former versions. */
    readonly colour: PlateColour
  } | null
  /** Its plate rests on this alone; null: a camera or OBU read it, or a second look agreed. */
  oneLook: OneLook | null
  /** Open lots: when its car left its space; what it owes is still to be collected. */
  leftAtMs: InstantMs | null
}

/** An import of a list, as long as it can be undone. */
export interface LastImport {
  /** The command that wrote it. */
  readonly importId: string
  readonly by: string
  readonly atMs: InstantMs
  /** Number of its last row. */
  readonly lastSeq: number
  /** What its rows replaced, in their order; the type is known to the importer of the list. */
  readonly former: unknown[]
}

/** Identity of a command in its audit row. */
interface KnownCommand {
  readonly words: string
  /** Digest of the arguments of its call; null in rows from older versions. */
  readonly digest: string | null
}

export interface LotState {
  /** Orders of other billing systems. */
  readonly sent: SentOrders
  /** State of the hourly batches to platforms. */
  readonly batches: BatchState
  /** Stays whose car has not left. */
  readonly stays: Map<string, Stay>
  /** Newest open stay of a plate. */
  readonly byPlate: Map<string, string>
  /** Newest open stay of a plate in one colour: two cars may have one number in two colours. */
  readonly byColour: Map<string, string>
  /** Open lots: the stay whose car stands at a space. */
  readonly bySpace: Map<string, string>
  /** Open lots: stays whose car has left its space and that are not over, oldest first. */
  readonly left: Map<string, Stay>
  readonly orders: Map<string, Order>
  readonly deductions: Map<string, Deduction>
  /** Deductions without a final outcome, by id. */
  readonly unsettled: Map<string, Deduction>
  /** Card debits that ended as refused, oldest first: a later result may report them as paid. */
  readonly refusedDebits: Map<string, EndedDebit>
  /** Last ETC charge of a card, for the duplicate guard (P23). */
  readonly chargedAtMs: Map<string, InstantMs>
  /** Of the last restore from a copy; null: none, or one of an older version. */
  lostSpan: LostSpan | null
  /** Passes given and not yet used, by lane. */
  readonly passByLane: Map<string, Pass>
  /** Fingerprint of the barrier configuration that was armed, by lane. */
  readonly armedBarriers: Map<string, string>
  /** Audited acts by commandId: a repeated act changes nothing, another act under the same id is refused. */
  readonly commands: Map<string, KnownCommand>
  /** Largest number used in an id; ids are made from it. */
  lastId: number
  entries: number
  exits: number
  signInUntilMs: InstantMs | null
  /** End of the platform's sign-in of each PSAM, by its terminal number. */
  readonly signIns: Map<string, InstantMs>
  /** PSAMs among them that the platform authorised in the card itself. */
  readonly authorisedPsams: Set<string>
  /** Platform account of each destination when it was last joined. */
  readonly accounts: Map<ChannelName, PlatformAccount>
  /** Paid by a card and not uploaded, by deduction. */
  readonly notUploaded: Map<string, NotUploaded>
  /** Drivers' feedback that ended, with the refund by which it did. */
  readonly feedbacks: EndedFeedbacks
  /** Exceptions not reported to the platform yet. */
  readonly reports: ExceptionReports
  /** Row of the newest signed checkpoint, and the row up to which it vouches; `lastAtMs` null before the first. */
  checkpoint: { lastSeq: number; headSeq: number; lastAtMs: InstantMs | null }
  readonly upkeep: UpkeepMemory
  readonly clock: ClockMemory
  /** Orders with attempts through a payment gateway, least recently changed first. */
  readonly pays: PayCases
  readonly members: MemberList
  readonly coupons: CouponList
  readonly arrears: ArrearsList
  readonly visits: DayVisits
  readonly points: PointsList
  /** Payments of stays with coupons or points. */
  readonly stayMoney: MoneyList
  readonly reservations: ReservationList
  /** First cars, by lane. */
  readonly firstCars: FirstCars
  readonly rehearsals: RehearsalMemory
  /** By list. */
  readonly imports: Map<string, LastImport>
}
