// The stay with which a person tries a tariff: when it begins, how long it lasts, and the vehicle.
// Times are local times of the lot (+08:00), to the minute.
import { plateColours as all, type PlateColour } from '#base/pure/plates/plate.ts'

export const plateColours = all.filter((one) => one !== 'unknown')

interface TrialStay {
  /** `2026-11-23T09:00`. */
  readonly from: string
  readonly minutes: number
  readonly colour: PlateColour
  readonly vehicleClass: number | null
  readonly area: string | null
}

export const isoOfLocal = (local: string): string => `${local.slice(0, 16)}:00+08:00`
export const localOfIso = (iso: string): string => iso.slice(0, 16)

const offsetMs = 8 * 3_600_000
const minuteMs = 60_000

/** The time `minutes` after a local time, as ISO text with the lot's offset. */
export const isoAfter = (local: string, minutes: number): string => {
  const atMs = Date.parse(isoOfLocal(local)) + minutes * minuteMs + offsetMs
  return `${new Date(atMs).toISOString().slice(0, 19)}+08:00`
}

export const vehicleOf = ({ vehicleClass, colour, area }: TrialStay) => ({
  vehicleClass,
  colour,
  area,
})
