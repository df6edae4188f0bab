// The calls about receipts.
// A lot without a folder has no key to sign with.
import type { OpenDrawer } from '#base/desk/handlers/day-drawer.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'
import type { AnswerOf } from '#runtime/api/table.ts'
import { noPrinters } from '../../calls/receipt.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { receiptNoText } from '#base/pure/rows/receipt-rows.ts'
import type { PaperReceipts } from '../till/paper-receipts.ts'
import type { JudgedReceipt } from '../../receipts/receipt-judge.ts'
import type { GivenReceipt, Receipts } from '#lane/money/receipts.ts'

export interface ReceiptParts {
  readonly receipts: Receipts
  readonly paper: PaperReceipts
  /** Opens the drawer of the lot, or says why it cannot. */
  drawer(): ReturnType<OpenDrawer>
}

function receiptView(given: GivenReceipt, { paper }: ReceiptParts): AnswerOf<'receipt.give'> {
  const { receipt, receiptNo, day, isCopy, isOnPaper, refundedFen, invoiceNo, qrText } = given
  const rest = { receiptNo, day, isCopy, isOnPaper, refundedFen, invoiceNo, qrText }
  const { stayId, plate, enteredAtMs, leftAtMs, amountFen, means } = receipt
  const at = { enteredAtIso: isoOf(enteredAtMs), leftAtIso: isoOf(leftAtMs) }
  return { stayId, plate, amountFen, means, ...at, ...rest, lines: paper.linesOf(given) }
}

function checkedView({ ok, reason, read }: JudgedReceipt): AnswerOf<'receipt.check'> {
  if (read === null) return { ok, reason, says: null }
  const { stayId, plate, amountFen, leftAtMs } = read.receipt
  return { ok, reason, says: { stayId, plate, amountFen, leftAtIso: isoOf(leftAtMs) } }
}

export const receiptCalls = defineCalls((lot: Lot<'acts', { receipts: ReceiptParts }>) => {
  const there = needed(lot.receipts, 'RECEIPT-01')
  return {
    'receipt.give': async ({ stayId }) => receiptView(await there().receipts.give(stayId), there()),
    'receipt.check': async ({ text }) => checkedView(await there().receipts.check(text.trim())),
    'receipt.day': ({ day }) => there().receipts.day(day),
    'receipt.print': async ({ stayId, printer }) => {
      const { printer: used, ...given } = await there().paper.print(stayId, printer)
      return { ...receiptView(given, there()), printer: used }
    },
    'receipt.pdf': async ({ stayId, toSave }) => {
      const { pdf, ...given } = await there().paper.pdf(stayId, toSave ? 'saving' : 'given')
      const fileName = `receipt-${receiptNoText(given.day, given.receiptNo)}.pdf`
      const pdfBase64 = Buffer.from(pdf).toString('base64')
      return { ...receiptView(given, there()), fileName, pdfBase64 }
    },
    'receipt.saved': ({ stayId, isSaved }) => {
      there().paper.saved(stayId, isSaved)
      return {}
    },
    ...lot.acts.table({
      'receipt.end': ({ stayId, how }, act) => there().paper.end(stayId, how, act.row(stayId)),
    }),
    'receipt.printers': () => lot.receipts?.paper.view() ?? Promise.resolve(noPrinters),
  }
})
