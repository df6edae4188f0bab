// Invoices about receipts in the published interface. The tax service of the operator issues them; the lot says what a receipt
// is worth, and keeps the mark that it is invoiced, once.
import { z } from 'zod'
import { invoiceStates } from '../pure/billing/stay-invoice.ts'
import { fen, iso, number, reason, text } from './shapes.ts'
import type { ActsOf, Subject } from './subject.ts'

const receiptNo = z.string().regex(/^\d{8}-\d{4,7}$/)
const check = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('Check value on the receipt, from its link')
const invoiceNo = number.describe('Of the tax service; the same number is the same invoice')
const state = z
  .enum(invoiceStates)
  .describe('`reversalDue`: money went back since, so that it is to be reversed')
const invoiceableFen = fen.describe(
  'What may be invoiced: paid, less refunds, less what others invoice (ETC)',
)

const mark = {
  receiptNo,
  amountFen: fen.min(1).describe('`invoiceableFen` of the receipt'),
  atIso: iso.describe('When it was issued'),
}
const reversal = { reason, atIso: iso.describe('When it was reversed') }

const invoice = z.object({
  invoiceNo,
  ...mark,
  state,
  reversal: z.object(reversal).nullable(),
  invoiceableFen,
})

const schemas = {
  InvoiceToMark: z.strictObject({ ...mark, check }),
  InvoiceReversal: z.strictObject(reversal),
  Invoice: invoice,
  Receipt: z.object({
    receiptNo,
    lotId: z.string(),
    lotName: text,
    enteredAtIso: iso,
    leftAtIso: iso.describe('When the car left; inside still, when it paid'),
    amountFen: fen.describe('Paid for the stay by all means'),
    refundedFen: fen,
    means: z.array(z.string()).describe('`cash`, `qr`, `transfer`, `etc`, `billing`'),
    invoiceableFen,
    invoice: z
      .object({
        invoiceNo: invoiceNo.nullable().describe('null: of another partner'),
        amountFen: fen,
        atIso: iso,
        state,
      })
      .nullable()
      .describe('The invoice that counts; null: none'),
  }),
} as const

export const invoiceSubject = {
  right: 'invoices',
  pathMembers: { receiptNo, invoiceNo },
  schemas,
  operations: {
    receipt: {
      method: 'GET',
      path: '/v1/receipts/{receiptNo}',
      does: 'What an invoice about a receipt says; another check value is no such receipt',
      query: z.strictObject({ check }),
      answer: 'Receipt',
    },
    markInvoice: {
      method: 'PUT',
      path: '/v1/invoices/{invoiceNo}',
      does: 'Marks a receipt as invoiced, once; the same number with the same content is the same invoice',
      body: 'InvoiceToMark',
      answer: 'Invoice',
    },
    invoice: {
      method: 'GET',
      path: '/v1/invoices/{invoiceNo}',
      does: 'Where an invoice stands, also after a refund',
      answer: 'Invoice',
    },
    reverseInvoice: {
      method: 'PUT',
      path: '/v1/invoices/{invoiceNo}/reversal',
      does: 'The invoice was reversed: its receipt may be invoiced anew under another number',
      body: 'InvoiceReversal',
      answer: 'Invoice',
    },
  },
  news: { events: ['invoice'], members: { invoice: schemas.Invoice.nullish() } },
} as const satisfies Subject

export const invoiceActs: ActsOf<typeof invoiceSubject> = {
  receipt: (invoices, { number: no, query }) => invoices.receipt(no, String(query['check'])),
  markInvoice: (invoices, given) => invoices.mark(given.number, given.read(schemas.InvoiceToMark)),
  invoice: (invoices, given) => invoices.invoice(given.number),
  reverseInvoice: (invoices, given) =>
    invoices.reverse(given.number, given.read(schemas.InvoiceReversal)),
}
