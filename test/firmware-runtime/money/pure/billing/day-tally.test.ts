// The accounts of a day: for any ledger and any bill, the items add up to the whole difference, and no number of either
// side is left out. Midnight, pending refunds, and bills that list a number twice.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cashDifference,
  reconcileCodes,
  type BillLine,
  type LedgerCode,
} from '#money/pure/billing/day-tally.ts'
import { instantOfIso } from '#base/pure/values/instant.ts'

const day = '2026-11-22'
const code = (attemptNo: string, more: Partial<LedgerCode> = {}): LedgerCode => ({
  attemptNo,
  paidFen: 900,
  refundedFen: 0,
  onItsWayFen: 0,
  isOfDay: true,
  ...more,
})
const line = (attemptNo: string, paidFen = 900, refundedFen = 0): BillLine => ({
  attemptNo,
  paidFen,
  refundedFen,
})
const startMs = instantOfIso(`${day}T00:00:00+08:00`)
const onDay = (one: BillLine, date: string): BillLine => ({
  ...one,
  atMs: instantOfIso(`${date}T12:00:00+08:00`),
})
const judge = (codes: LedgerCode[], bill: BillLine[], billBefore: BillLine[] = []) =>
  reconcileCodes({ day, means: 'qr', codes, bill, billBefore })
const kinds = (...given: Parameters<typeof judge>): string[] =>
  judge(...given).differences.map(({ kind, ref }) => `${kind} ${ref}`)

describe('a day of codes', () => {
  it('that are in both is equal', () => {
    expect(judge([code('A'), code('B')], [line('B'), line('A')])).toEqual({
      expectedFen: 1800,
      foundFen: 1800,
      differences: [],
      counts: { equal: 2, oursOnly: 0, theirsOnly: 0, amountDiffers: 0 },
      open: 0,
      lines: [],
    })
  })

  it('says how many lines had each of the four ends, for ETC as for codes', () => {
    const codes = [code('A'), code('B', { stayId: 'S2' }), code('C', { stayId: 'S3' })]
    const bill = [line('A'), line('B', 800), line('X')]
    const found = reconcileCodes({ day, means: 'etc', codes, bill, billBefore: [] })
    expect(found.counts).toEqual({ equal: 1, oursOnly: 1, theirsOnly: 1, amountDiffers: 1 })
    expect(found.differences).toMatchObject([
      { itemId: 'etc-2026-11-22-B-900-800', means: 'etc', stayId: 'S2' },
      { itemId: 'etc-2026-11-22-X-0-900', kind: 'notInLedger' },
      { itemId: 'etc-2026-11-22-C-900-0', kind: 'notInBill', stayId: 'S3' },
    ])
  })

  it.each([
    ['the bill alone has one', [], [line('X')], ['notInLedger X']],
    ['the ledger alone has one', [code('A')], [], ['notInBill A']],
    ['another amount', [code('A')], [line('A', 901)], ['amountDiffers A']],
    [
      'the same net, paid and refunded otherwise',
      [code('A', { refundedFen: 100 })],
      [line('A', 800)],
      ['amountDiffers A'],
    ],
    [
      'a refund that the bill does not know',
      [code('A', { refundedFen: 100 })],
      [line('A')],
      ['refundNotInBill A'],
    ],
    [
      'a refund that the ledger does not know',
      [code('A')],
      [line('A', 900, 1)],
      ['refundNotInLedger A'],
    ],
    ['a number twice in the bill', [code('A')], [line('A'), line('A')], ['twiceInBill A']],
    ['a foreign number twice', [], [line('X'), line('X')], ['notInLedger X']],
    ['a line of another day', [code('A')], [onDay(line('A'), '2026-11-20')], ['otherDay A']],
    ['a foreign line of another day', [], [onDay(line('X'), '2026-11-20')], ['otherDay X']],
    ['a line of just before midnight', [code('A')], [{ ...line('A'), atMs: startMs - 60_000 }], []],
    ['not cleared at all', [code('A')], [{ ...line('A'), clearedOn: null }], ['notCleared A']],
    [
      'cleared a day late',
      [code('A')],
      [{ ...line('A'), clearedOn: '2026-11-24' }],
      ['notCleared A'],
    ],
    [
      'disputed',
      [code('A')],
      [{ ...line('A'), clearedOn: null, isDisputed: true }],
      ['disputed A'],
    ],
    ['cleared on the next day', [code('A')], [{ ...line('A'), clearedOn: '2026-11-23' }], []],
    ['a code that nobody paid', [code('A', { paidFen: 0 })], [], []],
    ['a code of another day', [code('A', { isOfDay: false })], [], []],
    ['a code seen after midnight, billed before', [code('A', { isOfDay: false })], [line('A')], []],
  ] as const)('%s', (_what, codes, bill, expected) => {
    expect(kinds([...codes], [...bill])).toEqual(expected)
  })

  it('money that is not cleared is not there yet', () => {
    const found = judge([code('A'), code('B')], [line('A'), { ...line('B'), clearedOn: null }])
    expect(found).toMatchObject({ expectedFen: 1800, foundFen: 900 })
    expect(found.counts).toMatchObject({ equal: 1, amountDiffers: 1 })
  })

  it('an open line is told what its bill says now, once, and is no second item', () => {
    const open = {
      itemId: 'I',
      ref: 'A',
      state: 'notCleared',
      expectedFen: 900,
      foundFen: 0,
    } as const
    const now = (of: Partial<LedgerCode>, ...bill: BillLine[]) => {
      const given = { day, means: 'etc', codes: [code('A', of)], bill, billBefore: [] } as const
      const found = reconcileCodes({ ...given, heldOn: '2026-11-25', openLines: [open] })
      expect(found.differences.every(({ itemId }) => itemId === 'I')).toBe(true)
      return [found.open, ...found.lines.map((one) => [one.state, one.expectedFen, one.foundFen])]
    }
    const held = { ...line('A'), clearedOn: null }
    expect(now({}, held)).toEqual([1])
    expect(now({}, { ...held, isDisputed: true })).toEqual([1, ['disputed', 900, 0]])
    expect(now({}, { ...line('A'), clearedOn: '2026-11-26' })).toEqual([1])
    expect(now({}, { ...line('A'), clearedOn: '2026-11-25' })).toEqual([0, ['cleared', 900, 900]])
    expect(now({}, line('A', 900, 900))).toEqual([0, ['refundNotInLedger', 900, 0]])
    expect(now({ refundedFen: 900 }, line('A', 900, 900))).toEqual([0, ['refunded', 0, 0]])
    expect(now({ refundedFen: 100 }, line('A', 900, 100))).toEqual([0, ['cleared', 800, 800]])
    expect(now({ onItsWayFen: 100 }, line('A'))).toEqual([1, ['cleared', 900, 900]])
    expect(now({})).toEqual([0, ['notInBill', 900, 0]])
  })

  it('an open line of another sum is told the sum of now', () => {
    const open = { itemId: 'I', ref: 'A', expectedFen: 900, foundFen: 800 } as const
    const openLines = [{ ...open, state: 'amountDiffers' as const }]
    const given = { day, means: 'etc', codes: [code('A')], billBefore: [], openLines } as const
    const told = (fen: number) => reconcileCodes({ ...given, bill: [line('A', fen)] }).lines
    expect(told(800)).toEqual([])
    expect(told(850)).toMatchObject([{ itemId: 'I', state: 'amountDiffers', foundFen: 850 }])
  })

  it('a dispute is news where a person ended that a line was not cleared', () => {
    const held = { ...line('A'), clearedOn: null }
    const [before] = judge([code('A')], [held]).differences
    const [behind] = judge([code('A')], [{ ...held, isDisputed: true }]).differences
    expect(behind?.itemId).not.toBe(before?.itemId)
  })

  it('K07 paid before midnight and seen after it is in the bill of the day before', () => {
    expect(kinds([code('A')], [], [line('A')])).toEqual([])
  })

  it('a refund on its way may be in the bill already, or not yet', () => {
    const way = code('A', { refundedFen: 100, onItsWayFen: 200 })
    expect(kinds([way], [line('A', 900, 100)])).toEqual([])
    expect(kinds([way], [line('A', 900, 300)])).toEqual([])
    expect(kinds([way], [line('A', 900, 301)])).toEqual(['refundNotInLedger A'])
    expect(kinds([way], [line('A', 900, 99)])).toEqual(['refundNotInBill A'])
  })

  it('an item is the same one each time, and another one when the sums are others', () => {
    const [first] = judge([], [line('X')]).differences
    expect(judge([], [line('X')]).differences).toEqual([first])
    expect(judge([], [line('X', 901)]).differences[0]?.itemId).not.toBe(first?.itemId)
  })
})

const numbers = fc.constantFrom('A', 'B', 'C', 'D', 'E')
const fen = fc.integer({ min: 0, max: 5 })
const codes = fc.uniqueArray(
  fc.record({
    attemptNo: numbers,
    paidFen: fen,
    refundedFen: fen,
    onItsWayFen: fc.constant(0),
    isOfDay: fc.boolean(),
  }),
  { selector: ({ attemptNo }) => attemptNo },
)
const bills = fc.array(fc.record({ attemptNo: numbers, paidFen: fen, refundedFen: fen }))
const net = (list: readonly { paidFen: number; refundedFen: number }[]): number =>
  list.reduce((sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen, 0)

it('any day: the items add up to all by which ledger and bill differ, each number once', () => {
  fc.assert(
    fc.property(codes, bills, bills, (ledger, bill, before) => {
      const { differences, expectedFen, foundFen } = judge(ledger, bill, before)
      const isIn = (list: readonly BillLine[], no: string): boolean =>
        list.some(({ attemptNo }) => attemptNo === no)
      // The charges that belong to this day.
      const own = ledger.filter(
        ({ attemptNo, isOfDay, paidFen }) =>
          isIn(bill, attemptNo) || (isOfDay && paidFen > 0 && !isIn(before, attemptNo)),
      )
      expect(expectedFen).toBe(net(own))
      expect(foundFen).toBe(net(bill))
      const off = differences.reduce((sum, one) => sum + one.foundFen - one.expectedFen, 0)
      expect(off).toBe(foundFen - expectedFen)
      const refs = differences.map(({ ref }) => ref)
      expect(new Set(refs).size).toBe(refs.length)
      for (const { attemptNo } of bill)
        if (!ledger.some((one) => one.attemptNo === attemptNo)) expect(refs).toContain(attemptNo)
    }),
    { numRuns: 500 },
  )
})

it('counted cash is off by what it is off, or not at all', () => {
  const shift = { day, ref: '2026-11-22T20:00:00+08:00', expectedFen: 5000 }
  expect(cashDifference({ ...shift, countedFen: 5000 })).toBeNull()
  expect(cashDifference({ ...shift, countedFen: 4900 })).toMatchObject({
    means: 'cash',
    kind: 'counted',
    expectedFen: 5000,
    foundFen: 4900,
  })
})
