// One lot as it is now: what its heartbeats say, what changed, what waits, and its money of the last days.
import type { Beat } from '#ledger/pure/centre/beat.ts'
import type { SumNotes } from '../../sum-notes.ts'
import type { MoneyWhat } from '../money/views.ts'

export interface BeatView {
  readonly nodeId: string
  readonly heardMs: number
  readonly beat: Beat
}

/** A lane, device or part of the lot took another state. */
export interface ChangeView {
  readonly nodeId: string
  /** `lane L01`, `device L01 camera`, `clock`, `disk` … */
  readonly thing: string
  readonly atMs: number
  readonly state: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface LotNow {
  readonly beats: readonly BeatView[]
  /** The last hundred, newest first. */
  readonly changes: readonly ChangeView[]
  /** Open matters of the desk. */
  readonly matters: readonly {
    readonly matterId: string
    readonly kind: string
    readonly thing: string
    readonly sinceMs: number
  }[]
  /** Of the last 30 days, newest first. */
  readonly days: readonly {
    readonly day: string
    readonly what: MoneyWhat
    readonly n: number
    readonly fen: number
  }[]
  /** Beside the sums of these days. */
  readonly notes: SumNotes
}

export interface LotCalls {
  'lot.now': { args: { readonly lotId: string }; answer: LotNow }
}
