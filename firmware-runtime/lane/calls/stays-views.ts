// Stays that have been open for too long: their cars left unread or under another plate. A person checks each one and
// closes it; that moves no money. Also charges with an unknown result, which a person records.
import type { Deduction, NotUploaded } from '#ledger/pure/lot/lot-state.ts'
import type { RefundByHand } from '#money/pure/pay/refund-by-hand.ts'
import type { Fen } from '#base/pure/values/fen.ts'
import type { InIso } from '#base/pure/values/instant.ts'

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

/** An exit without entry whose plate differs from that of an open stay by at most one character. */
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
  /** Time of the order. */
  readonly askedAtIso: string
}

/** Paid by card, but it cannot be uploaded to a platform: its money is at risk until a person ends it. */
export type NotUploadedView = InIso<Omit<NotUploaded, 'tac' | 'debit'>>

/** A refund that no platform carries out: people pay the money back. */
export type RefundByHandView = InIso<RefundByHand>

export interface StaysToCheckView {
  /** Open stays older than this many days are listed in `rows`. */
  readonly afterDays: number
  readonly inside: number
  /** Number of all such stays; `rows` has the oldest ones. */
  readonly count: number
  readonly rows: readonly StayToCheckView[]
  readonly pairs: readonly StayPairView[]
  readonly charges: readonly OpenChargeView[]
  /** Online charges without a result whose car is in no lane: the platform is asked for them until it answers. */
  readonly asked: {
    readonly count: number
    readonly amountFen: Fen
    readonly sinceIso: string | null
    readonly stayIds: readonly string[]
  }
  readonly notUploaded: readonly NotUploadedView[]
  readonly refunds: readonly RefundByHandView[]
}
