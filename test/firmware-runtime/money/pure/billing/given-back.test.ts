// What the end of an item records about a refund: its means and amount, and never one without the other.
// Only what was found beyond the expected amount can be refunded; a payment taken by a person is refunded in full.
import { expect, it } from 'vitest'
import { endRefund, givenByEnds } from '#money/pure/billing/given-back.ts'
import type { DayItem } from '#money/pure/billing/day-items.ts'
import type { DifferenceKind } from '#base/pure/rows/tally-row.ts'

const of = (kind: DifferenceKind, expectedFen: number, foundFen: number) => ({
  kind,
  means: 'etc' as const,
  expectedFen,
  foundFen,
})

it.each([
  [of('notInLedger', 0, 900), 900],
  [of('amountDiffers', 300, 900), 600],
  [of('counted', 1400, 1500), 100],
  [of('payment', 300, 301), 301],
  [of('payment', 300, 0), 300],
] as const)('of %j goes back %i', (item, refundFen) => {
  expect(endRefund(item, 'refunded', 'cash')).toEqual({ refundMeans: 'cash', refundFen })
})

it('what parties share between them never goes back to a driver', () => {
  const split = { ...of('splitSumDiffers', 900, 1000), means: 'split' as const }
  for (const means of [undefined, 'cash'] as const)
    expect(() => endRefund(split, 'refunded', means)).toThrow(/DAY-01/)
  expect(endRefund(split, 'explained', undefined)).toEqual({})
})

it('is refused without its means, with one where nothing went back, and where nothing can', () => {
  const item = of('notInLedger', 0, 900)
  expect(endRefund(item, 'explained', undefined)).toEqual({})
  for (const refused of [
    () => endRefund(item, 'refunded', undefined),
    () => endRefund(item, 'found', 'cash'),
    () => endRefund(of('notInBill', 900, 0), 'refunded', 'cash'),
  ])
    expect(refused).toThrow('DAY-01')
})

it('counts the ends that say so, and no others', () => {
  const ended = (end: Partial<DayItem['end']>) => ({ end }) as DayItem
  const cash = { refundMeans: 'cash', refundFen: 900, atMs: 7 } as const
  expect(
    givenByEnds([ended(cash), ended({ how: 'refunded', atMs: 8 }), { end: null } as DayItem]),
  ).toEqual([{ atMs: 7, means: 'cash', amountFen: 900 }])
})
