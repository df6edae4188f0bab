// The last charge of each card, for the duplicate guard (P23).
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { LotState } from './lot-state.ts'

/** The duplicate guard looks back five minutes (P23); a day covers every clock set back by hand. */
export const chargedKeptMs = 86_400_000

/** Keeps the charges in order of time, so that the oldest are at the front. */
export function noteCharged(
  lot: Pick<LotState, 'chargedAtMs'>,
  cardNo: string,
  atMs: InstantMs,
): void {
  lot.chargedAtMs.delete(cardNo)
  lot.chargedAtMs.set(cardNo, atMs)
  for (const [oldest, chargedMs] of lot.chargedAtMs) {
    if (chargedMs >= atMs - chargedKeptMs) return
    lot.chargedAtMs.delete(oldest)
  }
}
