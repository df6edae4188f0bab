// The points and merchants of a scripted lot: two members, one with a car inside and one who owes points;
// a merchant with limits.
import type { MerchantsView } from '#money/calls/coupon-views.ts'
import type { PointsStatement, PointsView } from '#money/calls/points-views.ts'

export const pointsView: PointsView = {
  tariffId: 't',
  rules: { perYuan: 1, perVisit: 2, validDays: 365, fenPerPoint: 10, stayFenMax: 500 },
  rows: [
    { no: 'P-1', name: '赵', plates: ['测A12345'], points: 120, inside: ['测A12345'] },
    { no: 'P-2', name: '钱', plates: ['测B12345', '测C12345'], points: -5, inside: [] },
  ],
}

export const pointsStatement: PointsStatement = {
  no: 'P-1',
  points: 120,
  entries: [
    {
      atIso: '2026-11-20T09:00:00+08:00',
      stayId: 'n1-S7',
      points: -30,
      untilIso: null,
      code: 'YH77',
      isHeld: true,
    },
    {
      atIso: '2026-11-01T09:00:00+08:00',
      stayId: null,
      points: 150,
      untilIso: '2027-01-01T00:00:00+08:00',
      code: null,
      isHeld: false,
    },
  ],
}

export const merchantsView: MerchantsView = {
  month: '2026-11',
  owedFen: 4500,
  rows: [
    {
      name: '面馆',
      limits: { name: '面馆', dayCount: 20, monthCount: null, dayFen: null, monthFen: 50_000 },
      issuedToday: { count: 3, fen: 1500 },
      issued: { count: 30, fen: 15_000 },
      spent: { count: 9, fen: 4500 },
    },
    {
      name: '电影院',
      limits: null,
      issuedToday: { count: 0, fen: 0 },
      issued: { count: 2, fen: 0 },
      spent: { count: 0, fen: 0 },
    },
  ],
}
