// One passage from the ledger, for tests of the timeline: rows, events and frames.
// The car is that of all other test views.
import type { CarFileView } from '#lane/calls/explain.ts'
import type { PayAttemptView, RefundAskView } from '#money/calls/pay.ts'
import type { TimelineView } from '#lane/calls/views.ts'
import { car, events, isoAt } from '../lane/lane-views.ts'

export const timeline: TimelineView = {
  stayId: 'S-DEMO01-000231',
  photoId: 'p-1',
  exitPhotoId: 'p-2',
  events,
  rows: [
    {
      seq: 1801,
      kind: 'stayOpened',
      atIso: isoAt('08:02:11'),
      laneId: 'entry',
      amountFen: null,
      body: { plate: '测A12345', colour: 'blue', noEntry: false, photo: 'p-1' },
    },
    {
      seq: 1835,
      kind: 'orderMade',
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      amountFen: 1200,
      body: { tariffId: 'demo', lines: car().lines, plate: '测A12345', plateRaw: '测A12345' },
    },
    {
      seq: 1836,
      kind: 'intent',
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      amountFen: 1200,
      body: { chargeMode: 'online', outTradeNo: 'DEMO0120260314101520000198' },
    },
    {
      seq: 1837,
      kind: 'outbox',
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      amountFen: 1200,
      body: {
        outboxId: 'U-1',
        destination: 'platform',
        op: 'charge',
        businessNo: 'DEMO01',
        body: '{}',
      },
    },
    {
      seq: 1838,
      kind: 'outboxState',
      atIso: isoAt('10:15:21'),
      laneId: 'exit',
      amountFen: null,
      body: {
        outboxId: 'U-1',
        state: 'confirmed',
        attempt: 1,
        httpStatus: 200,
        respCode: 'SUCCESS',
        requestId: '08F7A6B1C2D3E4F50617',
        tradeNo: 'T1',
        note: null,
      },
    },
    {
      seq: 1839,
      kind: 'outcome',
      atIso: isoAt('10:15:21'),
      laneId: 'exit',
      amountFen: 1200,
      body: { state: 'paid', source: 'platform', reason: '', proof: null },
    },
    {
      seq: 1842,
      kind: 'stayClosed',
      atIso: isoAt('10:15:28'),
      laneId: 'exit',
      amountFen: null,
      body: { end: 'etc', leftAtMs: 1_773_454_528_000 },
    },
  ],
  frames: [
    {
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      stayId: 'S-DEMO01-000231',
      direction: 'in',
      type: 'B2',
      hex: 'ffff0100b200010203040506070809aabbccddeeff00112233445566778899ff',
      fields: { obuId: '45010123456789AB', vehicleClass: 1, status: 0 },
    },
    {
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      stayId: 'S-DEMO01-000231',
      direction: 'out',
      type: 'C2',
      hex: 'ffff0200c2000102030405ff',
      fields: { obuId: '45010123456789AB', stopType: 1 },
    },
  ],
  turns: [
    {
      atIso: isoAt('10:15:20'),
      laneId: 'exit',
      event: 'cardRead',
      after: 'charging',
      asked: [
        { ask: 'isBlacklisted', answer: false },
        { ask: 'settleBar', answer: null },
      ],
      did: ['append', 'rsu', 'charge'],
    },
  ],
  why: [
    {
      topic: 'price',
      title: { zh: '为什么是 ¥ 12.00', en: 'Why ¥ 12.00' },
      lines: [{ zh: '首 60 分钟:¥ 8.00', en: 'First 2 hours: ¥ 8.00' }],
    },
  ],
  story: [
    { of: 'row', index: 0, laneId: 'entry', offsetMs: 0 },
    { of: 'frame', index: 0, laneId: 'exit', offsetMs: 0 },
    { of: 'turn', index: 0, laneId: 'exit', offsetMs: 20 },
    ...[1, 2, 3, 4, 5, 6].map((index) => ({
      of: 'row' as const,
      index,
      laneId: 'exit',
      offsetMs: 100 * index,
    })),
    { of: 'frame', index: 1, laneId: 'exit', offsetMs: 700 },
    ...events.map((_, index) => ({
      of: 'event' as const,
      index,
      laneId: 'exit',
      offsetMs: 800 + index,
    })),
  ],
}

export const carFile: CarFileView = {
  fileName: 'car-DEMO01-S-DEMO01-000231.etccar',
  text: '{}\n{}\n',
  isMasked: true,
  day: 20_260_314,
  differences: 0,
}

/** Part of its charge is under review for a refund at the platform. */
export const stayPayments: { readonly rows: readonly PayAttemptView[] } = {
  rows: [
    {
      orderId: 'O-DEMO01-000231',
      attemptNo: 'PDEMO01N1261120103012006F1',
      means: 'etc',
      state: 'paid',
      amountFen: 1200,
      paidFen: 1200,
      leftFen: 900,
      refunds: [
        {
          refundNo: 'DEMO01-n1-R240',
          amountFen: 300,
          why: 'person',
          state: 'review',
          requestedBy: '李四',
          approvedBy: '王老板',
          askedAtIso: isoAt('10:40:00'),
          reason: '多收了',
          refusal: '',
        },
      ],
    },
  ],
}

const asked: RefundAskView = {
  askId: 'ask-00000001',
  stayId: 'S-DEMO01-000231',
  plate: '测A12345',
  attemptNo: 'PDEMO01N1261120103012006F1',
  means: 'etc',
  amountFen: 250,
  by: '王老板',
  reason: '多收',
  askedAtIso: isoAt('10:42:00'),
  state: 'waiting',
  answered: null,
  second: ['李四'],
}
/** Another person's request, one's own, and answered ones. */
export const refundAsks: readonly RefundAskView[] = [
  asked,
  { ...asked, askId: 'ask-00000002', by: '李四', attemptNo: 'P2', second: ['王老板'] },
  {
    ...asked,
    askId: 'ask-00000003',
    attemptNo: 'P3',
    state: 'agreed',
    answered: { by: '李四', reason: '核对过,同意', atIso: isoAt('10:50:00') },
    second: null,
  },
  {
    ...asked,
    askId: 'ask-00000004',
    attemptNo: 'M-000017',
    stayId: null,
    plate: null,
    means: 'cash',
    state: 'declined',
    answered: { by: '李四', reason: '收费没有错', atIso: isoAt('10:51:00') },
    second: null,
  },
]
