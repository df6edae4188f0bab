// Rows as a pure machine asks for them. The record of a charge or of a refund is asked for by its facts: whoever
// makes the rows durable writes it in the platform's words, and its bytes are frozen from then on.
import type { GivenOut } from '../values/ids.ts'
import type { InstantMs } from '../values/instant.ts'
import type { RowDraft } from '../values/rows/ledger-row.ts'
import type { ChargeFacts, RefundFacts } from './charge-facts.ts'

interface Frozen {
  readonly kind: 'freeze'
  readonly atMs: InstantMs
  /** Number of the upload that it becomes. */
  readonly outboxId: string
}

export type ChargeFreeze = Frozen & {
  readonly op: 'charge' | 'exitUpload'
  readonly facts: ChargeFacts
}

type RefundFreeze = Frozen & { readonly op: 'refund'; readonly facts: RefundFacts }

export type FreezeRow = ChargeFreeze | RefundFreeze

export type RowRequest = RowDraft | FreezeRow

/** Rows with ids of their own, and the last number that is given out with them. */
export interface NumberedRows {
  readonly rows: readonly RowRequest[]
  readonly lastId: number
}

/** What rows of a result that came late, or of money that goes back, are numbered and dated by. */
export interface LateEnv extends GivenOut {
  readonly nowMs: InstantMs
  /** False: no refund is asked of a platform. */
  readonly hasPlatform: boolean
}
