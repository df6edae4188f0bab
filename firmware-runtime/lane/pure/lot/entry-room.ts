// Decides whether an entry has room for a car; used only in a lot that keeps bays for reservations. What is published as free
// is lane/pure/lot/free-spaces.ts, from the same room.
// A member with own bays is always admitted; a car that is already inside takes no other bay.
import { covers, membersOf, validity } from '#money/pure/member/list.ts'
import { entryBar, type EntryBar } from '../reservation/admission.ts'
import type { ReservationList } from '#ledger/pure/reservation/list.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'

const hasOwnBay = ({ members }: LotState, plate: string | null, nowMs: InstantMs): boolean =>
  membersOf(members, plate ?? '').some((held) => {
    const [fromMs, toMs] = validity(held)
    return covers(held) && nowMs >= fromMs && nowMs < toMs
  })

/** Cars in the lot. In an open lot a stay lasts until its car has paid, long after it has left. */
export const carsInside = ({ stays, left }: Pick<LotState, 'stays' | 'left'>): number =>
  stays.size - left.size

/** The reservations that bays are kept for; null: the lot keeps none. */
export const keptList = (
  { reservation }: Pick<LotConfig, 'reservation'>,
  { reservations }: LotState,
): ReservationList | null =>
  reservation === undefined || reservations.parkCode === null ? null : reservations

export function entryBarOf(
  config: Pick<LotConfig, 'capacity' | 'reservation'>,
  lot: LotState,
  plate: string | null,
  nowMs: InstantMs,
): EntryBar | null {
  const list = keptList(config, lot)
  if (list === null) return null
  const room = { nowMs, capacity: config.capacity, inside: carsInside(lot) }
  return entryBar(list, room, plate, hasOwnBay(lot, plate, nowMs))
}
