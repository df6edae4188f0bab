// A receipt that was given, for tests of its paper.
import type { GivenReceipt } from '#lane/money/receipts.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'

export const startMs = instantOfIso('2026-03-02T10:00:00+08:00')
export const given: GivenReceipt = {
  receipt: {
    lotId: 'LOT1',
    stayId: 's1',
    plate: '测A12345',
    enteredAtMs: startMs,
    leftAtMs: startMs + 125 * 60_000,
    amountFen: 1250,
    means: 'etc+cash',
    salt: new Uint8Array(16),
  },
  check: '0123456789abcdef',
  receiptNo: 7,
  day: 20_260_302,
  isCopy: false,
  isOnPaper: false,
  refundedFen: 0,
  classUnknown: null,
  qrText: 'ETCR1:ABC',
  invoiced: null,
  invoiceNo: null,
  invoiceableFen: 1250,
}
