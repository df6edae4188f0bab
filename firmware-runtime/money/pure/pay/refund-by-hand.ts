// A refund that people carry out: the platform never had the charge, refused to give it back, was never asked because an
// antenna took more than it was told to, or its record was set aside.
// Pure: what one is, and the row that ends it.
import type { Fen } from '#base/pure/values/fen.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RefundMeans } from '#base/pure/values/refund-means.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

/** A refund by hand, from the rows. */
export interface GivenBack {
  readonly atMs: InstantMs
  /** Null: by the platform, the way it came. */
  readonly means: RefundMeans | null
  readonly amountFen: Fen
}

export interface RefundByHand {
  readonly refundId: string
  readonly stayId: string
  readonly laneId: string
  readonly plate: string | null
  readonly amountFen: Fen
  readonly askedAtMs: InstantMs
  /** True: the platform refused the refund; false: it never had the charge. */
  readonly rejected: boolean
  /** The card lost more than requested: the platform has the charge with the amount lost. */
  readonly overcharged?: true
  /** Why its record was set aside: nothing sends it any more. */
  readonly held?: string
}

export const givenBackRow = (
  { refundId, stayId }: Pick<RefundByHand, 'refundId' | 'stayId'>,
  given: {
    readonly means: RefundMeans
    readonly by: string
    /** Null: one person alone. */
    readonly approvedBy: string | null
  },
  nowMs: InstantMs,
): RowDraft => ({
  kind: 'refundState',
  atMs: nowMs,
  stayId,
  body: { refundId, state: 'success', ...given },
})
