// Cash in integer fen: the amount given minus the amount due is the change; too little is no payment.
// The cash members of a payment row are judged by the same rule.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cashFits, cashOf } from '#base/pure/values/cash.ts'

it.each([
  [500, 500, { kind: 'taken', givenFen: 500, changeFen: 0 }],
  [1_250, 2_000, { kind: 'taken', givenFen: 2_000, changeFen: 750 }],
  [500, 499, { kind: 'short', missingFen: 1 }],
  [500, 0, { kind: 'short', missingFen: 500 }],
  [500, 10_499, { kind: 'taken', givenFen: 10_499, changeFen: 9_999 }],
  [500, 10_500, { kind: 'noteTooMany', changeFen: 10_000 }],
  [0, 0, { kind: 'taken', givenFen: 0, changeFen: 0 }],
])('%i fen are due and %i are given', (dueFen, givenFen, answer) => {
  expect(cashOf(dueFen, givenFen)).toEqual(answer)
})

it('no fen is made or lost', () => {
  const fen = fc.integer({ min: 0, max: 100_000_000 })
  fc.assert(
    fc.property(fen, fen, (dueFen, givenFen) => {
      const cash = cashOf(dueFen, givenFen)
      if (cash.kind === 'taken') expect(cash.givenFen).toBe(dueFen + cash.changeFen)
      if (cash.kind === 'short') expect(givenFen + cash.missingFen).toBe(dueFen)
      if (cash.kind === 'noteTooMany') expect(cash.changeFen).toBeGreaterThanOrEqual(10_000)
      expect(cashFits(dueFen, cash.kind === 'taken' ? cash : {})).toBe(true)
    }),
  )
})

it.each([
  [500, {}, true],
  [500, { givenFen: 2_000, changeFen: 1_500 }, true],
  [500, { givenFen: 2_000, changeFen: 3_000 }, false],
  [500, { givenFen: 2_000 }, false],
  [500, { changeFen: 0 }, false],
  [500, { givenFen: 400, changeFen: -100 }, false],
])('a row of %i fen with %j fits: %j', (amountFen, cash, fits) => {
  expect(cashFits(amountFen, cash)).toBe(fits)
})
