// The car inside that a person picked for the car at an exit: one with a similar plate, or one whose plate the entry camera
// did not read. That one gets the plate by a row at its entry, so that it is found by it like any other (ADR 362).
import type { ArgsOf } from '#runtime/api/table.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Car } from '../../pure/lane.ts'
import { isInside } from '../../pure/lot/find-stay.ts'
import type { LotState } from '#ledger/pure/lot/lot-state.ts'
import type { PlateCandidate } from '#ledger/pure/lot/plate-match.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

const refusedAt = (field: string, value: string, note: BilingualText): LaneFault =>
  new LaneFault('API-01', { field, value, note })

/** The candidate with a plate that a person picked for this car; null when a plate was typed. */
export function pickedOf(
  car: Car,
  plate: string,
  stayId: string | undefined,
): PlateCandidate | null {
  if (stayId === undefined) return null
  const picked = car.candidates.find((one) => one.stayId === stayId && one.plate === plate)
  if (picked !== undefined) return picked
  const why = t('候选的车里没有它', 'none of the possible cars has this id and this plate')
  throw refusedAt('/stayId', stayId, why)
}

/** The row that gives the unread car its plate; none when no such car was picked. */
export function lateRead(
  lot: LotState,
  colour: PlateColour,
  plate: string,
  { unreadStayId: stayId, plate: plateRaw, by: who }: ArgsOf<'lane.correctPlate'>,
  atMs: number,
): readonly Extract<RowDraft, { kind: 'plateRead' }>[] {
  if (stayId === undefined) return []
  const stay = lot.stays.get(stayId)
  if (stay === undefined || stay.plate !== null || stay.spaceId !== null || !isInside(stay)) {
    const why = t('场内没有这辆没认出车牌的车', 'no car inside without a plate has this id')
    throw refusedAt('/unreadStayId', stayId, why)
  }
  if (lot.byPlate.has(plate)) {
    const why = t('场内已有这个车牌的车', 'a car with this plate is inside already')
    throw refusedAt('/plate', plateRaw, why)
  }
  const body = { plate, plateRaw, colour, photo: stay.photo, said: { by: 'person' as const, who } }
  return [{ kind: 'plateRead', atMs, laneId: stay.entryLaneId, stayId, body }]
}
