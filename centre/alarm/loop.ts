// Work that is done again and again, each time so long after the last one ended.
import type { MonoClock } from '#base/ports/clocks.ts'

interface LoopParts {
  readonly mono: MonoClock
  readonly everyMs: number
  work(): Promise<unknown>
  /** The first of failures in a row. */
  failed(error: unknown): void
}

/** Its close waits for the work that is under way. */
export function loop({ mono, everyMs, work, failed }: LoopParts): { close(): Promise<void> } {
  let [isOver, isFailing] = [false, false]
  let cancel = (): void => undefined
  let now = Promise.resolve()
  const again = async (): Promise<void> => {
    try {
      await work()
      isFailing = false
    } catch (error) {
      if (!isFailing && !isOver) failed(error)
      isFailing = true
    }
    if (!isOver) wait()
  }
  const wait = (): void => {
    cancel = mono.after(everyMs, () => {
      now = again()
    })
  }
  wait()
  return {
    close() {
      isOver = true
      cancel()
      return now
    },
  }
}
