// Decides whether an OBU read by a pile, handheld or patrol car at one space may belong to a car in another (8.1.2.3 b).
// Pure. No frame gives the position of an OBU, so a space waits while the adjacent one has a car that came later.
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'

interface SpacesNow {
  readonly lot: LotState
  readonly nowMs: InstantMs
  /** Spaces of one side of the road, in order. */
  readonly order: readonly string[]
  /** Time since which a car is arriving at a space not counted as occupied yet; null: no car. */
  comingSince(spaceId: string): InstantMs | null
}

/** Time-out, so that a car without an OBU does not block the adjacent space: its own reading has ended by then. */
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
