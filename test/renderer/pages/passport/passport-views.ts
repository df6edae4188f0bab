// Passports and first cars of a scripted lot: one drifted setting, one refunded test.
// Shared by the tests of the screen and the contact sheet.
import type { FirstCarView } from '#lane/calls/first-car-views.ts'
import type { DeviceVersionsView, PassportDriftView } from '#devices/calls/passport-views.ts'

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

/** The antenna has another version, the camera the accepted one, the barrier tells none. */
export const passportVersions: DeviceVersionsView = {
  rows: [
    {
      laneId: 'exit',
      device: 'rsu',
      state: 'changed',
      now: { version: '0201', hardware: null, serial: '000829' },
      sinceIso: '2026-11-19T03:00:00.000+08:00',
      readAtIso: '2026-11-20T08:00:00.000+08:00',
      silentSinceIso: null,
      accepted: {
        version: '0200',
        hardware: null,
        serial: '000829',
        atIso: '2026-11-01T08:00:00.000+08:00',
        by: '装机员',
        how: 'passport',
      },
    },
    {
      laneId: 'exit',
      device: 'camera',
      state: 'same',
      now: { version: 'V1.0.0', hardware: null, serial: 'S1' },
      sinceIso: '2026-11-01T08:00:00.000+08:00',
      readAtIso: '2026-11-20T08:00:00.000+08:00',
      silentSinceIso: null,
      accepted: {
        version: 'V1.0.0',
        hardware: null,
        serial: 'S1',
        atIso: '2026-11-01T08:00:00.000+08:00',
        by: '',
        how: 'first',
      },
    },
    {
      laneId: 'exit',
      device: 'barrier',
      state: 'unread',
      now: null,
      sinceIso: null,
      readAtIso: null,
      silentSinceIso: null,
      accepted: null,
    },
  ],
}
