// Orders of one stay that each charge a time of their own: usually the last one alone. A stay that was paid inside and is charged
// anew from then on has several, one after another.
import type { InstantMs } from '#base/pure/values/instant.ts'

interface Timed {
  readonly fromMs: InstantMs
  readonly toMs: InstantMs
}

/** Those that no later order covers again. */
export const segmentsOf = <O extends Timed>(orders: readonly O[]): readonly O[] =>
  orders.filter(({ toMs }, i) => orders.slice(i + 1).every((later) => later.fromMs >= toMs))

/** The orders of a stay that were over when a charge of it began anew at `fromMs`. */
export const earlierOrders = <O extends Timed>(
  orders: readonly O[],
  enteredAtMs: InstantMs,
  fromMs: InstantMs,
): readonly O[] => (fromMs <= enteredAtMs ? [] : orders.filter(({ toMs }) => toMs <= fromMs))
