// Whether an OBU that a pile, handheld or patrol car hears at one space may be that of a car in another (8.1.2.3 b).
// Pure. No frame tells from where an OBU answers, so a space waits while the one beside it has a car that came later.
import type { LotState } from '../lot/lot-state.ts'
import type { InstantMs } from '../values/instant.ts'

interface SpacesNow {
  readonly lot: LotState
  readonly nowMs: InstantMs
  /** Of one side of the road, in their order. */
  readonly order: readonly string[]
  /** Since when a car is coming into a space that is not counted as taken yet; null: none is. */
  comingSince(spaceId: string): InstantMs | null
}

/** A car without an OBU must not keep the space beside it waiting for ever: its own reading is over by then. */
const freshMs = 600_000

export function isOfNeighbour(
  { lot, order, comingSince, nowMs }: SpacesNow,
  obuId: string,
  spaceId: string,
): boolean {
  const enteredAtMs = lot.stays.get(lot.bySpace.get(spaceId) ?? '')?.enteredAtMs ?? 0
  for (const [id, stayId] of lot.bySpace)
    if (id !== spaceId && lot.stays.get(stayId)?.record?.obu.obuId === obuId) return true
  const at = order.indexOf(spaceId)
  return [order[at - 1], order[at + 1]].some((beside) => {
    if (at < 0 || beside === undefined) return false
    const stay = lot.stays.get(lot.bySpace.get(beside) ?? '')
    if (stay === undefined) return (comingSince(beside) ?? -Infinity) >= enteredAtMs
    return (
      stay.record === null && stay.enteredAtMs >= enteredAtMs && nowMs - stay.enteredAtMs < freshMs
    )
  })
}
