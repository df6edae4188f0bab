// The state of the machine's own clock: the last check of its time sources, and what a person can do. Doubts of the
// lot's clock are shown beside it: they decide about prices, this check does not.
import type { ClockCause } from '#ledger/pure/lot/clock-watch.ts'

/** The machine's clock against the time sources of the lot, every half hour (lane/pure/lot/clock-keeping.ts). */
export interface ClockKeptView {
  readonly verdict: 'right' | 'step' | 'waits' | 'ask' | 'disagree' | 'silent'
  readonly atIso: string
  /** The server with the smallest error; null: no server answered. */
  readonly server: string | null
  /** Our clock minus the server's, ms. */
  readonly offsetMs: number | null
  readonly errorMs: number | null
  /** For a person with the right to it; null: nothing to do. */
  readonly command: string | null
}

/** Both times of a clock that may not price. */
export interface ClockDoubtView {
  /**
   * `jump`: it moved against the machine's monotonic clock. `behindLedger`: it is earlier than the last row.
   * `aheadOfLedger`: at a start it was more than 31 days later than the last row. `neverSet`: it was never set.
   * `differs`: the platform's time contradicts it. `entryLater`: the entry is later than now. `entryUnsure`: the entry
   * was dated by a clock in doubt.
   */
  readonly cause: ClockCause
  readonly readIso: string
  /** The expected time, the last row, or the entry; null: not known. */
  readonly otherIso: string | null
  /** Amount by the expected time; null: not known. */
  readonly suggestFen: number | null
}
