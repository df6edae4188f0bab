// Durable steps of a day's books: the differences found, the owner and end of each, and the cash counted at the end of a
// shift. They are bodies of ledger rows; money/pure/billing/day-items.ts folds them.
import type { FeedbackMessage } from '../values/feedback.ts'
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { PaymentMeans } from '../values/payment-means.ts'
import type { RefundMeans } from '../values/refund-means.ts'
import type { Role } from '../values/roles.ts'

export type DifferenceKind =
  | 'notInLedger'
  | 'notInBill'
  /** The bill has another amount. */
  | 'amountDiffers'
  /** The refunded amount differs from that of the ledger. */
  | 'refundNotInLedger'
  | 'refundNotInBill'
  /** The bill contains the number more than once. */
  | 'twiceInBill'
  /** The bill contains it on another day. */
  | 'otherDay'
  /** The bill contains it, but its money was not cleared on the next day. */
  | 'notCleared'
  /** The bill contains it, but it is disputed and its money is held. */
  | 'disputed'
  /** Split bill against bill: a trade not split, one that no bill contains, shares that do not add up, a wrong share. */
  | 'splitMissing'
  | 'splitNotInBill'
  | 'splitSumDiffers'
  | 'shareDiffers'
  /** Counted cash differs from the takings. */
  | 'counted'
  /** A payment by code whose outcome a person must determine. */
  | 'payment'
  /** A payment that came too late; it is refunded automatically. */
  | 'late'
  /** An act that one person did alone; another person must review it. */
  | 'alone'
  /** A feedback message of a platform; no difference of amounts. */
  | 'feedback'
  /** An hour of records differs at a destination, and resending did not correct it (P20). */
  | 'recordsDiffer'
  /** The plate in a record of one platform was corrected; others have the former one. */
  | 'platesDiffer'
  /** A command of the reservation platform whose type does not fit its reservation; it was not carried out. */
  | 'commandMisfit'
  /** Records of that day that could not be created, so that they were not reported. */
  | 'notMade'
  /** The bill of that day did not arrive within three days. */
  | 'noBill'
  /** The operator's platform planned a person without an account here (P35). */
  | 'unknownStaff'

/** Items that a person reviews and ends with a text; no amounts differ. */
export const itemsOfWords: readonly DifferenceKind[] = [
  'alone',
  'feedback',
  'recordsDiffer',
  'platesDiffer',
  'commandMisfit',
  'notMade',
  'noBill',
  'unknownStaff',
]

/** States of a line without its money yet: its bill is fetched again until that changes. */
export const openInBill: readonly LineState[] = ['notCleared', 'disputed']

/** State of such a line in a bill that was fetched again. */
export type LineState = DifferenceKind | 'cleared' | 'refunded'

export type TallyMeans = 'etc' | 'qr' | 'cash' | 'transfer' | 'split' | 'operator'

/**
 * What is reconciled. `split`: the split bill of ETC against its bill. `operator`: exit records against those at the
 * platform of the lot's operator.
 */
export type BilledMeans = 'etc' | 'qr' | 'split' | 'operator'

/** Number of lines of a bill and of the ledger by result. */
export interface BillCounts {
  readonly equal: number
  readonly oursOnly: number
  readonly theirsOnly: number
  readonly amountDiffers: number
}

/** Expected amount of the ledger against the amount found elsewhere: one row of a bill, or the cash of one shift. */
export interface Difference {
  readonly itemId: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly means: TallyMeans
  /** ETC only: the stay of the charge, from the ledger. */
  readonly stayId?: string
  readonly kind: DifferenceKind
  /** Number of the payment attempt, or end time of the shift. */
  readonly ref: string
  readonly expectedFen: Fen
  readonly foundFen: Fen
  /** The feedback message of this item; its amounts are 0. */
  readonly feedback?: FeedbackMessage
}

/** `writtenOff` needs two people. */
export const itemEnds = ['found', 'explained', 'refunded', 'writtenOff'] as const
export type ItemEnd = (typeof itemEnds)[number]

export const refundAnswers = ['yes', 'no'] as const
export type RefundAnswer = (typeof refundAnswers)[number]

/** Settings that the ETC operator sets (P21); absent ones stay unchanged. */
export interface RuledSettings {
  /** Amount from which a person decides. */
  readonly largeAmountFen?: Fen
  /** Maximum of one charge without the platform. */
  readonly offlineFen?: Fen
}

/** A shift as the platform of the lot's operator plans it (P21). */
export interface PlannedShift {
  readonly shiftNo: string
  readonly staffId: string
  /** Null: the whole lot. */
  readonly laneId: string | null
  readonly onMs: InstantMs
  readonly offMs: InstantMs
}

export interface LineNow {
  readonly state: LineState
  readonly expectedFen: Fen
  readonly foundFen: Fen
}

/** A change by a platform: the values in force and the new ones. */
export type ToldChange =
  | {
      readonly of: 'configuration'
      readonly version: string
      readonly before: RuledSettings
      readonly after: RuledSettings
    }
  | {
      readonly of: 'plan'
      readonly version: string
      readonly day: string
      readonly before: readonly PlannedShift[]
      readonly after: readonly PlannedShift[]
    }

export const toldKinds = ['configuration', 'plan'] as const

export type TallyRow =
  /** A change is announced before it applies: at `takeAtMs`, or earlier by a person. The last row of its kind counts. */
  | ({ readonly row: 'told'; readonly takeAtMs: InstantMs } & ToldChange)
  /** A person applies the change before that time. */
  | {
      readonly row: 'takeNow'
      readonly of: ToldChange['of']
      readonly version: string
      readonly by: string
    }
  /** `by`: the person whose act another person must review. */
  | ({ readonly row: 'item'; readonly owner: string; readonly by?: string } & Difference)
  /** The difference is gone; a person must still end the item. */
  | { readonly row: 'agreed'; readonly itemId: string }
  | { readonly row: 'owner'; readonly itemId: string; readonly owner: string }
  /** New state of the line of an open item in its bill; it does not end the item. */
  | ({ readonly row: 'line'; readonly itemId: string } & LineNow)
  | {
      readonly row: 'end'
      readonly itemId: string
      readonly how: ItemEnd
      readonly by: string
      readonly approvedBy: string | null
      readonly reason: string
      /** Evidence: a paper, a line of a bill, a photo; absent in rows from older versions. */
      readonly evidence?: string
      /** Means of a refund by hand; absent in rows from older versions. */
      readonly refundMeans?: RefundMeans
      readonly refundFen?: Fen
      /** Of driver feedback (P36): the answer to the driver and the number of the refund. */
      readonly feedbackNo?: string
      readonly answer?: string
      readonly outRefundNo?: string
    }
  /** A driver's feedback that ended by a refund is open again, because that refund was refused. */
  | {
      readonly row: 'reopened'
      readonly itemId: string
      readonly feedbackNo: string
      readonly refundNo: string
    }
  /** The bill of a day was compared with the ledger. */
  | {
      readonly row: 'reconciled'
      /** Absent: payments by code, as in all rows from older versions. */
      readonly means?: Exclude<BilledMeans, 'qr'>
      readonly day: string
      readonly expectedFen: Fen
      readonly foundFen: Fen
      readonly differences: number
      readonly counts?: BillCounts
      /** Number of lines without a final state: not cleared, disputed, refund in progress. Absent: 0, or not counted. */
      readonly open?: number
      /** Of a split bill: the share of each party. */
      readonly parties?: readonly { readonly partyId: string; readonly shareFen: Fen }[]
      /** Empty: by the clock. */
      readonly by: string
    }
  /** Cash for change put into the drawer: a float, not income. */
  | { readonly row: 'float'; readonly floatFen: Fen; readonly by: string }
  /** The end of a shift: the drawer was counted. The next one begins with `leftFen`. */
  | {
      readonly row: 'counted'
      readonly fromMs: InstantMs
      /** Its float: left by the previous shift, plus what was added since. */
      readonly beforeFen: Fen
      /** The part of the float that was added since; absent in rows from older versions. */
      readonly floatFen?: Fen
      readonly takenFen: Fen
      /** Refunds paid out of the drawer; absent in rows from older versions. */
      readonly backFen?: Fen
      readonly countedFen: Fen
      readonly leftFen: Fen
      /** Number of the last row that it covers; absent in rows from older versions, which know times only. */
      readonly uptoSeq?: number
      /** ETC takings of the shift; absent in rows from older versions. */
      readonly etc?: { readonly count: number; readonly fen: Fen }
      /** Number of the matching planned shift; absent where the plan has no shift for the person who counted. */
      readonly planNo?: string
      readonly by: string
    }
  /** A planned shift ended without cash to count. */
  | {
      readonly row: 'planEnded'
      readonly shift: PlannedShift
      readonly etc: { readonly count: number; readonly fen: Fen }
    }
  /** A refund that a person requests and another one must answer: this row refunds nothing. */
  | {
      readonly row: 'refundAsked'
      /** Command id of the request. */
      readonly askId: string
      /** Absent for the price of a period pass, which has no stay. */
      readonly stayId?: string
      readonly plate: string | null
      readonly attemptNo: string
      readonly means: PaymentMeans
      readonly amountFen: Fen
      readonly by: string
      readonly role: Role
      readonly reason: string
    }
  /** The first answer counts. `yes` comes with the refund in the same transaction; `no` by the requester withdraws it. */
  | {
      readonly row: 'refundAnswered'
      readonly askId: string
      readonly answer: RefundAnswer
      readonly by: string
      readonly reason: string
    }
  /** The shifts of a day were downloaded; the last row of a day counts. */
  | {
      readonly row: 'plan'
      readonly day: string
      /** Version as the platform names it. */
      readonly version: string
      readonly shifts: readonly PlannedShift[]
    }
