// Closes what was opened, each part also when one before it fails: a start that ends half way, and a stop.
// `closeAll` says what failed, `undoAll` leaves that to the fault that stopped the start.

/** Runs the steps in their order; the first failure is thrown when all have run. */
export async function closeAll(steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps)
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw failures[0]
}

/** Undoes the steps of a start, the last one first. Why the start failed matters, not what this meets. */
export async function undoAll(steps: readonly (() => unknown)[]): Promise<void> {
  await closeAll(steps.toReversed()).catch(() => undefined)
}
