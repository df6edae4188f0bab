// By which plate a stay is found, and what that plate rests on as rows change it. The maps belong to the fold of the lot (lot.ts).
// A newer stay under the same plate stays known when an older one ends.
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import type { PlateColour } from '#base/pure/plates/plate.ts'
import { noteSeenAgain } from '#money/pure/lot/arrears.ts'
import { confirmedOf, oneLookAtEnd } from '#money/pure/lot/card-bar.ts'
import type { LotState, Stay } from './lot-state.ts'

export const colourKey = (plate: string, colour: PlateColour): string => `${colour} ${plate}`

/** The newest stay of a plate. */
export function notePlate(lot: LotState, plate: string, colour: PlateColour, stayId: string): void {
  lot.byPlate.set(plate, stayId)
  if (colour !== 'unknown') lot.byColour.set(colourKey(plate, colour), stayId)
}

export function forget(newest: Map<string, string>, key: string, stayId: string): void {
  if (newest.get(key) === stayId) newest.delete(key)
}

export function forgetPlate(lot: LotState, { plate, colour, stayId }: Stay): void {
  if (plate === null) return
  forget(lot.byPlate, plate, stayId)
  forget(lot.byColour, colourKey(plate, colour), stayId)
}

/** A second look agrees with the plate of this stay, also after its end. */
export function noteConfirmed(lot: LotState, stayId: string, detail: string): void {
  const seen = confirmedOf(detail)
  if (seen === null) return
  noteSeenAgain(lot.arrears, stayId, seen)
  const stay = lot.stays.get(stayId)
  if (stay?.plate !== seen.plate) return
  stay.oneLook = null
  if (stay.colour !== 'unknown') return
  stay.colour = seen.colour
  notePlate(lot, seen.plate, seen.colour, stayId)
}

/** A car as its exit saw it. */
export const atItsEnd = (
  stay: Stay,
  plateRaw: string | null,
  { said, photo }: RowBodies['stayClosed'],
): Stay => ({
  ...stay,
  oneLook: oneLookAtEnd(stay, plateRaw, said),
  photo: stay.photo ?? photo ?? null,
})

/** What its own OBU was charged for rests on that OBU. */
export const seenByObu = { oneLook: null, spaceId: null, record: null, photo: null } as const
