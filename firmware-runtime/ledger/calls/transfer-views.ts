// Results of offline transfers for calls and commands.
// Every record is counted once.
import type { Packed } from '../ports/transfer.ts'

export interface TakenBackView {
  readonly files: readonly string[]
  /** Files of other lots, not read. */
  readonly others: number
  readonly answers: number
  readonly confirmed: number
  readonly refused: number
  /** Answers for records that were settled before. */
  readonly known: number
  /** Answers that prove no result: their records stay in the queue. */
  readonly open: number
}

/** What was written to a USB stick. */
export type PackedView = Packed
