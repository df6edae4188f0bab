// What is shown of the machine's own clock: the last look at its sources of time, and what a person does about it.
// Doubts of the lot's clock stand beside it: they decide about prices, the look does not.
import type { ClockCause } from '../core/lot/clock-watch.ts'

/** The machine's clock against the sources of the lot, each half hour (core/lot/clock-keeping.ts). */
export interface ClockKeptView {
  readonly verdict: 'right' | 'step' | 'waits' | 'ask' | 'disagree' | 'silent'
  readonly atIso: string
  /** That of the smallest error; null where none answered. */
  readonly server: string | null
  /** Ours minus theirs. */
  readonly offsetMs: number | null
  readonly errorMs: number | null
  /** For a person with the right to it; null where nothing is to be done. */
  readonly command: string | null
}

/** Both times of a clock that cannot price. */
export interface ClockDoubtView {
  /**
   * `jump`: it moved against the machine's own count. `behindLedger`: it is earlier than the last row.
   * `aheadOfLedger`: it was more than 31 days later than the last row at a start. `neverSet`: it was never set. `differs`: the platform's time contradicts it. `entryLater`: the
   * entry is later than now. `entryUnsure`: the entry was dated by a clock in doubt.
   */
  readonly cause: ClockCause
  readonly readIso: string
  /** The expected time, the last row, or the entry; null where nothing is known. */
  readonly otherIso: string | null
  /** Amount by the expected time; null where that is not known. */
  readonly suggestFen: number | null
}
