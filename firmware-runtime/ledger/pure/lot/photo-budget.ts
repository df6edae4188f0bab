// The space that a person set for photos: used up, nearly used up, or used up within weeks at the rate of the days so far.
import type { UpkeepConfig } from '#base/pure/lot/config.ts'
import { fullSoonDays } from './disk-forecast.ts'

interface PhotosHeld {
  readonly photoDays: readonly string[]
  readonly photoMb: number | null
}

const mbInGb = 1024
/** Share of the budget from which it is reported. */
const nearShare = 0.9
/** Days of photos from which a day's size is known well enough to look ahead. */
const photoDaysKnown = 7

export const isOverBudget = ({ photoMb }: PhotosHeld, { photoGb }: UpkeepConfig): boolean =>
  photoGb !== null && photoMb !== null && photoMb > photoGb * mbInGb

/**
 * True when photos have nearly used up their budget, or will within six weeks if each further day takes as much as the
 * days so far. Photos stop to grow at their retention time.
 */
export function isBudgetNear(
  { photoMb, photoDays }: PhotosHeld,
  { photoGb, photoDays: keepDays }: UpkeepConfig,
): boolean {
  if (photoGb === null || photoMb === null) return false
  const budgetMb = photoGb * mbInGb
  if (photoMb >= budgetMb * nearShare) return true
  const days = photoDays.length
  if (days < photoDaysKnown) return false
  return (photoMb / days) * Math.min(keepDays, days + fullSoonDays) > budgetMb
}

export const nearFault = (mb: number, gb: number, days: number, keepDays: number) => ({
  code: 'UPKEEP-04' as const,
  note: `${mb} MB of ${gb} GB, ${days} of ${keepDays} days`,
})
