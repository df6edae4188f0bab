// Orders of another billing system in the window: each with its state in words, and the end of a dispute by the owner.
import { beforeEach, expect, it } from 'vitest'
import type { SentOrderRow } from '../../firmware-runtime/api/partner-views.ts'
import { done, eachOn, lastOf, sign } from './acts-kit.ts'
import { all, hit, named, one, press, textOf, wordOf } from './page.ts'

const order: SentOrderRow = {
  orderId: 'n1-O2',
  stayId: 'n1-S1',
  partnerId: 'acme',
  orderNo: 'order-1',
  laneId: 'exit',
  plate: '测A10001',
  madeAtIso: '2026-11-29T08:00:00+08:00',
  amountFen: 700,
  paidFen: 0,
  refundedFen: 0,
  state: 'open',
  why: null,
  review: null,
  reviewSinceIso: null,
}
const text = { zh: '未读到 ETC 标签', en: 'ETC tag not read' }
const rows: readonly SentOrderRow[] = [
  { ...order, why: text },
  { ...order, orderId: 'n1-O3', orderNo: 'order-2', state: 'paid', paidFen: 700, laneId: null },
  { ...order, orderId: 'n1-O4', orderNo: 'order-3', state: 'paid', review: 'disputed' },
]

const lot = eachOn('/partners')
beforeEach(async () => {
  const partners = [{ partnerId: 'acme', askedIso: order.madeAtIso, openOrders: 1 }]
  lot().answers('partners.orders', { rows, partners })
  await hit('F5')
})

it('lists each order with its state, and why ETC has not paid it', () => {
  expect(textOf('sent-order-1')).toContain('¥ 7.00')
  expect(textOf('sent-order-1')).toContain(wordOf('partners.is.open'))
  expect(textOf('sent-order-1')).toContain(text.zh)
  expect(textOf('sent-order-2')).toContain(wordOf('partners.anywhere'))
  expect(textOf('sent-order-3')).toContain(wordOf('partners.reviewed.disputed'))
  expect(one(named('sent-orders')).textContent).toContain('acme')
})

it('lets the owner end a dispute, and offers it at no other order', async () => {
  lot().replies.set('partners.review', done)
  expect(all('[data-test^="upload-"]').map((row) => row.dataset['test'])).toEqual([
    'upload-order-3',
  ])
  await press('upload-order-3')
  await sign()
  expect(lastOf(lot(), 'partners.review')).toMatchObject({ orderId: 'n1-O4' })
})
