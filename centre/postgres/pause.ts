import type { MonoClock } from '#base/ports/clocks.ts'

/** Resolves after `ms` of this clock. */
export const pause = (mono: MonoClock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    mono.after(ms, resolve)
  })
