// The connections that a rehearsal may cut; the composition root implements this between the lot and its links.
// Each cut ends by itself after its time, so that it cannot be forgotten.
import type { RehearsalCut } from '#base/pure/lot/rehearsal.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface CutSwitch {
  /** True when the lot, or this lane, has such a connection. */
  has(cut: RehearsalCut, laneId: string | null): boolean
  /** Reason against a cut now; null: none. */
  whyNot(cut: RehearsalCut, laneId: string | null): BilingualText | null
  /** Cuts until this monotonic time, µs. */
  cut(cut: RehearsalCut, laneId: string | null, untilUs: number): void
  restore(): void
  /** True when it has answered since its restoration, or was not used since. */
  isBack(cut: RehearsalCut, laneId: string | null): boolean
}
