// One passage as the ledger tells it, for tests of the timeline: rows, events and frames.
// The car of every other test view.
import type { TimelineView } from '../../firmware-runtime/api/views.ts'
import { car, events, isoAt } from './lane-views.ts'

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
}
