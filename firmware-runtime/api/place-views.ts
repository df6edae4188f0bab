// Piles and handhelds: where one is, whether it may charge there, and what became of its last car.
// Positions are WGS-84 microdegrees.
import type { LaneStateName } from '../core/lane/lane.ts'
import type { ManualReason } from '../core/values/manual-reason.ts'
import type { Fence } from '../core/place/fence.ts'
import type { PlaceBar } from '../core/place/place.ts'
import type { FaultCode } from '../core/faults/faults.ts'
import type { DeductionState } from '../core/values/rows/ledger-row.ts'
import type { LineView } from './views.ts'

interface PlacePosition {
  readonly latMicrodeg: number
  readonly lonMicrodeg: number
  readonly accuracyMm: number | null
}

export interface PlaceCarView {
  readonly plate: string | null
  readonly stayId: string | null
  readonly orderId: string | null
  readonly amountFen: number
  /** Paid for this order by any means. */
  readonly paidFen: number
  /** State of its newest deduction; null: none was begun. */
  readonly deduction: DeductionState | null
  /** Word of why that one ended so. */
  readonly reason: string
}

export interface PlaceView {
  readonly laneId: string
  readonly kind: 'etc-pile' | 'handheld'
  readonly space: string | null
  readonly fence: Fence | null
  readonly marginM: number
  /** Null for a pile: what does not move does not grow old. */
  readonly staleSec: number | null
  /** `fixed` in the lot file, `gnss` a receiver on a link, `host` reports by `place.position`. */
  readonly source: 'fixed' | 'gnss' | 'host'
  /** The receiver of a handheld, and whether it talks; null where nobody but its host tells. */
  readonly receiver: {
    readonly link: string
    readonly up: boolean
    /** Since its last report; null before the first. */
    readonly heardMsAgo: number | null
  } | null
  readonly position: PlacePosition | null
  readonly ageMs: number | null
  /** Why it may not charge where it is now, with its code; null: it may. */
  readonly bar: PlaceBar | null
  readonly code: FaultCode | null
  readonly state: LaneStateName
  readonly manual: ManualReason | null
  readonly car: PlaceCarView | null
  /** The car before that one. */
  readonly last: PlaceCarView | null
}

export interface PlacesView {
  readonly places: readonly PlaceView[]
}

/** Why PLACE-06 would refuse a car; `elsewhere`: a lane or another place has it. */
export type PlaceCarBar = 'busy' | 'antennaAway' | 'notPlate' | 'noStay' | 'elsewhere'

/** What a car would be charged at a place now. Nothing is written: asking costs nobody anything. */
export interface PlaceQuoteView {
  readonly laneId: string
  /** Normal form; null: not a number plate. */
  readonly plate: string | null
  readonly colour: string
  readonly stayId: string | null
  readonly enteredAtIso: string | null
  readonly stayMin: number | null
  readonly amountFen: number
  /** What `place.charge` would take now, by the tariff and what was paid before. */
  readonly dueFen: number
  readonly lines: readonly LineView[]
  readonly alreadyPaid: 'etc' | 'other' | null
  /** An earlier debit has no known result: it is looked into first, never charged again. */
  readonly unsettled: boolean
  readonly why: PlaceCarBar | null
  /** The lane or place that has the car. */
  readonly elsewhere: string | null
}
