// Rows of the kind `event` that hold places of a day's receipts: leaves that were given out, and those that a lost machine
// may have given out.
import type { Fen } from '../values/fen.ts'
import { compactOf, type InstantMs } from '../values/instant.ts'

/** `{day, count}`: places that stay empty. */
export const lostReceiptsEvent = 'receiptsLost'

/** yyyymmdd of the lot's day, as a number. */
export const receiptDayOf = (atMs: InstantMs): number => Number(compactOf(atMs).slice(0, 8))

/** `type` of the event rows about an invoice of a stay; they have `invoice`. */
export const invoiceEvent = 'invoice'

/** A partner issued an invoice about the receipt of a stay. The number is one of the partner's own. */
export interface InvoiceIssued {
  readonly row: 'issued'
  readonly partnerId: string
  readonly invoiceNo: string
  readonly receiptNo: string
  readonly amountFen: Fen
  /** As the tax service says. */
  readonly atIso: string
}

export interface InvoiceReversed extends Pick<InvoiceIssued, 'partnerId' | 'invoiceNo' | 'atIso'> {
  readonly row: 'reversed'
  readonly reason: string
}

export type InvoiceRow = InvoiceIssued | InvoiceReversed

/** As on paper: the day and the place in it, at least four digits. */
export const receiptNoText = (day: number, receiptNo: number): string =>
  `${day}-${String(receiptNo).padStart(4, '0')}`
