// Payments of a stay: the state of each refund, and requesting one with the name of a second person.
// An amount above the rest is not sent.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PayAttemptView, PayRefundView } from '#money/calls/pay.ts'
import { i18n } from '#renderer/i18n/index.ts'
import {
  all,
  choose,
  named as test,
  one,
  openPage,
  settle,
  submit,
  type,
  wordOf,
  click,
  sayWho,
  press,
} from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'
import { refundAsks, timeline } from '../timeline/timeline-view.ts'
import { closePage } from '../../kit/opened-page.ts'

let lot: ScriptedLot
afterEach(() => {
  i18n.global.locale.value = 'zh'
})

const back = (state: PayRefundView['state'], amountFen: number, n: number): PayRefundView => ({
  refundNo: `X1P1R${n}`,
  amountFen,
  why: 'person',
  state,
  requestedBy: '李四',
  approvedBy: '王老板',
  askedAtIso: '2026-11-22T08:00:00+08:00',
  reason: '多收了',
  refusal: state === 'refused' ? 'TOO_MUCH' : '',
})
const attempt: PayAttemptView = {
  orderId: 'O1',
  attemptNo: 'X1P1',
  means: 'qr',
  state: 'paid',
  amountFen: 1200,
  paidFen: 1200,
  leftFen: 700,
  refunds: [
    back('done', 300, 2),
    back('unknown', 200, 3),
    back('refused', 100, 4),
    { ...back('sent', 0, 5), why: 'late', approvedBy: null, requestedBy: null },
  ],
}

beforeEach(async () => {
  lot = new ScriptedLot()
  const [first] = timeline.rows
  const rows = [...timeline.rows, { ...first, seq: 99, kind: 'pay', body: { row: 'made' } }]
  lot.answers('ledger.timeline', { ...timeline, rows })
  lot.answers('pay.attempts', { rows: [attempt] })
  await openPage(lot, `/ledger/${timeline.stayId}`)
})

it('say how far each refund is, and by whom', async () => {
  expect(all(`${test('payments')} .backs p`)).toHaveLength(4)
  expect(one(test('back-done')).textContent).toContain('李四 申请，王老板 批准')
  expect(one(test('back-unknown')).textContent).toContain(`▲ ${wordOf('payments.refund.unknown')}`)
  expect(one(test('back-refused')).textContent).toMatch(/多收了 *TOO_MUCH/)
  expect(one(test('back-sent')).textContent).toContain(wordOf('payments.late'))
  i18n.global.locale.value = 'en'
  await settle()
  expect(one(test('back-done')).textContent).toContain('requested by 李四, approved by 王老板')
})

it('send a part that one person asks for and another approves, never more than is left', async () => {
  await press('refund')
  const sent = () => lot.sent('pay.refund')
  await sayWho('李四')
  await type('[name="second"]', '王老板')
  await type('[name="refund-yuan"]', '7.01')
  await submit()
  expect(sent()).toEqual([])
  await type('[name="refund-yuan"]', '2.50')
  expect(one(test('do')).textContent.trim()).toBe(wordOf('payments.giveDo', { amount: '¥ 2.50' }))
  await submit()
  const args = { stayId: timeline.stayId, attemptNo: 'X1P1', refundFen: 250, approvedBy: '王老板' }
  expect(sent()).toMatchObject([{ args: { ...args, by: '李四' } }])
})

it('ask without anybody beside: the request waits for whoever answers it elsewhere', async () => {
  await press('refund')
  await sayWho('李四')
  await click(one('[name="way"][value="ask"]'))
  expect(all('[name="second"]')).toEqual([])
  await type('[name="refund-yuan"]', '2.50')
  expect(one(test('do')).textContent.trim()).toBe(wordOf('payments.askDo', { amount: '¥ 2.50' }))
  await submit()
  const args = { stayId: timeline.stayId, attemptNo: 'X1P1', refundFen: 250, by: '李四' }
  expect(lot.sent('refunds.ask')).toMatchObject([{ args }])
  expect(lot.calls.some(({ name }) => name === 'pay.refund')).toBe(false)
})

it('show what waits of them, with the way to the list', async () => {
  const rows = [{ ...refundAsks[0], attemptNo: 'X1P1' }]
  lot.answers('refunds.asked', { rows })
  closePage()
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(one(test('back-asked')).textContent).toContain(wordOf('payments.waits'))
})

it('show the steps of the platform, and what it did not give back people say they gave', async () => {
  const etc: PayAttemptView = {
    ...attempt,
    attemptNo: 'P1',
    means: 'etc',
    refunds: [back('review', 100, 6), back('refused', 200, 7)],
  }
  lot.answers('pay.attempts', { rows: [etc] })
  closePage()
  await openPage(lot, `/ledger/${timeline.stayId}`)
  expect(one(test('back-review')).textContent).toContain(`○ ${wordOf('payments.refund.review')}`)
  expect(all(test('by-hand'))).toHaveLength(1)
  await press('by-hand')
  await sayWho('李四')
  await choose('[name="refund-means"]', 0)
  await submit()
  expect(lot.sent('refunds.given').at(-1)).toMatchObject({
    args: { refundId: 'X1P1R7', stayId: timeline.stayId, refundMeans: 'cash', by: '李四' },
  })
})
