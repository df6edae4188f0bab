// What the ledger notes when a platform confirmed a record: of each kind its own word, so that an exception
// of a car that did not pay never reads as a payment.
import type { OutboxKind } from './rows/ledger-row.ts'

/** What a confirmation says of each kind of record: only a charge was paid by it. */
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
