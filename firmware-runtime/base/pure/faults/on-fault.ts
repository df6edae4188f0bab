// What happens instead when something throws a fault. Any other error is a bug of ours and goes on to the caller.
import { LaneFault } from './faults.ts'

/** What `work` returns, or what `handle` makes of its fault. */
export function onFault<T, H>(work: () => T, handle: (fault: LaneFault) => H): T | H {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return handle(error)
  }
}

/** What `work` returns, or `value` when it throws a fault. */
export const orIfFault = <T, V>(work: () => T, value: V): T | V => onFault(work, () => value)
