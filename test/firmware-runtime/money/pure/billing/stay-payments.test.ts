// What may still be given back of a payment: every refund takes its amount, also one that is not through yet; one that was
// refused to a person takes nothing, and one that a rule ordered stays owed.
import { expect, it } from 'vitest'
import { leftFen, type StayPayment } from '#money/pure/billing/stay-payments.ts'
import { refundableFen } from '#money/pure/pay/order.ts'

type Refund = Pick<StayPayment['refunds'][number], 'amountFen' | 'byPeople' | 'state'>
const by = (state: Refund['state'], amountFen: number, byPeople = true): Refund => ({
  amountFen,
  byPeople,
  state,
})
const left = (refunds: readonly Refund[], over: Partial<StayPayment> = {}): number => {
  const of = { state: 'paid', orderId: 'n-O1', paidFen: 1_000, ...over } as const
  return leftFen({ ...of, refunds: refunds as StayPayment['refunds'] })
}

it.each([
  ['none', [], 1_000],
  ['a refused one of a person', [by('rejected', 1_000)], 1_000],
  ['a refused one beside a done one', [by('rejected', 600), by('success', 300)], 700],
  ['two refused ones', [by('rejected', 1_000), by('rejected', 1_000)], 1_000],
  ['a refused one that a rule ordered', [by('rejected', 1_000, false)], 0],
  ['one under way', [by('pending', 400)], 600],
  ['one that was approved', [by('approved', 400)], 600],
  ['one without a clear answer', [by('abnormal', 400)], 600],
  ['more than was paid', [by('success', 700), by('pending', 700)], 0],
] as const)('of a charge: %s', (_, refunds, wanted) => {
  expect(left(refunds)).toBe(wanted)
})

it('nothing of a charge that was not paid', () => {
  for (const state of ['unknown', 'refused', 'sent'] as const) expect(left([], { state })).toBe(0)
})

it.each([
  ['refused', [['refused', 1_000]], 1_000],
  [
    'refused, then done',
    [
      ['refused', 1_000],
      ['done', 400],
    ],
    600,
  ],
  ['open', [['open', 1_000]], 0],
  [
    'two refused beside an open one',
    [
      ['refused', 500],
      ['refused', 500],
      ['open', 300],
    ],
    700,
  ],
] as const)('of a payment by code: %s', (_, all, wanted) => {
  const refunds = all.map(([state, amountFen]) => ({ state, amountFen }))
  expect(refundableFen({ paidFen: 1_000, refunds: refunds as never })).toBe(wanted)
})
