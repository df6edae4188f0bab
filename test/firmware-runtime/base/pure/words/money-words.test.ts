// The explanation of a payment, with refunds, change and coupons: who, how much, and whether it is finished.
// Rows of one car that paid twice, was refunded in part, and has one refund without a result.
import { actWords } from '#runtime/api/act-words.ts'
import { expect, it } from 'vitest'
import { actWord } from '#money/desk/report/report-words.ts'
import { whyOf } from '#lane/pure/explain/why.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'

const row = (kind: string, body: object, amountFen?: number) => ({ kind, body, amountFen, atMs: 0 })
const who = { why: 'person', requestedBy: '张三', approvedBy: '李四' }
const paid = { by: null, reason: null, paymentId: 'm1' }
const refund = (refundNo: string, amountFen: number) =>
  row('pay', { row: 'refund', refundNo, attemptNo: 'a1', amountFen, ...who })

it('tells refunds with their ends, cash with its change, and coupons', () => {
  const rows = [
    row('coupon', { row: 'used', code: 'K1' }),
    row('payment', { ...paid, means: 'qr' }, 3_900),
    row('payment', { ...paid, means: 'cash', givenFen: 2_000, changeFen: 500 }, 1_500),
    refund('r1', 1_000),
    row('pay', { row: 'refundDone', refundNo: 'r1', attemptNo: 'a1' }),
    refund('r2', 899),
    row('coupon', { row: 'givenBack', code: 'K1' }),
  ] as unknown as LedgerRow[]
  const section = whyOf(rows, () => ({ zh: '', en: '' }), actWords).find(
    ({ topic }) => topic === 'paid',
  )
  expect(section?.lines.map(({ en }) => en.slice(9))).toEqual([
    'Coupon K1 used',
    'QR code: ¥ 39.00',
    'Cash: ¥ 15.00, given ¥ 20.00, change ¥ 5.00',
    'Refund of ¥ 10.00 by code, asked for by 张三, approved by 李四',
    '¥ 10.00 has gone back',
    'Refund of ¥ 8.99 by code, asked for by 张三, approved by 李四, not known to be done yet',
    'Coupon K1 given back',
    '54.00 taken, ¥ 10.00 given back: ¥ 44.00 kept',
  ])
})

it('tells refunds of ETC and of cash: by whom, each step, and how it went back', () => {
  const people = { operator: '张三', approvedBy: '李四', byPeople: true, reason: '投诉' }
  const step = (refundId: string, state: string, more = {}) =>
    row('refundState', { refundId, state, ...more })
  const late = { operator: 'system', approvedBy: null, reason: 'paid twice' }
  const rows = [
    row('refund', { refundId: 'R1', outTradeNo: 'P1', ...people }, 500),
    step('R1', 'pending'),
    step('R1', 'approved'),
    step('R1', 'abnormal'),
    step('R1', 'rejected'),
    row('refund', { refundId: 'R2', paymentId: 'M1', ...people, approvedBy: null }, 300),
    step('R2', 'success', { means: 'cash' }),
    row('refund', { refundId: 'R3', outTradeNo: 'P1', ...late }, 900),
    step('R3', 'success'),
  ] as unknown as LedgerRow[]
  const section = whyOf(rows, () => ({ zh: '', en: '' }), actWords).find(
    ({ topic }) => topic === 'paid',
  )
  expect(section?.lines.map(({ en }) => en.slice(9))).toEqual([
    'Refund of ¥ 5.00 by ETC, asked for by 张三, approved by 李四: 投诉',
    'The platform reviews the refund ¥ 5.00',
    'The platform approved the refund ¥ 5.00',
    'The refund met an exception at the platform ¥ 5.00',
    'The platform did not give back ¥ 5.00',
    'Refund of ¥ 3.00 by hand, asked for by 张三: 投诉',
    'Given back: ¥ 3.00 in cash',
    'refund of ¥ 9.00 asked for: paid twice',
    'Given back: ¥ 9.00',
  ])
})

it('shows a word that no table knows as it is, also one that every object has', () => {
  const audit = { by: '张三', role: 'owner', reason: '', commandId: 'c', result: 'done' }
  for (const odd of ['constructor', '__proto__', 'toString']) {
    const rows = [
      row('exception', { reason: odd }),
      row('audit', { ...audit, act: odd }),
      row('payment', { ...paid, means: odd }, 500),
      row('outcome', { state: 'refused', reason: odd }, 500),
    ] as unknown as LedgerRow[]
    const lines = whyOf(rows, () => ({ zh: '', en: '' }), actWords).flatMap(
      (section) => section.lines,
    )
    expect(lines.map(({ zh, en }) => [zh.slice(9), en.slice(9)])).toEqual([
      [odd, odd],
      ['张三 操作,理由:', '张三: acted, reason: '],
      [`${odd}收 ¥ 5.00`, `${odd}: ¥ 5.00`],
      [`ETC 扣费没有成功:${odd}`, `ETC payment not taken: ${odd}`],
    ])
    expect(actWord(odd)).toEqual({ zh: odd, en: odd })
  }
})
