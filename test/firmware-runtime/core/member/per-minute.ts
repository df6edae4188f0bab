// A tariff of one fen a minute: the price of a stay is the time that was not covered.
// For tests of what members, coupons and points take off.
import type { Tariff } from '../../../../firmware-runtime/core/billing/tariff.ts'
import { lifted } from '../billing/version-1.ts'

export const perMinute: Tariff = {
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
        },
      ],
    },
  ],
}
