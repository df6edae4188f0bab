// The net of a process with lanes: rejected promises that no task and no call owned are reported and the lanes go on; an
// error that broke a turn ends the process, whoever caught it, and a start continues from the ledger.
import { endsWithBrokenTurn, isTurnBroken } from '../pure/faults/whole-turn.ts'

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
  const release = endsWithBrokenTurn((error) => {
    queueMicrotask(() => {
      throw error
    })
  })
  return () => {
    process.off('unhandledRejection', take)
    release()
  }
}
