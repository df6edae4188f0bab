// What is shown of the machine's own clock: the last look at its sources of time, and what a person does about it.
// Doubts of the lot's clock stand beside it in views.ts; they decide about prices, this does not.

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
