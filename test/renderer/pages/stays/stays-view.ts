// Stays to check for tests of the window: two old ones, and one that matches an exit.
// Plates are invented.
import type { StaysToCheckView } from '#lane/calls/stays-views.ts'

const stay = {
  stayId: 'S-DEMO01-17',
  plate: '测A22222',
  colour: 'blue',
  enteredAtIso: '2026-03-09T08:12:40+08:00',
  laneId: 'entry',
  photoId: null,
  noEntry: false,
  paidFen: 0,
}

export const staysToCheck: StaysToCheckView = {
  afterDays: 3,
  inside: 41,
  count: 2,
  rows: [stay, { ...stay, stayId: 'S-DEMO01-18', plate: null, paidFen: 500 }],
  refunds: [
    {
      refundId: 'R-DEMO01-31',
      stayId: 'S-DEMO01-5',
      laneId: 'exit',
      plate: '测A44444',
      amountFen: 1200,
      askedAtIso: '2026-03-13T18:02:11+08:00',
      rejected: false,
    },
    {
      refundId: 'R-DEMO01-32',
      stayId: 'S-DEMO01-9',
      laneId: 'exit',
      plate: '测A55555',
      amountFen: 300,
      askedAtIso: '2026-03-14T08:12:11+08:00',
      rejected: false,
      held: 'otherPlatform GX00012 https://a.invalid',
    },
  ],
  charges: [
    {
      deductionId: 'O-DEMO01-7.D1',
      stayId: 'S-DEMO01-6',
      orderId: 'O-DEMO01-7',
      laneId: 'exit',
      plate: '测A33333',
      cardNo: '4501000000000007',
      amountFen: 1500,
      askedAtIso: '2026-03-14T09:12:31+08:00',
    },
  ],
  asked: { count: 0, amountFen: 0, sinceIso: null, stayIds: [] },
  notUploaded: [
    {
      deductionId: 'O-DEMO01-9.D1',
      stayId: 'S-DEMO01-8',
      orderId: 'O-DEMO01-9',
      laneId: 'exit',
      cardNo: '4501000000000009',
      amountFen: 800,
      paidAtIso: '2026-03-14T11:20:05+08:00',
      reason: 'noTac',
      detail: '',
    },
  ],
  pairs: [
    {
      stay: { ...stay, stayId: 'S-DEMO01-190', plate: '测A11111' },
      exit: {
        stayId: 'S-DEMO01-201',
        plate: '测A11117',
        laneId: 'exit',
        leftAtIso: '2026-03-14T09:40:02+08:00',
      },
    },
  ],
}
