// The shares of providers add up to the fen that was taken, whatever the proportions are.
// The proportions are random.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { divided } from '#ledger/pure/reservation/income.ts'

it('gives fen that are left over to the largest remainders', () => {
  const parts = [
    { providerId: 'P1', bp: 3333 },
    { providerId: 'P2', bp: 3333 },
  ]
  expect(divided(100, parts).map(({ amountFen }) => amountFen)).toEqual([33, 33, 34])
  expect(divided(101, parts).map(({ amountFen }) => amountFen)).toEqual([34, 33, 34])
  expect(divided(0, parts).map(({ amountFen }) => amountFen)).toEqual([0, 0, 0])
})

it('adds up, and gives nobody a fen more than a part', () => {
  const parts = fc
    .array(fc.integer({ min: 1, max: 2000 }), { maxLength: 5 })
    .map((all) => all.map((bp, at) => ({ providerId: `P${at}`, bp })))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), parts, (totalFen, shares) => {
      const all = divided(totalFen, shares)
      expect(all.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(totalFen)
      for (const { bp, amountFen } of all)
        expect(Math.abs(amountFen - (totalFen * bp) / 10_000)).toBeLessThan(1)
    }),
  )
})
