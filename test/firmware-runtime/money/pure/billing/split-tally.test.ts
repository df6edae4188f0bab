// The split bill of a day against its bill: trades that are not split, splits without a trade, shares that do not add up,
// and a wrong share. A rounded share is correct whichever party got the fen.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BillLine } from '#money/pure/billing/day-tally.ts'
import { reconcileSplit, type SplitLine } from '#money/pure/billing/split-tally.ts'

const day = '2026-11-22'
const line = (attemptNo: string, paidFen = 1000, refundedFen = 0): BillLine => ({
  attemptNo,
  paidFen,
  refundedFen,
})
const share = (
  attemptNo: string,
  partyId: string,
  shareBp: number,
  shareFen: number,
): SplitLine => ({ attemptNo, partyId, shareBp, shareFen })
const both = (attemptNo: string, lotFen = 994, issuerFen = 6): SplitLine[] => [
  share(attemptNo, 'LOT', 9940, lotFen),
  share(attemptNo, 'ISSUER', 60, issuerFen),
]
const judge = (bill: BillLine[], split: SplitLine[]) =>
  reconcileSplit({ day, bill, split, stayOf: (no) => (no === 'A' ? 'S1' : undefined) })

describe('a split bill', () => {
  it('that fits says what each party gets', () => {
    expect(judge([line('A'), line('B')], [...both('A'), ...both('B')])).toEqual({
      expectedFen: 2000,
      foundFen: 2000,
      differences: [],
      counts: { equal: 2, oursOnly: 0, theirsOnly: 0, amountDiffers: 0 },
      parties: [
        { partyId: 'LOT', shareFen: 1988 },
        { partyId: 'ISSUER', shareFen: 12 },
      ],
    })
  })

  it.each([
    ['a trade that is not split', [line('A')], [], ['splitMissing A 1000 0']],
    ['a trade that went back whole has nothing to split', [line('A', 1000, 1000)], [], []],
    ['a split of nothing', [], both('X'), ['splitNotInBill X 0 1000']],
    ['a fen too much', [line('A')], both('A', 995), ['splitSumDiffers A 1000 1001']],
    [
      'a split of what went back',
      [line('A', 1000, 100)],
      both('A'),
      ['splitSumDiffers A 900 1000'],
    ],
    [
      'two fen of one party at the other',
      [line('A')],
      both('A', 996, 4),
      ['shareDiffers A LOT 994 996', 'shareDiffers A ISSUER 6 4'],
    ],
    ['a fen that rounding left, at either', [line('A', 50)], both('A', 50, 0), []],
    ['a fen that rounding left, at the other', [line('A', 50)], both('A', 49, 1), []],
    ['a trade twice in both', [line('A'), line('A')], [...both('A'), ...both('A')], []],
  ] as const)('%s', (_what, bill, split, expected) => {
    const { differences } = judge([...bill], [...split])
    const told = differences.map(
      (one) => `${one.kind} ${one.ref} ${one.expectedFen} ${one.foundFen}`,
    )
    expect(told).toEqual(expected)
    for (const one of differences) expect(one.means).toBe('split')
  })

  it('names the stay of what differs', () => {
    expect(judge([line('A')], []).differences).toMatchObject([{ stayId: 'S1', ref: 'A' }])
  })
})

it('any split by largest remainder fits, and one fen moved in or out of it does not', () => {
  const parts = fc.tuple(
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 1, max: 1_000_000 }),
  )
  fc.assert(
    fc.property(parts, ([lotBp, netFen]) => {
      const issuerBp = 10_000 - lotBp
      const issuerFen = Math.floor((netFen * issuerBp) / 10_000)
      const split = [
        share('A', 'LOT', lotBp, netFen - issuerFen),
        share('A', 'ISSUER', issuerBp, issuerFen),
      ]
      expect(judge([line('A', netFen)], split).differences).toEqual([])
      const [lot, ...rest] = split
      const more = { ...(lot ?? split[0]), shareFen: netFen - issuerFen + 1 } as SplitLine
      expect(judge([line('A', netFen)], [more, ...rest]).differences).toMatchObject([
        { kind: 'splitSumDiffers', foundFen: netFen + 1 },
      ])
    }),
    { numRuns: 300 },
  )
})
