// What offline transfers came to, as calls and commands tell it.
// Every record is counted once.
import type { Packed } from '../ports/transfer.ts'

export interface TakenBackView {
  readonly files: readonly string[]
  /** Files of other lots, left alone. */
  readonly others: number
  readonly answers: number
  readonly confirmed: number
  readonly refused: number
  /** Of records that were settled before. */
  readonly known: number
  /** Proves no end of its record, which stays in the queue. */
  readonly open: number
}

/** What was written for a stick. */
export type PackedView = Packed
