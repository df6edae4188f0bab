// Guards what cannot happen. A failed guard is our own bug: it crashes, restarts and replays.
// The world's mistakes are never reported this way; they get a fault code (faults.ts).

/** Throws when `condition` is false. `why` completes the sentence "this cannot be, because ...". */
export function must(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${why}`)
}

/** The value, or a crash when it is absent where absence cannot happen. */
export function present<T>(value: T | null | undefined, why: string): T {
  must(value !== null && value !== undefined, why)
  return value
}
