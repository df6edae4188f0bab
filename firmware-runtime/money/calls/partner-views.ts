// Answers of calls about orders of other billing systems.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { ReviewState, SentOrderState } from '#base/pure/values/sent-order.ts'

export interface SentOrderRow {
  /** Of our ledger. */
  readonly orderId: string
  readonly stayId: string
  readonly partnerId: string
  readonly orderNo: string
  /** Null: charged wherever it is read. */
  readonly laneId: string | null
  readonly plate: string
  readonly madeAtIso: string
  readonly amountFen: Fen
  readonly paidFen: Fen
  readonly refundedFen: Fen
  readonly state: SentOrderState
  /** Why ETC has not paid it. */
  readonly why: BilingualText | null
  readonly review: ReviewState | null
  readonly reviewSinceIso: string | null
}

export interface PartnerRow {
  readonly partnerId: string
  /** Its last request for events; null: none since the start. */
  readonly askedIso: string | null
  readonly openOrders: number
  /** Since when its webhook takes no events, and why. */
  readonly pushFails: { readonly sinceIso: string; readonly why: BilingualText } | null
}
