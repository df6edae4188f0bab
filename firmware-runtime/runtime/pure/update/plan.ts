// An update on its way to the lanes: seen, fetched, unpacked beside, tried on a copy, and what a person wants of it. Nothing
// follows from a step before the next line of DIR/update/plan.json is on the disk.
import type { ReleaseFile } from './offer.ts'
import type { Slot } from './slots.ts'

/** What a program found in a folder; two programs that read the same folder find the same. */
export interface TriedFigures {
  readonly rows: number
  /** Hash of the last row, 64 lower-case hex digits. */
  readonly headHash: string
  readonly carsInside: number
  readonly ordersOpen: number
  /** Fen of all payments. */
  readonly paidFen: number
  readonly unsent: number
}

export type UpdateStep =
  | { readonly is: 'offered' }
  | { readonly is: 'fetched' }
  /** Tried on a copy; only now it may be wanted. */
  | {
      readonly is: 'tried'
      readonly slot: Slot
      readonly figures: TriedFigures
      readonly triedIso: string
    }
  /** A dry start, the disk or the file said no. */
  | { readonly is: 'refused'; readonly code: string; readonly note: string; readonly atIso: string }

export interface Wanted {
  /** `tonight`: between 02:00 and 05:00 of the lot's time. Both: once no car is in a lane. */
  readonly when: 'now' | 'tonight'
  readonly by: string
  readonly atIso: string
}

export interface UpdatePlan {
  readonly format: 1
  /** Folder, stick or address. */
  readonly from: string
  readonly file: ReleaseFile
  readonly step: UpdateStep
  readonly wanted: Wanted | null
}
