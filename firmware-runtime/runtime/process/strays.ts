// Rejected promises that no task and no call owned: the last resort of a process with lanes. They are reported and the
// lanes go on; an error that broke a turn ends the process, which starts again from the ledger.
import { isTurnBroken } from '../../app/machine.ts'

/** For the log: where it came from. */
export const strayText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** Calls `report` for each; returns the function that ends it. */
export function onStrays(report: (error: unknown) => unknown): () => void {
  const take = (error: unknown): void => {
    if (isTurnBroken(error)) throw error
    report(error)
  }
  process.on('unhandledRejection', take)
  return () => {
    process.off('unhandledRejection', take)
  }
}
