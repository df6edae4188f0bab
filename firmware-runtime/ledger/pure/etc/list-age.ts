// How old a status list may be: fetched each quarter of an hour, a warning above half an hour, useless above the lot's limit (P18).
// The limit of a lot is at most 24 h; beyond it no lane debits a card without the platform.
import type { InstantMs } from '#base/pure/values/instant.ts'

export const listLimits = {
  fullEveryMs: 86_400_000,
  /** After the first failure; twice as long after each further one. */
  retryMs: 60_000,
  /** After a start the links are opened first. */
  firstMs: 3_000,
  warnMs: 1_800_000,
} as const

export function listState(
  asOfMs: InstantMs | null,
  nowMs: InstantMs,
  ageMaxMs: number,
): 'fresh' | 'old' | 'expired' | 'none' {
  if (asOfMs === null) return 'none'
  if (nowMs - asOfMs > ageMaxMs) return 'expired'
  return nowMs - asOfMs > listLimits.warnMs ? 'old' : 'fresh'
}
