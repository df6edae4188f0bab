// Runs all closing steps, also after one has failed: for a stop and for a start that failed half way.
// `closeAll` throws what failed; `undoAll` ignores it in favour of the fault that stopped the start.

/** Runs all steps in order; throws the first failure after the last step. */
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

/** A closing that no stop awaits, of a link that only a trial had: a failure goes to the log of the process. */
export function closeBeside(what: string, closing: Promise<unknown>): void {
  closing.catch((error: unknown) => process.stderr.write(`${what}: ${String(error)}\n`))
}

/** Undoes the steps of a start, last first. Failures are ignored, because the cause of the failed start is reported. */
export async function undoAll(steps: readonly (() => unknown)[]): Promise<void> {
  await closeAll(steps.toReversed()).catch(() => undefined)
}
