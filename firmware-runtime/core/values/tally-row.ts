// Durable steps of a day's books: differences that were found, who looks after each and how it ended, and cash that
// was counted at the end of a shift. They are bodies of ledger rows; core/billing/day-items.ts folds them.
import type { Fen } from './fen.ts'
import type { InstantMs } from './instant.ts'
import type { RefundMeans } from './refund-means.ts'

export type DifferenceKind =
  | 'notInLedger'
  | 'notInBill'
  | 'amountDiffers'
  /** Counted cash is not what was taken. */
  | 'counted'
  /** A payment by code whose end a person has to find. */
  | 'payment'
  /** Money that came too late: it goes back by itself. */
  | 'late'
  /** What one person did with nobody else there: another one looks at it. */
  | 'alone'

export type TallyMeans = 'etc' | 'qr' | 'cash' | 'transfer'

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
}

/** `writtenOff` is two people's. */
export const itemEnds = ['found', 'explained', 'refunded', 'writtenOff'] as const
export type ItemEnd = (typeof itemEnds)[number]

export type TallyRow =
  /** `by`: who did what another person has to look at. */
  | ({ readonly row: 'item'; readonly owner: string; readonly by?: string } & Difference)
  | { readonly row: 'owner'; readonly itemId: string; readonly owner: string }
  | {
      readonly row: 'end'
      readonly itemId: string
      readonly how: ItemEnd
      readonly by: string
      readonly approvedBy: string | null
      readonly reason: string
      /** Of what people gave back; rows of before do not say. */
      readonly refundMeans?: RefundMeans
      readonly refundFen?: Fen
    }
  /** A day's bill was held against the ledger. */
  | {
      readonly row: 'reconciled'
      /** Rows of before are of payments by code. */
      readonly means?: 'etc'
      readonly day: string
      readonly expectedFen: Fen
      readonly foundFen: Fen
      readonly differences: number
      readonly counts?: BillCounts
      /** Empty: by the clock. */
      readonly by: string
    }
  /** The end of a shift: the drawer was counted. The next one begins with `leftFen`. */
  | {
      readonly row: 'counted'
      readonly fromMs: InstantMs
      readonly beforeFen: Fen
      readonly takenFen: Fen
      /** Given back out of the drawer; rows of before knew of none. */
      readonly backFen?: Fen
      readonly countedFen: Fen
      readonly leftFen: Fen
      /** Number of the last row that it counted; rows of before know times alone. */
      readonly uptoSeq?: number
      readonly by: string
    }
