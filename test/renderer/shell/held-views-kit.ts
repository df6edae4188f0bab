// A held record in the runtime's answer: its platform refuses one member, others are read-only.
// For tests of the page and for the contact sheet.
import type { HeldRecordView } from '#ledger/calls/queue.ts'

const text = { kind: 'text', max: 60, min: null, oneOf: [], optional: false } as const
export const heldRecord: HeldRecordView = {
  outboxId: 'n1-U5',
  op: 'exitUpload',
  businessNo: 'PGX00012N1',
  destination: 'platform',
  stayId: 'n1-S1',
  amountFen: 500,
  atIso: '2026-11-20T10:15:20.000+08:00',
  attempts: 1,
  why: 'memberRefused 200005 characters /deviceId',
  named: 'deviceId',
  mayMend: true,
  mayRelease: true,
  mayEnd: false,
  plateAlsoAt: [],
  members: [
    { name: 'outTradeNo', value: 'PGX00012N1', takes: null, sealed: 'number', clause: 'P12, D.2' },
    { name: 'deviceId', value: 'GX00012-exit', takes: text, sealed: null, clause: '' },
    { name: 'tac', value: '1A2B3C4D', takes: null, sealed: 'tac', clause: 'P12' },
    {
      name: 'merchantId',
      value: null,
      takes: { ...text, optional: true },
      sealed: null,
      clause: '',
    },
  ],
}
