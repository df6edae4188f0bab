// When two charges of one vehicle in one lot are the same stay charged twice (P23): by their entry numbers where both have
// one, else by their times.
import type { InstantMs } from '../../core/values/instant.ts'
import { repeatWindowMs } from './filed.ts'

interface ChargedStay {
  readonly mode: number
  /** Null: the record names none. */
  readonly entryNo: string | null
  readonly enMs: InstantMs
  readonly exMs: InstantMs
  readonly transMs: InstantMs
}

/** A vehicle that leaves and comes back within the window has two stays: each has a length, and neither is inside the other. */
function areApart(one: ChargedStay, other: ChargedStay): boolean {
  const [first, second] = one.enMs <= other.enMs ? [one, other] : [other, one]
  return first.enMs < first.exMs && second.enMs < second.exMs && first.exMs <= second.enMs
}

/** A zero consumption charges no stay. */
export function isSameStay(one: ChargedStay, other: ChargedStay): boolean {
  if (one.mode === 3 || other.mode === 3) return false
  if (one.entryNo !== null && other.entryNo !== null) return one.entryNo === other.entryNo
  if (areApart(one, other)) return false
  const overlap = one.enMs < other.exMs && other.enMs < one.exMs
  return overlap || Math.abs(one.transMs - other.transMs) <= repeatWindowMs
}
