// Rows as a pure state machine requests them. For the record of a charge or refund it passes the facts only: the ledger writer
// encodes the record in the platform's dialect when it makes the rows durable, and the bytes never change afterwards.
import type { GivenOut } from '#base/pure/values/ids.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'
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

/** Rows with new ids, and the last number that these ids used. */
export interface NumberedRows {
  readonly rows: readonly RowRequest[]
  readonly lastId: number
}

/** Source of ids and time for rows of late results and refunds. */
export interface LateEnv extends GivenOut {
  readonly nowMs: InstantMs
  /** False: refunds are not requested from a platform. */
  readonly hasPlatform: boolean
}
