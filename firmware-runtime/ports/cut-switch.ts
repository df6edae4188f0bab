// What a rehearsal may cut: the composition root stands between the lot and its links.
// A cut ends by its own time, whoever forgets it.
import type { RehearsalCut } from '../core/rehearsal/rehearsal.ts'
import type { BilingualText } from '../core/values/fault-text.ts'

export interface CutSwitch {
  /** The lot, or this lane of it, has such a thing. */
  has(cut: RehearsalCut, laneId: string | null): boolean
  /** Why it cannot be cut now; null: it can. */
  whyNot(cut: RehearsalCut, laneId: string | null): BilingualText | null
  /** Monotonic time until which it is cut. */
  cut(cut: RehearsalCut, laneId: string | null, untilUs: number): void
  restore(): void
  /** It answered after it was restored, or nothing has asked it since. */
  isBack(cut: RehearsalCut, laneId: string | null): boolean
}
