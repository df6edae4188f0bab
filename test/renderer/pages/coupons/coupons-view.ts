// The coupons of a scripted lot, one in each state,
// and two cars that left unpaid.
import type { ArrearsListView, CouponsView } from '#money/calls/coupon-views.ts'
import { couponCodeOf } from '#base/pure/values/coupon-code.ts'

const plain = { merchant: '面馆', from: '2026-11-01', until: '2026-12-31', batch: 'b' } as const
const code = (n: number): string => couponCodeOf('lot', Uint8Array.of(1, 2, 3, 4, n))

export const couponsView: CouponsView = {
  count: 4,
  free: 1,
  spent: 1,
  todayIso: '2026-11-20',
  rows: [
    {
      coupon: { ...plain, code: code(1), kind: 'amount', value: 500 },
      state: 'free',
      stayId: null,
      plate: null,
    },
    {
      coupon: { ...plain, code: code(2), kind: 'time', value: 120 },
      state: 'held',
      stayId: 'n1-S1',
      plate: '测A12345',
    },
    {
      coupon: { ...plain, code: code(3), kind: 'percent', value: 50, merchant: '电影院' },
      state: 'spent',
      stayId: 'n1-S9',
      plate: null,
    },
    {
      coupon: { ...plain, code: code(4), kind: 'whole', value: 0, until: '2026-11-10' },
      state: 'expired',
      stayId: null,
      plate: null,
    },
  ],
}

export const arrearsView: ArrearsListView = {
  sumFen: 2000,
  rows: [
    {
      orderId: 'n1-O7',
      stayId: 'n1-S7',
      plate: '测B12345',
      amountFen: 1200,
      leftAtIso: '2026-11-18T20:12:00+08:00',
      isOpen: false,
      isDue: false,
      cardBar: null,
      typedBy: null,
      photoId: null,
      backFrom: 'n1-S3',
    },
    {
      orderId: 'n1-O8',
      stayId: 'n1-S8',
      plate: '测C12345',
      amountFen: 500,
      leftAtIso: '2026-11-19T09:30:00+08:00',
      isOpen: false,
      isDue: true,
      cardBar: null,
      typedBy: null,
      photoId: null,
      backFrom: null,
    },
    {
      orderId: 'n1-O9',
      stayId: 'n1-S9',
      plate: null,
      amountFen: 300,
      leftAtIso: '2026-11-19T10:00:00+08:00',
      isOpen: true,
      isDue: false,
      cardBar: null,
      typedBy: null,
      photoId: null,
      backFrom: null,
    },
  ],
}
