// Limits of what a small lot may accept without a platform, where a person says nothing else (D.2 rule 11).
// Every value can be changed in lot.json.
import type { OfflineCaps } from '../../core/lot/config.ts'

export const standardCaps: OfflineCaps = {
  perChargeFen: 5000,
  totalFen: 200_000,
  count: 500,
  oldestMin: 4320,
  blacklistAgeMin: 1440,
  signInAgeMin: 240,
  perCardFen: 10_000,
}
