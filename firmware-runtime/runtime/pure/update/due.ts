// When a wanted update may be begun, and which one it is: pure.
import { civil, type InstantMs } from '#base/pure/values/instant.ts'
import { compareVersions } from './offer.ts'
import type { UpdatePlan, Wanted } from './plan.ts'
import type { Slot } from './slots.ts'

/** Hours of the lot's day in which `tonight` begins an update. */
const night = { from: 2, to: 5 } as const

/** `nowMs`: null while the clock is in doubt, when no hour is known. */
export function isDue({ when }: Wanted, nowMs: InstantMs | null): boolean {
  if (when === 'now') return true
  if (nowMs === null) return false
  const { hour } = civil(nowMs)
  return night.from <= hour && hour < night.to
}

/** The slot that a plan wants and a person asked for; null: none, or none that is newer than what runs. */
export function wantedSlot(plan: UpdatePlan | null, running: string): Slot | null {
  if (plan === null || plan.wanted === null || plan.step.is !== 'tried') return null
  const { slot } = plan.step
  return compareVersions(slot.version, running) > 0 ? slot : null
}
