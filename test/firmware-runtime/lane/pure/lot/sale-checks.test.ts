// The checker of sold passes: the payment follows directly after the row that issued the pass, belongs to no stay, and has
// an amount. Every other form of a sale is reported.
import { expect, it } from 'vitest'
import type { RowRefs } from '#base/pure/rows/ledger-row.ts'
import type { PaymentMeans } from '#base/pure/values/payment-means.ts'
import { Rows } from './row-kit.ts'
import { violationsOf } from './violations.ts'

const member = {
  no: 'M-1',
  kind: 'period',
  name: '张三',
  plates: ['测A12345'],
  spaces: 1,
  areas: null,
  from: '2026-01-01',
  until: '2026-12-31',
} as const

function sale(rows: Rows, refs: RowRefs = {}, means: PaymentMeans = 'cash', sold = 'M-1'): Rows {
  const body = { paymentId: `n-M${rows.all.length}`, means, by: 'anna', reason: 'month', sold }
  return rows.add('payment', { amountFen: 30_000, ...refs }, body)
}
const issued = (): Rows => new Rows().add('member', {}, { row: 'issued', member })
const found = (rows: Rows): string[] =>
  violationsOf(rows.all).map(({ id, detail }) => `${id} ${detail}`)

it('one that was issued and paid is in order, and sold again when it is renewed', () => {
  expect(found(sale(issued()))).toEqual([])
  expect(found(sale(sale(issued()).add('member', {}, { row: 'issued', member })))).toEqual([])
})

it.each([
  ['nobody issued it', sale(new Rows())],
  ['another one was issued', sale(issued(), {}, 'cash', 'M-2')],
  ['it was taken back', sale(new Rows().add('member', {}, { row: 'reversed', no: 'M-1' }))],
  ['sold twice', sale(sale(issued()))],
  ['of a stay', sale(issued(), { stayId: 'n-S1' })],
  ['of an order', sale(issued(), { orderId: 'n-O1' })],
])('is found: %s', (_name, rows) => {
  expect(found(rows)).toEqual([expect.stringMatching(/^M2 row \d+: money of the pass/)])
})

it.each([
  ['by ETC', sale(issued(), {}, 'etc')],
  ['for nothing', sale(issued(), { amountFen: 0 })],
])('is found: %s', (_name, rows) => {
  expect(found(rows)).toEqual([expect.stringContaining('the pass M-1 was sold for nothing')])
})
