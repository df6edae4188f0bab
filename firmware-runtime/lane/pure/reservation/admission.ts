// Admission to a lot that keeps bays for reservations: reserved cars and owners of a bay always; other cars while there are
// bays beyond the kept ones and flow control is off.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { isAwaited, reservationFor, type ReservationList } from '#ledger/pure/reservation/list.ts'

export type EntryBar = 'lotFull' | 'flowControl'

interface LotRoom {
  readonly nowMs: InstantMs
  readonly capacity: number
  /** Cars that are in it. */
  readonly inside: number
}

/** Bays that wait for a car now. */
export function keptBays({ byOrder }: ReservationList, nowMs: InstantMs): number {
  let kept = 0
  for (const held of byOrder.values()) if (isAwaited(held, nowMs)) kept++
  return kept
}

/** Bays for cars without a reservation. */
export const openBays = (list: ReservationList, { nowMs, capacity, inside }: LotRoom): number =>
  list.isFlowControlled ? 0 : Math.max(0, capacity - inside - keptBays(list, nowMs))

/** Reason against automatic admission of a car with this plate; null: admitted. */
export function entryBar(
  list: ReservationList,
  room: LotRoom,
  plate: string | null,
  hasOwnBay: boolean,
): EntryBar | null {
  if (list.parkCode === null || hasOwnBay) return null
  if (plate !== null && reservationFor(list, plate, room.nowMs) !== null) return null
  if (list.isFlowControlled) return 'flowControl'
  return openBays(list, room) === 0 ? 'lotFull' : null
}

/** From how full each level begins, in basis points; assumed. */
const levelsFromBp = [6_000, 8_500, 10_000]

/** 0 to 3, by cars inside and bays that are kept. */
export function saturationLevel(list: ReservationList, room: LotRoom): number {
  const usedBp = Math.floor(((room.inside + keptBays(list, room.nowMs)) * 10_000) / room.capacity)
  return levelsFromBp.filter((fromBp) => usedBp >= fromBp).length
}
