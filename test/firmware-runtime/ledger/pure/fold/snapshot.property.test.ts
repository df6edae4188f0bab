// A stored fold is as good as its rows: for every row p of any ledger, the fold stored at p and continued with the later
// rows equals the fold of all rows, including which objects are shared.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldAll, foldOn, MadeUp, stateText, throughCopy } from './fold-kit.ts'

const startMonoMs = 77_000

const numbers = fc.array(fc.tuple(fc.nat({ max: 11 }), fc.nat({ max: 63 })), {
  minLength: 1,
  maxLength: 90,
  size: 'max',
})

const rowsOf = (choices: readonly (readonly [number, number])[]): MadeUp['rows'] => {
  const made = new MadeUp()
  for (const [act, which] of choices) made.take(act, which)
  return made.rows
}

describe('any ledger', () => {
  it('comes to the same state from any row on', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(numbers, (choices) => {
        const rows = rowsOf(choices)
        for (const { kind } of rows) kinds.add(kind)
        const whole = stateText(foldAll(rows, startMonoMs))
        for (let p = 0; p <= rows.length; p++) {
          const kept = throughCopy(foldAll(rows.slice(0, p), 0), startMonoMs, rows)
          expect(stateText(foldOn(kept, rows.slice(p), startMonoMs)), `kept at ${p}`).toBe(whole)
        }
      }),
      { numRuns: 150, seed: 20_261_120 },
    )
    expect(kinds.size, 'every kind that the fold takes').toBe(26)
  })

  it('can be kept again and again on its way', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 7 }), (choices, step) => {
        const rows = rowsOf(choices)
        let folded = throughCopy(foldAll([], 0), 0, rows)
        for (let p = 0; p < rows.length; p += step)
          folded = throughCopy(foldOn(folded, rows.slice(p, p + step), 0), 0, rows)
        expect(stateText(throughCopy(folded, startMonoMs))).toBe(
          stateText(foldAll(rows, startMonoMs)),
        )
      }),
      { numRuns: 150, seed: 20_261_120 },
    )
  })
})
