// The reason of an act that the lane knows itself, as an index into the list that a person chooses from.
// It is chosen at first and can be changed; undefined where a person has to choose.
import type { LaneView } from '#lane/calls/views.ts'

type Act = 'settle' | 'open' | 'plate'

/** Indices in `act.reasons` of the catalogues; a test checks them. */
const known: Readonly<Record<Act, Readonly<Record<string, number>>>> = {
  settle: { insufficient: 1, noStay: 2 },
  open: { obuNotRead: 0, rsuGone: 1 },
  plate: { plateMismatch: 0, noStay: 0, plateNotRead: 2, passInDoubt: 2 },
}
/** Any other cause means that ETC could not charge, which is the first reason of `settle`. */
const otherwise: Readonly<Partial<Record<Act, number>>> = { settle: 0 }

export function knownReason(act: Act, lane: LaneView): number | undefined {
  const manual = lane.car?.manual ?? null
  return manual === null ? undefined : (known[act][manual] ?? otherwise[act])
}
