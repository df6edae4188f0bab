// An outage rehearsal in the API: the running one, the last one, and what may be cut.
// Types only.
import type {
  EndedRehearsal,
  Rehearsal,
  RehearsalCut,
  RehearsalResult,
} from '#base/pure/lot/rehearsal.ts'
import type { InIso } from '#base/pure/values/instant.ts'
import type { OfflineCaps, OfflinePolicy } from '#base/pure/lot/config.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface RehearsalOffer {
  readonly cut: RehearsalCut
  readonly laneId: string | null
  /** Null: it can be cut now. */
  readonly whyNot: BilingualText | null
}

export type RunningRehearsalView = Omit<RehearsalResult, 'restored'> &
  InIso<Omit<Rehearsal, 'seq'>> & {
    /** `settling`: the connection is restored, and has some time to answer. */
    readonly phase: 'cut' | 'settling'
    readonly leftSec: number
  }

export type EndedRehearsalView = InIso<Omit<EndedRehearsal, 'seq' | 'endsAtMs'>>

export interface RehearsalView {
  readonly running: RunningRehearsalView | null
  readonly last: EndedRehearsalView | null
  readonly offers: readonly RehearsalOffer[]
  /** Why none may begin now; null: one may. */
  readonly bar: BilingualText | null
  /** A longer wait counts as slow, seconds. */
  readonly waitSecMax: number
}

export interface ExposureView {
  readonly exposureFen: number
  /** Card charges that wait for their upload. */
  readonly uploads: number
  /** Age of the oldest one; null: no such charge. */
  readonly oldestAgeMin: number | null
  /** Null: no list. */
  readonly listAgeMin: number | null
  readonly caps: OfflineCaps
  readonly policy: OfflinePolicy
  readonly arrearsFen: number
  readonly arrearsCount: number
}
