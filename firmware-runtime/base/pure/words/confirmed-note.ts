// Notes of the ledger for records confirmed by a platform: each kind has its own word, so that a confirmed exception never
// reads as a payment.
import type { OutboxKind } from '../rows/ledger-row.ts'

/** Note of a confirmation by kind of record: only a charge is paid by it. */
export const confirmedNote: Readonly<Record<OutboxKind, string>> = {
  charge: 'paid',
  exitUpload: 'recorded',
  exception: 'reported',
  refund: 'refunded',
  entryRecord: 'recorded',
  exitRecord: 'recorded',
  plateRecord: 'recorded',
  batch: 'recorded',
  shiftRecord: 'recorded',
  feedback: 'recorded',
  feedbackState: 'recorded',
}
