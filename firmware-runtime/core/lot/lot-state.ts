// What a lot knows, as types: its stays, orders, deductions and passes, and what waits for a person.
// The fold of its rows is lot.ts; each member is filled by the file that its type comes from.
import type {
  ChargeMode,
  DeductionState,
  OrderLine,
  PassCause,
  RowBodies,
} from '../values/rows/ledger-row.ts'
import type { CarObu } from '../values/car-obu.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { ChannelName } from '../values/destination-members.ts'
import type { PlatformAccount } from '../values/platform-account.ts'
import type { PlateColour } from '../values/plates/plate.ts'
import type { BatchState } from './batches.ts'
import type { ClockMemory } from './clock-watch.ts'
import type { FirstCars } from './first-car.ts'
import type { ExceptionReports } from './exception-reports.ts'
import type { CouponList } from '../member/coupons.ts'
import type { MemberList } from '../member/list.ts'
import type { PointsList } from '../member/points.ts'
import type { MoneyList } from '../member/stay-money.ts'
import type { ReservationList } from '../reservation/list.ts'
import type { PayCases } from '../pay/cases.ts'
import type { ArrearsPart } from '../values/rows/coupon-row.ts'
import type { ArrearsList } from './arrears.ts'
import type { UpkeepMemory } from './upkeep-memory.ts'
import type { RehearsalMemory } from '../rehearsal/rehearsal.ts'
import type { RequestedDebit } from '../charge/judge-result.ts'

export interface NotUploaded {
  readonly deductionId: string
  readonly orderId: string
  readonly stayId: string
  readonly laneId: string
  readonly cardNo: string | null
  readonly amountFen: Fen
  readonly paidAtMs: InstantMs
  /** `noTac`, `contradicted` (what the result told in `detail`), or `notEncoded` with the fault and field in `detail`; `rejected` or `held` by the platform; `none` where nobody said why. */
  reason: string
  detail: string
  /** Of its result; null while none was told. */
  tac: string | null
  /** What its C6 was: a result that tells the TAC later is held against it. Null: no C6 of this lot. */
  readonly debit: Deduction | null
}

/** As little as a result is held against: thousands of them must weigh nothing. */
interface EndedDebit extends Omit<RequestedDebit, 'resultTimeMs'> {
  readonly deductionId: string
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string
  readonly obuId: string | null
  readonly cardNo: string | null
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
  /** Of its stay, which may be over when its result comes. */
  readonly enteredAtMs: InstantMs
  /** Read before C6 left (`card` mode). Without it C6 was certainly never sent. */
  armed: {
    readonly cardType: number
    readonly balanceBeforeFen: Fen
    readonly station0019Hex: string
    readonly writeHex: string
    readonly timeBcd: string
    /** What else an upload says of OBU and card; null in rows of a program that did not keep it. */
    readonly unit: NonNullable<RowBodies['armed']['unit']> | null
  } | null
  /** It was booked as refused, and its antenna said afterwards that it was paid. */
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
  /** Codes of its coupons. */
  readonly coupons: readonly string[]
  readonly arrears: readonly ArrearsPart[]
  /** What the reservation of its stay took off. */
  readonly reservationFen: Fen
  /** Fen paid for this order by any means, refunds taken off. */
  paidFen: Fen
  paidAtMs: InstantMs | null
  /** True from the moment other payment was taken: ETC success after it is refunded. */
  settledOtherwise: boolean
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
  /** Null until it is read, at the latest before its car has left the lane of its entry. */
  plate: string | null
  colour: PlateColour
  readonly enteredAtMs: InstantMs
  readonly noEntry: boolean
  photo: string | null
  /** Its time of entry cannot be compared with the clock of now. */
  timeUnsure: boolean
  readonly entryLaneId: string
  readonly orders: Order[]
  pass: Pass | null
  /** Open lots: where it stands, or stood. Null in an enclosed lot. */
  readonly spaceId: string | null
  /** Open lots: the OBU that was read at its space, and by which pile, handheld or patrol car. */
  record: { readonly obu: CarObu; readonly laneId: string } | null
  /** Open lots: when its car left its space; what it owes is still to be collected. */
  leftAtMs: InstantMs | null
}

/** What an audit row tells of its command. */
interface KnownCommand {
  readonly words: string
  /** Of the arguments of its call; null: in a row of before. */
  readonly digest: string | null
}

export interface LotState {
  /** Of the hours that platforms are told of. */
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
  /** Card debits that ended as refused, oldest first: a result may yet say paid. */
  readonly refusedDebits: Map<string, EndedDebit>
  /** Last ETC charge of a card, for the duplicate guard (P23). */
  readonly chargedAtMs: Map<string, InstantMs>
  /** Passes given and not yet used, by lane. */
  readonly passByLane: Map<string, Pass>
  /** Print of the barrier configuration that was let work, by lane. */
  readonly armedBarriers: Map<string, string>
  /** Audited acts by commandId: a repeat changes nothing, another act is none. */
  readonly commands: Map<string, KnownCommand>
  /** Largest number used in an id; ids are made from it. */
  lastId: number
  entries: number
  exits: number
  signInUntilMs: InstantMs | null
  /** Until when the platform granted each PSAM, by its terminal number. */
  readonly signIns: Map<string, InstantMs>
  /** Those of them that the platform authorised in the card itself. */
  readonly authorisedPsams: Set<string>
  /** Which platform each destination was when it was joined last. */
  readonly accounts: Map<ChannelName, PlatformAccount>
  /** Paid by a card and not uploaded, by deduction. */
  readonly notUploaded: Map<string, NotUploaded>
  /** Exceptions the platform has not been told of yet. */
  readonly reports: ExceptionReports
  /** Where the last signed checkpoint stands, and up to which row it vouches; `lastAtMs` null before the first. */
  checkpoint: { lastSeq: number; headSeq: number; lastAtMs: InstantMs | null }
  readonly upkeep: UpkeepMemory
  readonly clock: ClockMemory
  /** Orders that were tried through a payment gateway, those longest untouched first. */
  readonly pays: PayCases
  readonly members: MemberList
  readonly coupons: CouponList
  readonly arrears: ArrearsList
  readonly points: PointsList
  /** Of stays with coupons or points. */
  readonly stayMoney: MoneyList
  readonly reservations: ReservationList
  /** First cars, by lane. */
  readonly firstCars: FirstCars
  readonly rehearsals: RehearsalMemory
}
