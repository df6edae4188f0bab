// Orders of another billing system in the window: each with its state in words, and the end of a dispute by the owner.
import { beforeEach, expect, it } from 'vitest'
import { done, eachOn, lastOf, sign } from '../../kit/acts-kit.ts'
import { sentText } from './partners-view.ts'
import { all, hit, named, one, press, textOf, wordOf } from '../../kit/page.ts'

const lot = eachOn('/partners')
beforeEach(() => hit('F5'))

it('lists each order with its state, and why ETC has not paid it', () => {
  expect(textOf('sent-order-1')).toContain('¥ 7.00')
  expect(textOf('sent-order-1')).toContain(wordOf('partners.is.open'))
  expect(textOf('sent-order-1')).toContain(sentText.zh)
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
