// When two charges of one vehicle in one lot are the same stay charged twice (P23): by their entry numbers where both have
// one, else by their times.
import type { InstantMs } from '../../core/values/instant.ts'

/** Keys under which the charges of one stay and of one vehicle are found. */
export const stayKey = (appId: string, parkId: string, entryNo: string): string =>
  `${appId}/${parkId}/${entryNo}`
/** One vehicle in one lot: its card, or plate and colour when there was none (P23). */
export const vehicleKey = (appId: string, parkId: string, who: string): string =>
  `${appId}/${parkId}/${who}`

/** Two charges within this time may be the same one (P23). */
const repeatWindowMs = 300_000

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
