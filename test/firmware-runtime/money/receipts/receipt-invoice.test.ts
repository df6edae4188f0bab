// The link on a receipt to the invoice page of the operator, what the paper says of an invoice, and which addresses are links.
import { expect, it } from 'vitest'
import { receiptPaper } from '#lane/money/receipt-paper.ts'
import type { GivenReceipt } from '#lane/money/receipts.ts'
import { invoicesRow } from '#base/pure/lot/beside-members.ts'
import { given } from './given-receipt.ts'

const invoices = { url: 'https://tax.example/{receiptNo}?c={check}' }
const link = ['开票：扫码 / Invoice: scan', 'https://tax.example/20260302-0007?c=0123456789abcdef']

it.each<[string, Partial<GivenReceipt>, typeof invoices | undefined, readonly string[]]>([
  ['a link where the lot has a page', {}, invoices, link],
  ['no link without a page', {}, undefined, []],
  ['no link where ETC paid all', { invoiceableFen: 0 }, invoices, []],
  ['the invoice on a second copy', { invoiced: 'valid' }, invoices, ['已开票']],
  [
    'the refund after the invoice',
    { invoiced: 'reversalDue', invoiceableFen: 100 },
    invoices,
    ['已开票，其后有退款，待红冲后按余额重开'],
  ],
])('the end of a receipt has %s', (_, over, of, wanted) => {
  const lines = receiptPaper({ ...given, ...over }, '测试停车场', 'whole', of)
  const texts = lines.flatMap((line) => ('text' in line ? [line.text] : []))
  expect(texts.slice(texts.indexOf('核验用的公钥以停车场公布的为准') + 1)).toEqual(wanted)
})

it.each<[string, boolean]>([
  ['https://tax.example/{receiptNo}?c={check}', true],
  ['https://tax.example/i?c={check}&n={receiptNo}', true],
  ['http://tax.example/{receiptNo}?c={check}', false],
  ['https://tax.example/{receiptNo}', false],
  ['https://tax.example/{check}', false],
  ['https://tax.example/{check}/{receiptNo}/{check}', false],
  ['https://{check}.example/{receiptNo}', false],
  ['https://tax.example/{receiptNo} {check}', false],
])('the address %s of invoices is a link: %s', (url, isOne) => {
  expect(invoicesRow.members.url.shape.test(url)).toBe(isOne)
})
