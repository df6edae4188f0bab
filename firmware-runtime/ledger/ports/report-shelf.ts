// Storage of scheduled reports, and the state of those already made: beside the lot, not in the ledger.
// Files of the place are never replaced.
import type { MadeReport } from '../pure/lot/report-times.ts'

export interface ScheduledState {
  /** By plan: first schedule, and the reports made, by period. */
  readonly plans: Readonly<
    Record<
      string,
      { readonly sinceMs: number; readonly made: Readonly<Record<string, MadeReport>> }
    >
  >
}

export interface ReportShelf {
  read(): ScheduledState
  write(state: ScheduledState): void
  /** The first edition number from `from` on without a file. */
  freeEdition(folder: string, nameOf: (edition: number) => readonly string[], from: number): number
  /** Whole or not at all; REPORT-04 where it cannot be. */
  put(folder: string, name: string, bytes: Uint8Array): void
}
