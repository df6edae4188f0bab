// The tariff of the demo lot: what a small lot in a Chinese town posts at its gate.
// 15 minutes free, first hour 3 yuan, each further started hour 2 yuan, at most 20 yuan a day.
import type { Tariff } from '../../core/billing/tariff.ts'

export const demoTariff: Tariff = {
  id: 'demo-small-lot',
  version: 1,
  name: { zh: '演示停车场费率', en: 'Demo lot tariff' },
  freeMin: 15,
  firstPeriodMin: 60,
  firstFen: 300,
  nextPeriodMin: 60,
  nextFen: 200,
  dailyCapFen: 2000,
  dayBoundary: 'calendar',
  freeMinutesCounted: true,
  graceAfterPayMin: 15,
  classes: { '2': { firstFen: 600, nextFen: 400, dailyCapFen: 4000 } },
}
