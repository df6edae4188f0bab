// Decides whether an entry has room for a car; used only in a lot that keeps bays for reservations.
// A member with own bays is always admitted; a car that is already inside takes no other bay.
import { covers, membersOf, validity } from '../member/list.ts'
import { entryBar, type EntryBar } from '../reservation/admission.ts'
import type { InstantMs } from '../values/instant.ts'
import type { LotConfig } from './config.ts'
import type { LotState } from './lot-state.ts'

const hasOwnBay = ({ members }: LotState, plate: string | null, nowMs: InstantMs): boolean =>
  membersOf(members, plate ?? '').some((held) => {
    const [fromMs, toMs] = validity(held)
    return covers(held) && nowMs >= fromMs && nowMs < toMs
  })

export function entryBarOf(
  { capacity, reservation }: Pick<LotConfig, 'capacity' | 'reservation'>,
  lot: LotState,
  plate: string | null,
  nowMs: InstantMs,
): EntryBar | null {
  if (reservation === undefined) return null
  const room = { nowMs, capacity, inside: lot.stays.size }
  return entryBar(lot.reservations, room, plate, hasOwnBay(lot, plate, nowMs))
}
