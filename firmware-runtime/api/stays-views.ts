// Stays that are open too long: the cars behind them left unread or under another plate.
// A person looks at each and closes it; no money moves by that. Beside them charges nobody knows the
// end of: a person tells it.
import type { Deduction, NotUploaded } from '../core/lot/lot-state.ts'
import type { RefundByHand } from '../core/pay/refund-by-hand.ts'
import type { InIso } from '../core/values/instant.ts'

export interface StayToCheckView {
  readonly stayId: string
  readonly plate: string | null
  readonly colour: string
  readonly enteredAtIso: string
  readonly laneId: string
  readonly photoId: string | null
  /** Opened at an exit, without an entry. */
  readonly noEntry: boolean
  readonly paidFen: number
}

/** An exit without entry whose plate is at most one character off an open stay's. */
interface ExitWithoutEntryView {
  readonly stayId: string
  readonly plate: string
  readonly laneId: string
  readonly leftAtIso: string
}

export interface StayPairView {
  readonly stay: StayToCheckView
  readonly exit: ExitWithoutEntryView
}

export type OpenChargeView = Readonly<
  Pick<
    Deduction,
    'deductionId' | 'stayId' | 'orderId' | 'laneId' | 'plate' | 'cardNo' | 'amountFen'
  >
> & {
  /** When the order was made. */
  readonly askedAtIso: string
}

/** Paid by a card, and no platform can be told of it: its money is at risk until a person ends it. */
export type NotUploadedView = InIso<Omit<NotUploaded, 'tac' | 'debit'>>

/** A refund that no platform carries out: people give the money back. */
export type RefundByHandView = InIso<RefundByHand>

export interface StaysToCheckView {
  /** Open stays older than this many days are listed in `rows`. */
  readonly afterDays: number
  readonly inside: number
  /** How many there are; `rows` has the oldest of them. */
  readonly count: number
  readonly rows: readonly StayToCheckView[]
  readonly pairs: readonly StayPairView[]
  readonly charges: readonly OpenChargeView[]
  readonly notUploaded: readonly NotUploadedView[]
  readonly refunds: readonly RefundByHandView[]
}
