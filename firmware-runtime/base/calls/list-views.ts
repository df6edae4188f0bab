// The status list (P18) as shown to people: version, age, source, and the fault of the last download. Its age decides
// whether the lane itself may debit a card.
import type { CodedFault } from './rows.ts'
import type { FaultCode } from '../pure/faults/faults.ts'

/** The list of a folder that no runtime has open. */
export interface FolderListView {
  /** `0`: no list was ever loaded. */
  readonly version: string
  readonly asOfIso: string | null
  readonly ageSec: number | null
  /** Cards and OBUs on the list; null: only the file in the folder is known. */
  readonly count: number | null
  /** `old`: a download is late. `expired`: older than the limit of the lot; no lane debits a card by itself. */
  readonly state: 'fresh' | 'old' | 'expired' | 'none'
}

export interface ListView extends FolderListView {
  readonly source: 'platform' | 'file' | 'none'
  /** When it exceeds the age limit; null: no list was loaded. */
  readonly endsIso: string | null
  /** Last download attempt; null before the first one, and when no platform is joined. */
  readonly triedIso: string | null
  readonly nextIso: string | null
  readonly fault: (CodedFault & { readonly code: FaultCode }) | null
}

/** When a lane stops debiting cards by itself, announced hours before, and what it does then. */
export interface DebitEndView {
  readonly atIso: string
  /** The time has passed. */
  readonly isOver: boolean
  readonly why: 'listTooOld' | 'signInExpired'
  /** `code`: the driver pays by code; `person`: a person handles the car. */
  readonly then: 'code' | 'person'
}
