// A tariff file of version 1 as lots have it on their disks: that of the demo lot until version 2.
// Tests change single numbers of it; what is lifted from it must price as it always did.
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

/** That file with other numbers, as it is read. */
export const lifted = (over: Partial<VersionOneFile> = {}): Tariff =>
  liftVersionOne({ ...versionOne, ...over })
