// The reason that the lane itself knows, as a number of the list that a person chooses from.
// Chosen at first and open to change; where the lane knows none, a person says it.
import type { LaneView } from '../../firmware-runtime/api/views.ts'

type Act = 'settle' | 'open' | 'plate'

/** Places in `act.reasons` of the catalogues; a test reads them there. */
const known: Readonly<Record<Act, Readonly<Record<string, number>>>> = {
  settle: { insufficient: 1, noStay: 2 },
  open: { obuNotRead: 0, rsuGone: 1 },
  plate: { plateMismatch: 0, plateNotRead: 2, passInDoubt: 2 },
}
/** Whatever kept ETC from paying, that is why a person takes the money. */
const otherwise: Readonly<Partial<Record<Act, number>>> = { settle: 0 }

export function knownReason(act: Act, lane: LaneView): number | undefined {
  const manual = lane.car?.manual ?? null
  return manual === null ? undefined : (known[act][manual] ?? otherwise[act])
}
