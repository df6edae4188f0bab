// Why no card may be charged by the plate of a car alone: one person typed it, a list of another system has it, or a space
// did not show its colour. The amount is then arrears until a second look agrees (7.2.5, 8.1.2.6 c and f). Pure.
import { canonicalJson } from '#base/pure/data/json.ts'
import { isEnergyColour, colourOfPlate } from '#base/pure/plates/plate-kinds.ts'
import { plateColours, type PlateColour } from '#base/pure/plates/plate-colours.ts'
import type { PlateSaid } from '#base/pure/plates/plate-said.ts'
import { compactPlate } from '#base/pure/plates/plate.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { RowDraft } from '#base/pure/rows/ledger-row.ts'

/** The only look that a plate rests on. */
export interface OneLook {
  readonly by: 'typed' | 'imported'
  /** Who typed it; null: not known, and then nobody can be shown to be another person. */
  readonly who: string | null
}

export type CardBar = OneLook['by'] | 'colourUnknown'

export interface BarredCar {
  readonly plate: string | null
  readonly colour: PlateColour
  readonly oneLook: OneLook | null
  readonly spaceId: string | null
  readonly record: { readonly colour: PlateColour } | null
}

/** What its space showed of its colour, or the only colour that its plate can have. */
const knownColour = ({ plate, colour, record }: BarredCar): PlateColour =>
  colourOfPlate(plate, record === null || record.colour === 'unknown' ? colour : record.colour)

/** Null: its plate suffices. A lane with a boom compares the OBU itself, so that only a space needs the colour. */
export function cardBarOf(car: BarredCar): CardBar | null {
  if (car.oneLook !== null) return car.oneLook.by
  return car.spaceId !== null && knownColour(car) === 'unknown' ? 'colourUnknown' : null
}

/** One number may be that of two cars in two colours: both are stated, or the plate can have one only. */
export function isColourOf(plate: string, ofCar: PlateColour, ofObu: PlateColour): boolean {
  const [known, read] = [colourOfPlate(plate, ofCar), colourOfPlate(plate, ofObu)]
  if (known === 'unknown' || read === 'unknown') return false
  return known === read || (isEnergyColour(known) && isEnergyColour(read))
}

export function oneLookOf(
  said: PlateSaid | undefined,
  imported: boolean | undefined,
): OneLook | null {
  if (said?.by === 'person') return { by: 'typed', who: said.who ?? null }
  return imported === true ? { by: 'imported', who: null } : null
}

interface EndedCar {
  readonly plate: string | null
  readonly noEntry: boolean
  readonly oneLook: OneLook | null
}

/** What its plate rests on once an exit has seen it: a camera or OBU there is a second look, a person is none. */
export function oneLookAtEnd(
  { plate, noEntry, oneLook }: EndedCar,
  plateRaw: string | null,
  said: PlateSaid = {},
): OneLook | null {
  if (said.by === 'obu') return null
  if (said.by === 'person') return oneLook ?? (noEntry ? oneLookOf(said, false) : null)
  const isSame = plateRaw !== null && plate !== null && compactPlate(plateRaw).endsWith(plate)
  return isSame ? null : oneLook
}

export const plateConfirmed = 'plateConfirmed'

/** A second look at the car of a stay. `by`: a person at its photo, or the camera of its space. */
interface Confirmed {
  readonly plate: string
  readonly colour: PlateColour
  readonly by: 'photo' | 'watcher'
}

export const confirmedRow = (
  stayId: string,
  { plate, colour, by }: Confirmed,
  at: { readonly nowMs: InstantMs; readonly laneId?: string },
): RowDraft => ({
  kind: 'event',
  atMs: at.nowMs,
  ...(at.laneId === undefined ? {} : { laneId: at.laneId }),
  stayId,
  body: { type: plateConfirmed, detail: canonicalJson({ plate, colour, by }) },
})

/** Null: not of this program. */
export function confirmedOf(detail: string): Confirmed | null {
  const { plate, colour, by } = JSON.parse(detail) as Partial<Record<string, unknown>>
  const known = plateColours.find((one) => one === colour)
  return typeof plate !== 'string' || known === undefined
    ? null
    : { plate, colour: known, by: by === 'photo' ? by : 'watcher' }
}
