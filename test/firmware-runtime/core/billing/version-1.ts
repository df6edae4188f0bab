// A tariff file of version 1, as lots still have it on disk: that of the demo lot before version 2.
// Tests change single numbers of it; the lifted tariff must give the same prices as version 1 did.
import { liftVersionOne } from '../../../../firmware-runtime/app/lot/tariff-version-1.ts'
import type { Tariff } from '../../../../firmware-runtime/core/billing/tariff.ts'

export const versionOne = {
  id: 'demo-small-lot',
  version: 1 as const,
  name: { zh: '演示停车场费率', en: 'Demo lot tariff' },
  freeMin: 15,
  firstPeriodMin: 60,
  firstFen: 300,
  nextPeriodMin: 60,
  nextFen: 200,
  dailyCapFen: 2000,
  dayBoundary: 'calendar' as const,
  freeMinutesCounted: true,
  graceAfterPayMin: 15,
  classes: { '2': { firstFen: 600, nextFen: 400, dailyCapFen: 4000 } },
}

export type VersionOneFile = Parameters<typeof liftVersionOne>[0]

/** The same file with other numbers, lifted to the current version. */
export const lifted = (over: Partial<VersionOneFile> = {}): Tariff =>
  liftVersionOne({ ...versionOne, ...over })
