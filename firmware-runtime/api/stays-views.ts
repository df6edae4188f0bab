// Stays that are open too long: the cars behind them left unread or under another plate.
// A person looks at each and closes it; no money moves by that. Beside them charges nobody knows the
// end of: a person tells it.

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

/** A card-side charge whose result never came, of a car that is gone. */
export interface OpenChargeView {
  readonly deductionId: string
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string
  readonly plate: string | null
  readonly cardNo: string | null
  readonly amountFen: number
  /** When the order was made. */
  readonly askedAtIso: string
}

/** Paid by a card, and no platform can be told of it: its money is at risk until a person ends it. */
export interface NotUploadedView {
  readonly deductionId: string
  readonly stayId: string
  readonly orderId: string
  readonly laneId: string
  readonly cardNo: string | null
  readonly amountFen: number
  readonly paidAtIso: string
  /** `noTac`, `notEncoded`, `contradicted`, `rejected` or `held` by the platform, `none` where nobody said. */
  readonly reason: string
  readonly detail: string
}

/** A refund that no platform carries out: people give the money back. */
export interface RefundByHandView {
  readonly refundId: string
  readonly stayId: string
  readonly laneId: string
  readonly plate: string | null
  readonly amountFen: number
  readonly askedAtIso: string
  /** The platform was asked and said no; else it never had the charge. */
  readonly rejected: boolean
  /** The card lost more than was asked; the platform has the charge as the card lost it. */
  readonly overcharged?: true | undefined
}

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
