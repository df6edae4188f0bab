// What a billing system and an access system say to each other about orders (clauses 5.1 a, b; 8.1.2). The acts are the port
// `Orders`; over HTTP the same shapes are JSON (docs/billing-interface.md).
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { RefundState } from '#base/pure/rows/ledger-row.ts'
import type {
  OrderEventName,
  ReviewState,
  SentMeans,
  SentOrderState,
} from '#base/pure/values/sent-order.ts'

/** An order as the billing system sends it: what one car owes, fixed for its number. */
export interface OrderToCharge {
  /** Made by the billing system before it sends anything; used once. */
  readonly orderNo: string
  /** The billing system's number of the stay; the same in all orders of one stay. */
  readonly stayNo: string
  /** The lane in which the car waits; null: the car has left its space and is charged wherever it is read (7.2). */
  readonly laneId: string | null
  readonly plate: string
  readonly colour: PlateColour
  readonly enteredAtIso: string
  /** When the car left its space; null for a car that waits in a lane. */
  readonly leftAtIso: string | null
  /** When the amount was fixed. */
  readonly madeAtIso: string
  readonly amountFen: Fen
}

/** The charge by ETC that paid an order, or that has no result yet. */
export interface OrderCharge {
  /** Number at the ETC platform. */
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly atIso: string
  /** Last four digits. */
  readonly cardEnd: string | null
  /** Eight hexadecimal digits; null: charged by the platform, or not reported. */
  readonly tac: string | null
}

export interface OrderView {
  readonly orderNo: string
  readonly state: SentOrderState
  readonly amountFen: Fen
  readonly paidFen: Fen
  readonly refundedFen: Fen
  /** Why ETC has not paid it up to now (8.3.1 c): a stable word, and its text for the driver. */
  readonly why: { readonly reason: string; readonly text: BilingualText } | null
  readonly charge: OrderCharge | null
  readonly review: ReviewState | null
}

export interface Settlement {
  readonly means: SentMeans
  readonly amountFen: Fen
  readonly atIso: string
}

/** 复核: what the billing system says about a charge before its record goes to the ETC platform (8.1.2.2 d). */
export interface Review {
  readonly result: 'agreed' | 'disputed'
  readonly outTradeNo: string
  readonly amountFen: Fen
  readonly plate: string
}

export interface RefundToMake {
  readonly refundNo: string
  readonly orderNo: string
  readonly amountFen: Fen
  readonly reason: string
  readonly operator: string
  readonly approvedBy: string
}

export interface RefundView {
  readonly refundNo: string
  readonly orderNo: string
  readonly amountFen: Fen
  readonly state: RefundState | 'sent'
}

/** `no` is the number of the ledger row: events are complete, in order, and the same after a restart. */
export interface OrderEvent {
  readonly no: number
  readonly atIso: string
  /**
   * `opened`, `charging` (an intent is durable), `paid`, `notPaid` (with `why`; the order stays open), `unknown`, `settled`,
   * `withdrawn`, `review` (an answer is asked), `reviewed`, `refund`.
   */
  readonly event: OrderEventName
  readonly order: OrderView
  readonly refund: RefundView | null
  /** Of `notPaid`: the reason when it happened, also where `order` has gone on since; null for other events. */
  readonly why: OrderView['why']
}

interface AccessLane {
  readonly laneId: string
  /** The antenna answers. */
  readonly isUp: boolean
  /** The order whose car it reads now. */
  readonly orderNo: string | null
}

/** What a billing system needs to know of an access system before it sends orders. */
export interface AccessFacts {
  readonly versions: readonly number[]
  readonly lotId: string
  readonly chargeMode: 'card' | 'online'
  readonly lanes: readonly AccessLane[]
  /** The ETC platform answers. */
  readonly platformUp: boolean
  readonly nowIso: string
}
