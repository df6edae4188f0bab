// A refund that people carry out: the platform never had the charge, or refused to give it back.
// Pure: what one is, and the row that ends it.
import type { Fen } from '../values/fen.ts'
import type { InstantMs } from '../values/instant.ts'
import type { RowDraft } from '../values/ledger-row.ts'

export interface RefundByHand {
  readonly refundId: string
  readonly stayId: string
  readonly laneId: string
  readonly plate: string | null
  readonly amountFen: Fen
  readonly askedAtMs: InstantMs
  /** The platform was asked and said no. */
  readonly rejected: boolean
}

export const givenBackRow = ({ refundId, stayId }: RefundByHand, nowMs: InstantMs): RowDraft => ({
  kind: 'refundState',
  atMs: nowMs,
  stayId,
  body: { refundId, state: 'success' },
})
