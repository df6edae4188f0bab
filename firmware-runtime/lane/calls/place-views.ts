// Piles and handhelds: position, whether charging is allowed there, and the result of the last car. Positions are
// WGS-84 microdegrees.
import type { LaneStateName } from '../pure/lane.ts'
import type { ManualReason } from '#base/pure/words/manual-reason.ts'
import type { Fence } from '#base/pure/place/fence.ts'
import type { PlaceBar } from '#devices/pure/place/place.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import type { DeductionState } from '#base/pure/rows/ledger-row.ts'
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
  /** State of its newest deduction; null: none began. */
  readonly deduction: DeductionState | null
  /** Reason word for that state. */
  readonly reason: string
}

export interface PlaceView {
  readonly laneId: string
  readonly kind: 'etc-pile' | 'handheld'
  readonly space: string | null
  readonly fence: Fence | null
  readonly marginM: number
  /** Null for a pile: its position does not age. */
  readonly staleSec: number | null
  /** `fixed`: in the lot file; `gnss`: a receiver on a link; `host`: reports by `place.position`. */
  readonly source: 'fixed' | 'gnss' | 'host'
  /** The receiver of a handheld, and its state; null: only its host reports positions. */
  readonly receiver: {
    readonly link: string
    readonly up: boolean
    /** Time since its last report; null before the first one. */
    readonly heardMsAgo: number | null
  } | null
  readonly position: PlacePosition | null
  readonly ageMs: number | null
  /** Why charging is not allowed at its position, with its code; null: it is allowed. */
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

/** Why PLACE-06 would refuse a car; `elsewhere`: it is at a lane or another place. */
export type PlaceCarBar = 'busy' | 'antennaAway' | 'notPlate' | 'noStay' | 'elsewhere'

/** What a car would be charged at a place now. Nothing is written or charged. */
export interface PlaceQuoteView {
  readonly laneId: string
  /** Normal form; null: not a number plate. */
  readonly plate: string | null
  readonly colour: string
  readonly stayId: string | null
  readonly enteredAtIso: string | null
  readonly stayMin: number | null
  readonly amountFen: number
  /** Amount that `place.charge` would take now, by the tariff and earlier payments. */
  readonly dueFen: number
  readonly lines: readonly LineView[]
  readonly alreadyPaid: 'etc' | 'other' | null
  /** An earlier debit has an unknown result: it is settled first, never charged again. */
  readonly unsettled: boolean
  readonly why: PlaceCarBar | null
  /** The lane or place where the car is. */
  readonly elsewhere: string | null
}
