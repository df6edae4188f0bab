// The tariff of the demo lot: what a small lot in a Chinese town posts at its gate.
// 15 minutes free, first hour 3 yuan, each further started hour 2 yuan, at most 20 yuan a day; buses the double.
import type { Tariff, TariffPlan } from '../pure/billing/tariff.ts'

const planOf = (firstFen: number, nextFen: number, dayFen: number): TariffPlan => ({
  freeMin: 15,
  freeMinutesCounted: true,
  stepsRestart: 'never',
  bands: [
    {
      from: '00:00',
      to: '24:00',
      steps: [
        { min: 60, fen: firstFen, times: 1 },
        { min: 60, fen: nextFen },
      ],
    },
  ],
  caps: { dayFen },
})

export const demoTariff: Tariff = {
  id: 'demo-small-lot',
  version: 2,
  name: { zh: '演示停车场费率', en: 'Demo lot tariff' },
  use: 'commercial',
  decidedBy: 'exit',
  days: { holidays: [], workdays: [] },
  editions: [
    {
      graceAfterPayMin: 15,
      plans: [{ when: { classes: [2] }, ...planOf(600, 400, 4000) }, planOf(300, 200, 2000)],
    },
  ],
}
