// The link of a lot to the centre of many lots, as people see it (docs/centre.md).
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface CentreView {
  /** Null: the lot has no centre. */
  readonly url: string | null
  /**
   * `asking`: the request has not arrived yet; `pending`: a person at the centre compares the digits; `refused`, `expired`,
   * `unfit`: the pairing ended, and is asked again only by a person; `joined`: rows are sent.
   */
  readonly state: 'none' | 'asking' | 'pending' | 'refused' | 'expired' | 'unfit' | 'joined'
  /** Six digits; null: no pairing waits for a person. */
  readonly digits: string | null
  /** Since this start or a later request. */
  readonly pendingSinceIso: string | null
  /** Newest row of the ledger, and the last one that the centre has, as far as is known. */
  readonly lastSeq: number
  readonly reachedSeq: number
  /** Rows still to come. */
  readonly backlog: number
  /** Null: not since this start. */
  readonly heardAtIso: string | null
  /** When it last took a heartbeat; null: not since this start. */
  readonly beatAtIso: string | null
  /** Last day of the certificates; null before the pairing. */
  readonly untilIso: string | null
  /** What keeps the rows from it; null while they get there. */
  readonly fault: {
    readonly code: string
    readonly what: BilingualText
    readonly note: BilingualText
    /** False: it passes by itself. */
    readonly needsPerson: boolean
  } | null
}

export const noCentre: CentreView = {
  url: null,
  state: 'none',
  digits: null,
  pendingSinceIso: null,
  lastSeq: 0,
  reachedSeq: 0,
  backlog: 0,
  heardAtIso: null,
  beatAtIso: null,
  untilIso: null,
  fault: null,
}
