// Passports and first cars of a scripted lot: one drifted setting, one refunded test.
// Shared by the tests of the screen and the contact sheet.
import type { FirstCarView } from '../../firmware-runtime/api/first-car-views.ts'
import type { PassportDriftView } from '../../firmware-runtime/api/passport-views.ts'

export const powerRow: PassportDriftView['rows'][number] = {
  kind: 'setting',
  device: 'rsu',
  name: 'powerStep',
  unit: 'step',
  state: 'changed',
  before: '12',
  now: '14',
  title: { zh: '发射功率档位', en: 'Transmit power step' },
}
export const firstCar: FirstCarView = {
  testId: 'n1-F1',
  laneId: 'exit',
  plate: '测A12345',
  by: '装机员',
  reason: '首车',
  askedAtIso: '2026-11-20T08:00:00.000+08:00',
  phase: 'refunded',
  sinceIso: '2026-11-20T08:01:00.000+08:00',
  amountFen: 1,
  orderId: 'n1-T2',
  deductionId: 'n1-T2.D1',
  outTradeNo: 'P1',
  refundId: 'n1-R3',
  untilIso: null,
  ask: false,
}

export const passportDrift: PassportDriftView = {
  laneId: 'exit',
  checkedAtIso: '2026-11-20T08:00:00.000+08:00',
  passport: {
    file: '/data/passports/exit-20261101T080000000.etcpassport',
    madeAtIso: '2026-11-01T08:00:00.000+08:00',
    by: '装机员',
    signedBy: 'TEST',
  },
  drifted: true,
  rows: [powerRow],
}
