// A tariff file of version 1, as lots still have it on disk: that of the demo lot before version 2.
// Tests change single numbers of it; the lifted tariff must give the same prices as version 1 did.
import { liftVersionOne } from '#lane/lot/files/tariff-version-1.ts'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'

/** Its numbers for every class of vehicle. */
export const oneClass = {
  freeMin: 15,
  firstPeriodMin: 60,
  firstFen: 300,
  nextPeriodMin: 60,
  nextFen: 200,
  dailyCapFen: 2000,
  dayBoundary: 'calendar' as const,
  freeMinutesCounted: true,
  graceAfterPayMin: 15,
}
export const versionOne = {
  id: 'demo-small-lot',
  version: 1 as const,
  name: { zh: '演示停车场费率', en: 'Demo lot tariff' },
  ...oneClass,
  classes: { '2': { firstFen: 600, nextFen: 400, dailyCapFen: 4000 } },
}

/** The text of a file by which nothing is free, so every car pays. */
export const alwaysPays = JSON.stringify({
  id: 'always-pays',
  version: 1,
  name: { zh: '从不免费', en: 'Never free' },
  ...oneClass,
  freeMin: 0,
})

export type VersionOneFile = Parameters<typeof liftVersionOne>[0]

/** The same file with other numbers, lifted to the current version. */
export const lifted = (over: Partial<VersionOneFile> = {}): Tariff =>
  liftVersionOne({ ...versionOne, ...over })

/** A plan in which every stay costs this amount. */
export const visit = (visitFen: number): TariffPlan => ({
  freeMin: 0,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', visitFen }],
  caps: {},
})

/** A tariff of one plan; what is not given of it costs one fen a minute. */
export const tariffOf = (over: Partial<TariffPlan> = {}): Tariff => ({
  ...lifted(),
  editions: [
    {
      graceAfterPayMin: 0,
      plans: [
        {
          freeMin: 0,
          freeMinutesCounted: true,
          stepsRestart: 'never',
          bands: [{ from: '00:00', to: '24:00', steps: [{ min: 1, fen: 1 }] }],
          caps: {},
          ...over,
        },
      ],
    },
  ],
})

/** One price per step all day, no free time and no caps. */
export const steadyPlan = (min: number, fen: number): TariffPlan => ({
  freeMin: 0,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [{ from: '00:00', to: '24:00', steps: [{ min, fen }] }],
  caps: {},
})
