// Invoices of a stay, from its rows alone. The tax service of the operator issues them; a row says that it did, once, and another
// that it reversed one (红冲), so that the stay may be invoiced anew.
import type { Fen } from '#base/pure/values/fen.ts'
import {
  invoiceEvent,
  type InvoiceIssued,
  type InvoiceReversed,
} from '#base/pure/rows/receipt-rows.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

export interface StayInvoice extends Omit<InvoiceIssued, 'row'> {
  /** Row of its mark. */
  readonly seq: number
  readonly reversal: Pick<InvoiceReversed, 'reason' | 'atIso'> | null
}

/** `reversalDue`: money went back since, so that it states more than the stay paid. */
export const invoiceStates = ['valid', 'reversalDue', 'reversed'] as const
export type InvoiceState = (typeof invoiceStates)[number]

const isOf =
  ({ partnerId, invoiceNo }: Pick<InvoiceReversed, 'partnerId' | 'invoiceNo'>) =>
  (one: Pick<StayInvoice, 'partnerId' | 'invoiceNo'>): boolean =>
    one.partnerId === partnerId && one.invoiceNo === invoiceNo

/** Oldest first. */
export function stayInvoices(rows: readonly LedgerRow[]): readonly StayInvoice[] {
  const found: StayInvoice[] = []
  for (const { kind, seq, body } of rows) {
    if (kind !== 'event' || body.type !== invoiceEvent || body.invoice === undefined) continue
    const { invoice } = body
    if (invoice.row === 'issued') {
      const { row: _, ...issued } = invoice
      found.push({ ...issued, seq, reversal: null })
      continue
    }
    const { reason, atIso } = invoice
    const at = found.findIndex(isOf(invoice))
    const before = found[at]
    if (before !== undefined) found[at] = { ...before, reversal: { reason, atIso } }
  }
  return found
}

export function invoiceState(
  { reversal, amountFen }: StayInvoice,
  invoiceableFen: Fen,
): InvoiceState {
  if (reversal !== null) return 'reversed'
  return amountFen > invoiceableFen ? 'reversalDue' : 'valid'
}

/** The invoice that counts for the stay; null: it may be invoiced. */
export const invoiceNow = (invoices: readonly StayInvoice[]): StayInvoice | null =>
  invoices.find(({ reversal }) => reversal === null) ?? null
