// Durable steps of a day's books: differences that were found, who looks after each and how it ended, and cash that
// was counted at the end of a shift. They are bodies of ledger rows; core/billing/day-items.ts folds them.
import type { FeedbackMessage } from '../feedback.ts'
import type { Fen } from '../fen.ts'
import type { InstantMs } from '../instant.ts'
import type { PaymentMeans } from '../payment-means.ts'
import type { RefundMeans } from '../refund-means.ts'
import type { Role } from '../roles.ts'

export type DifferenceKind =
  | 'notInLedger'
  | 'notInBill'
  /** Another sum was charged. */
  | 'amountDiffers'
  /** More went back there than the ledger knows, or less. */
  | 'refundNotInLedger'
  | 'refundNotInBill'
  /** The bill has its number more than once. */
  | 'twiceInBill'
  /** The bill has it on a day that is not its own. */
  | 'otherDay'
  /** The bill has it, and its money is not cleared on the day after. */
  | 'notCleared'
  /** The bill has it, and somebody disputes it: its money is held. */
  | 'disputed'
  /** Of the split bill beside the bill: a trade that is not split, one that no bill has, shares that do not add up, a share that is not its part. */
  | 'splitMissing'
  | 'splitNotInBill'
  | 'splitSumDiffers'
  | 'shareDiffers'
  /** Counted cash is not what was taken. */
  | 'counted'
  /** A payment by code whose end a person has to find. */
  | 'payment'
  /** Money that came too late: it goes back by itself. */
  | 'late'
  /** What one person did with nobody else there: another one looks at it. */
  | 'alone'
  /** A platform fed it back: no difference of sums. */
  | 'feedback'
  /** An hour of records differs at a destination, and sending again does not mend it (P20). */
  | 'recordsDiffer'
  /** Records of that day that could not be made, so that nobody was told of them. */
  | 'notMade'
  /** The bill of that day did not come in three days. */
  | 'noBill'
  /** The operator's platform plans somebody who is nobody here (P35). */
  | 'unknownStaff'

/** Of a person's to look at, and ended by words: no sums differ. */
export const itemsOfWords: readonly DifferenceKind[] = [
  'alone',
  'feedback',
  'recordsDiffer',
  'notMade',
  'noBill',
  'unknownStaff',
]

/** Of a line whose money is not there yet: its bill is asked for again until it is. */
export const openInBill: readonly LineState[] = ['notCleared', 'disputed']

/** What a bill that was asked for again says of such a line. */
export type LineState = DifferenceKind | 'cleared' | 'refunded'

export type TallyMeans = 'etc' | 'qr' | 'cash' | 'transfer' | 'split' | 'operator'

/**
 * What is held against what others have of it. `split`: the split bill of ETC against its bill. `operator`: exit records
 * against what the platform of the lot's operator has of them.
 */
export type BilledMeans = 'etc' | 'qr' | 'split' | 'operator'

/** What became of each line of a bill and of the ledger. */
export interface BillCounts {
  readonly equal: number
  readonly oursOnly: number
  readonly theirsOnly: number
  readonly amountDiffers: number
}

/** What the ledger expects and what was found elsewhere: one row of a bill, or one shift's cash. */
export interface Difference {
  readonly itemId: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly means: TallyMeans
  /** Of ETC: whose charge it was, as the ledger knows. */
  readonly stayId?: string
  readonly kind: DifferenceKind
  /** Number of the attempt, or the end of the shift. */
  readonly ref: string
  readonly expectedFen: Fen
  readonly foundFen: Fen
  /** The message that it is, whose sums are nothing. */
  readonly feedback?: FeedbackMessage
}

/** `writtenOff` is two people's. */
export const itemEnds = ['found', 'explained', 'refunded', 'writtenOff'] as const
export type ItemEnd = (typeof itemEnds)[number]

export const refundAnswers = ['yes', 'no'] as const
export type RefundAnswer = (typeof refundAnswers)[number]

/** Settings that the ETC operator rules (P21); absent ones stay as they are. */
export interface RuledSettings {
  /** From where a person decides. */
  readonly largeAmountFen?: Fen
  /** The most that one charge may be without the platform. */
  readonly offlineFen?: Fen
}

/** A shift as the platform of the lot's operator plans it (P21). */
export interface PlannedShift {
  readonly shiftNo: string
  readonly staffId: string
  /** Null: of the whole lot. */
  readonly laneId: string | null
  readonly onMs: InstantMs
  readonly offMs: InstantMs
}

export interface LineNow {
  readonly state: LineState
  readonly expectedFen: Fen
  readonly foundFen: Fen
}

/** What a platform changes here: what was in force, and what is to be. */
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
  /** People are told of a change before it is made: at `takeAtMs`, or when one of them says so. The last one of its kind counts. */
  | ({ readonly row: 'told'; readonly takeAtMs: InstantMs } & ToldChange)
  /** A person does not wait for that time. */
  | {
      readonly row: 'takeNow'
      readonly of: ToldChange['of']
      readonly version: string
      readonly by: string
    }
  /** `by`: who did what another person has to look at. */
  | ({ readonly row: 'item'; readonly owner: string; readonly by?: string } & Difference)
  /** What it is about does not differ any more; a person ends it all the same. */
  | { readonly row: 'agreed'; readonly itemId: string }
  | { readonly row: 'owner'; readonly itemId: string; readonly owner: string }
  /** The line of an open item as its bill has it now: no end, which is a person's. */
  | ({ readonly row: 'line'; readonly itemId: string } & LineNow)
  | {
      readonly row: 'end'
      readonly itemId: string
      readonly how: ItemEnd
      readonly by: string
      readonly approvedBy: string | null
      readonly reason: string
      /** What shows it: a paper, a line of a bill, a photo; rows of before do not say. */
      readonly evidence?: string
      /** Of what people gave back; rows of before do not say. */
      readonly refundMeans?: RefundMeans
      readonly refundFen?: Fen
      /** Of a driver's word (P36): what the driver is told, and by which number it went back. */
      readonly feedbackNo?: string
      readonly answer?: string
      readonly outRefundNo?: string
    }
  /** A day's bill was held against the ledger. */
  | {
      readonly row: 'reconciled'
      /** Rows of before are of payments by code. */
      readonly means?: Exclude<BilledMeans, 'qr'>
      readonly day: string
      readonly expectedFen: Fen
      readonly foundFen: Fen
      readonly differences: number
      readonly counts?: BillCounts
      /** Lines of it that are not at their end: not cleared, disputed, a refund on its way. Absent: none, or nobody counted. */
      readonly open?: number
      /** Of a split bill: what each party got. */
      readonly parties?: readonly { readonly partyId: string; readonly shareFen: Fen }[]
      /** Empty: by the clock. */
      readonly by: string
    }
  /** Cash for change was put into the drawer: it is a float and no income. */
  | { readonly row: 'float'; readonly floatFen: Fen; readonly by: string }
  /** The end of a shift: the drawer was counted. The next one begins with `leftFen`. */
  | {
      readonly row: 'counted'
      readonly fromMs: InstantMs
      /** Its float: left by the shift before, and put in since. */
      readonly beforeFen: Fen
      /** What of it was put in since; rows of before knew of none. */
      readonly floatFen?: Fen
      readonly takenFen: Fen
      /** Given back out of the drawer; rows of before knew of none. */
      readonly backFen?: Fen
      readonly countedFen: Fen
      readonly leftFen: Fen
      /** Number of the last row that it counted; rows of before know times alone. */
      readonly uptoSeq?: number
      /** What ETC took in it; rows of before do not say. */
      readonly etc?: { readonly count: number; readonly fen: Fen }
      /** The planned shift that it was; absent where the plan has none of who counted. */
      readonly planNo?: string
      readonly by: string
    }
  /** A planned shift is over, and there was no cash to count. */
  | {
      readonly row: 'planEnded'
      readonly shift: PlannedShift
      readonly etc: { readonly count: number; readonly fen: Fen }
    }
  /** Money that a person wants to give back, until another one answers: nothing goes back by this row. */
  | {
      readonly row: 'refundAsked'
      /** The command id of who asked. */
      readonly askId: string
      /** Absent: the price of a pass, which is of no stay. */
      readonly stayId?: string
      readonly plate: string | null
      readonly attemptNo: string
      readonly means: PaymentMeans
      readonly amountFen: Fen
      readonly by: string
      readonly role: Role
      readonly reason: string
    }
  /** The first answer counts. With `yes` the refund itself is in the same transaction; `no` of who asked takes it back. */
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
      /** As its platform names it. */
      readonly version: string
      readonly shifts: readonly PlannedShift[]
    }
