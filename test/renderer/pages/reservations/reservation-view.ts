// Data for the page of reservations: a working link, two reservations of today, one shared row of bays.
// Plates and numbers are invented.
import type {
  ReservationCheckView,
  ReservationLinkView,
  ReservationsView,
} from '#lane/calls/reservation-views.ts'

export const linkView: ReservationLinkView = {
  broker: 'mqtts://127.0.0.1:8883',
  state: 'up',
  detail: null,
  sinceIso: '2026-03-02T07:00:00.000+08:00',
  lastSeq: 12,
  ackSeq: 12,
  unsent: 0,
  behindSeq: null,
  received: { done: 3 },
  retained: 0,
  http: null,
}
export const reservationsView: ReservationsView = {
  isOn: true,
  fault: null,
  link: linkView,
  isFlowControlled: false,
  level: 1,
  keptBays: 1,
  today: [
    {
      orderNo: 'R1',
      kind: 'reserved',
      plate: '测A12345',
      fromIso: '2026-03-02T08:00:00.000+08:00',
      toIso: '2026-03-02T10:00:00.000+08:00',
      terms: { kind: 'prepaid', amountFen: 200 },
      shareNo: null,
      state: 'awaited',
      stayId: null,
    },
    {
      orderNo: 'R2',
      kind: 'shared',
      plate: '测A54321',
      fromIso: '2026-03-02T06:00:00.000+08:00',
      toIso: '2026-03-02T07:30:00.000+08:00',
      terms: { kind: 'discount', bp: 2_500 },
      shareNo: 'S1',
      state: 'overstayed',
      stayId: 'stay-2',
    },
  ],
  shares: [
    {
      shareNo: 'S1',
      bays: 2,
      fromIso: '2026-03-01T00:00:00.000+08:00',
      toIso: '2026-03-31T00:00:00.000+08:00',
      dayFrom: '08:00',
      dayTo: '18:00',
      providers: [{ providerId: 'P1', bp: 7_000 }],
    },
  ],
}
export const reservationCheck: ReservationCheckView = {
  standard: '附录 A',
  requirements: [
    { id: 'A-01', what: { zh: '有平台', en: 'a platform' }, verdict: 'met', value: '' },
    { id: 'A-02', what: { zh: '有相机', en: 'a camera' }, verdict: 'notMet', value: 'exit' },
    { id: 'A-03', what: { zh: '有标志', en: 'a sign' }, verdict: 'person', value: '' },
  ],
  deadlines: [],
}
