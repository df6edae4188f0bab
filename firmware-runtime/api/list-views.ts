// What is shown of the status list (P18): which version, how old, where from, and what went wrong at the last try.
// Its age decides whether a card is charged by the lane itself.
import type { CodedFault } from './rows.ts'
import type { FaultCode } from '../core/faults/faults.ts'

/** Of a folder that no runtime has open. */
export interface FolderListView {
  /** `0`: none was ever loaded. */
  readonly version: string
  readonly asOfIso: string | null
  readonly ageSec: number | null
  /** Cards and OBUs on it; null where only the file of the folder is known. */
  readonly count: number | null
  /** `old`: a download is late. `expired`: above the limit of the lot, no lane debits a card by itself. */
  readonly state: 'fresh' | 'old' | 'expired' | 'none'
}

export interface ListView extends FolderListView {
  readonly source: 'platform' | 'file' | 'none'
  /** When it passes the limit; null where there is none. */
  readonly endsIso: string | null
  /** Null before the first try, and where no platform is asked. */
  readonly triedIso: string | null
  readonly nextIso: string | null
  readonly fault: (CodedFault & { readonly code: FaultCode }) | null
}

/** When a lane stops to debit cards by itself, told hours before, and what it does then. */
export interface DebitEndView {
  readonly atIso: string
  /** It has stopped. */
  readonly isOver: boolean
  readonly why: 'listTooOld' | 'signInExpired'
  /** A code that the driver pays by, or a person. */
  readonly then: 'code' | 'person'
}
