// An outage rehearsal as calls tell it: the one that runs, the last one, and what may be cut.
// Shapes only.
import type { RehearsalCut, RehearsalEnd, RehearsalResult } from '../core/rehearsal/rehearsal.ts'
import type { OfflineCaps, OfflinePolicy } from '../core/lot/config.ts'
import type { BilingualText } from '../core/values/fault-text.ts'

export interface RehearsalOffer {
  readonly cut: RehearsalCut
  readonly laneId: string | null
  /** Null: it can be cut now. */
  readonly whyNot: BilingualText | null
}

export interface RunningRehearsalView extends Omit<RehearsalResult, 'restored'> {
  readonly cut: RehearsalCut
  readonly laneId: string | null
  readonly beganAtIso: string
  readonly endsAtIso: string
  /** `settling`: it is restored, and has some time to answer. */
  readonly phase: 'cut' | 'settling'
  readonly leftSec: number
}

export interface EndedRehearsalView extends RehearsalResult {
  readonly cut: RehearsalCut
  readonly laneId: string | null
  readonly beganAtIso: string
  readonly endedAtIso: string
  readonly endedBy: RehearsalEnd
}

export interface RehearsalView {
  readonly running: RunningRehearsalView | null
  readonly last: EndedRehearsalView | null
  readonly offers: readonly RehearsalOffer[]
  /** Why none may begin now; null: one may. */
  readonly bar: BilingualText | null
  /** Above it a wait counts as slow, seconds. */
  readonly waitSecMax: number
}

export interface ExposureView {
  readonly exposureFen: number
  /** Charges of cards that wait for their upload. */
  readonly uploads: number
  /** Of the oldest of them; null without any. */
  readonly oldestAgeMin: number | null
  /** Null without a list. */
  readonly listAgeMin: number | null
  readonly caps: OfflineCaps
  readonly policy: OfflinePolicy
  readonly arrearsFen: number
  readonly arrearsCount: number
}
