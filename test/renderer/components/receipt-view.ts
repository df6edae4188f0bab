// A receipt and the printers of a lot in the runtime's answers.
// The stay is that of the timeline.
import type { AnswerOf } from '#runtime/api/table.ts'
import type { PrintersView } from '#money/calls/receipt.ts'
import { isoAt } from '../pages/lane/lane-views.ts'
import { timeline } from '../pages/timeline/timeline-view.ts'

const qrText = `ETCR1:${'ABC0123 $%*+-./:'.repeat(45)}`

export const receipt: AnswerOf<'receipt.give'> = {
  stayId: timeline.stayId,
  plate: '测A12345',
  enteredAtIso: isoAt('08:02:11'),
  leftAtIso: isoAt('10:15:20'),
  amountFen: 1200,
  means: 'etc',
  refundedFen: 0,
  day: 20_260_302,
  receiptNo: 7,
  isCopy: false,
  isOnPaper: false,
  invoiceNo: null,
  qrText,
  lines: [
    { kind: 'text', text: '演示停车场', align: 'center', size: 'large' },
    { kind: 'text', text: '停车收费收据', align: 'center', size: 'normal' },
    { kind: 'rule' },
    { kind: 'pair', name: '收据号', value: '20260302-0007', isBig: false },
    { kind: 'pair', name: '车牌', value: '测A·12345', isBig: false },
    { kind: 'pair', name: '实收', value: '12.00 元', isBig: true },
    { kind: 'rule' },
    { kind: 'qr', text: qrText },
    { kind: 'text', text: '扫码内容可离线核验真伪', align: 'center', size: 'normal' },
  ],
}

/** A lot without a printer. */
export const printers: PrintersView = { printers: [], waiting: [] }
