// Each money invariant M1 to M10: the smallest sequence of rows that breaks it is found and named, and a correct day gives
// no violation although every invariant was checked.
import { afterAll, describe, expect, it } from 'vitest'
import {
  checkInvariants,
  invariantIds,
  type InvariantId,
  type LiveFacts,
  type OutsideRecords,
} from '#lane/pure/lot/invariants.ts'
import { DiskShelves } from '#harness/lot/disk-shelves.ts'
import type { RowBodies } from '#base/pure/rows/ledger-row.ts'
import { Rows, t0 } from './row-kit.ts'
import { healthy, nothing } from './violations.ts'

type Charge = NonNullable<OutsideRecords['charges']> extends Iterable<infer C> ? C : never
const charge = (n: number, over: Partial<Charge> = {}) => ({
  outTradeNo: `P${n}1`,
  realFee: 500,
  status: 'SUCCESS',
  bodySm3: 'AA',
  ...over,
})
const debit = (n: number) => ({ cardNo: `card${n}`, amountFen: 500, psamSerial: n, tac: 'T' })

interface Case {
  readonly id: InvariantId
  readonly story: string
  readonly rows?: Rows
  readonly outside?: Partial<OutsideRecords>
  readonly live?: Partial<LiveFacts>
}

const start = (): Rows => new Rows().stay(1).order(1)
const intentRows = (): Rows => start().intent(1)
const armed = (): Rows => start().intent(1, 'card').armed(1)
/** Two orders on one card, both booked as paid. */
const armedAgain = (): Rows => {
  const rows = armed().outcome(1, 'paid', 'b5').pay(1).stay(2).order(2).intent(2, 'card').armed(2)
  const last = rows.all.at(-1)
  if (last?.kind === 'armed')
    rows.all[rows.all.length - 1] = { ...last, body: { ...last.body, cardNo: 'card1' } }
  return rows.outcome(2, 'paid', 'b5').pay(2)
}
/** A stay that costs 800 in the end: 500 paid, then a further order of `amountFen`, also paid. */
const paidByParts = (amountFen: number): Rows => {
  const rows = paid()
  const line = { fromMs: t0, toMs: t0, rule: 'next', text: { zh: '', en: '' } } as const
  const further = { stayId: 'n-S1', orderId: 'n-O90', laneId: 'exit', amountFen }
  rows.add('orderMade', further, {
    tariffId: 't',
    fromMs: t0,
    toMs: t0,
    plate: 'x',
    plateRaw: 'x',
    lines: [{ ...line, amountFen: 800 }],
  })
  return rows.add('payment', further, {
    paymentId: 'n-M90',
    means: 'cash',
    by: 'anna',
    reason: 'paid',
  })
}
/** A payment of 500 fen in cash, with the amount given and the change. */
function cashOf(givenFen: number | undefined, changeFen: number): Rows {
  const refs = { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', amountFen: 500 }
  const body = { paymentId: 'n-M1', means: 'cash', by: 'anna', reason: null, changeFen } as const
  return start().add('payment', refs, givenFen === undefined ? body : { ...body, givenFen })
}
/** The TAC arrives for a debit that was booked without one. */
const tacCame = (rows: Rows): Rows => {
  const refs = { laneId: 'exit', stayId: 'n-S1', orderId: 'n-O1', deductionId: 'n-O1.D1' }
  const proof = { tac: 'A1B2C3D4' } as NonNullable<RowBodies['outcome']['proof']>
  const body = {
    obuId: null,
    cardNo: null,
    state: 'paid',
    source: 'b5',
    reason: 'tacTold',
  } as const
  return rows.add('outcome', { ...refs, amountFen: 500 }, { ...body, proof })
}
const onCard = (): Rows => armed().outcome(1, 'paid', 'b5').pay(1)
const paid = (): Rows => intentRows().outbox(1).outcome(1, 'paid').pay(1)

const cases: readonly Case[] = [
  {
    id: 'M1',
    story: 'a second intent while the first is open',
    rows: intentRows().intent(1, 'online', 500, 2),
  },
  { id: 'M1', story: 'its TAC told twice', rows: tacCame(tacCame(onCard().noTac(1))) },
  { id: 'M1', story: 'settled twice', rows: intentRows().outcome(1, 'refused').outcome(1, 'paid') },
  { id: 'M1', story: 'two ETC payments', rows: paid().pay(1) },
  { id: 'M1', story: 'two payments in cash', rows: start().pay(1, 'cash').pay(1, 'qr') },
  { id: 'M1', story: 'change counted twice', rows: cashOf(2_000, 3_000) },
  { id: 'M1', story: 'cash with a row of its change alone', rows: cashOf(undefined, 0) },
  { id: 'M1', story: 'ETC and cash, no refund', rows: paid().pay(1, 'cash') },
  {
    id: 'M1',
    story: 'ETC and cash, two refunds',
    rows: paid().pay(1, 'cash').refund(1, 250).refund(1, 250),
  },
  { id: 'M1', story: 'ETC and cash, too little back', rows: paid().pay(1, 'cash').refund(1, 100) },
  { id: 'M1', story: 'paid in full, and once more by another order', rows: paidByParts(800) },
  { id: 'M1', story: 'asked for again after cash', rows: start().pay(1, 'cash').intent(1) },
  {
    id: 'M1',
    story: 'the card was debited twice',
    rows: armed().outcome(1, 'paid', 'b5').pay(1),
    outside: { cardDebits: [debit(1), debit(1)] },
  },
  { id: 'M1', story: 'an order made twice', rows: paid().order(1) },
  {
    id: 'M1',
    story: 'one deduction asked for twice',
    rows: intentRows().outcome(1, 'refused').intent(1),
  },
  { id: 'M2', story: 'an intent without its order', rows: new Rows().stay(1).intent(1) },
  {
    id: 'M2',
    story: 'armed after it was settled',
    rows: start().intent(1, 'card').outcome(1, 'refused').armed(1),
  },
  { id: 'M2', story: 'an outcome without an intent', rows: start().outcome(1, 'paid') },
  { id: 'M2', story: 'ETC money without a paid outcome', rows: intentRows().pay(1) },
  { id: 'M2', story: 'a payment without its order', rows: new Rows().stay(1).pay(1, 'cash') },
  { id: 'M2', story: 'an ETC pass without a payment', rows: intentRows().pass(1, 'etc') },
  { id: 'M2', story: 'a pass for cash nobody paid', rows: start().pass(1, 'other') },
  { id: 'M2', story: 'a free pass for a stay that costs', rows: start().pass(1, 'free') },
  { id: 'M2', story: 'a later pass that nobody gave', rows: start().pass(1, 'later') },
  { id: 'M2', story: 'the barrier told before its pass', rows: start().told(1) },
  {
    id: 'M2',
    story: 'a platform charge nobody intended',
    rows: start(),
    outside: { charges: [charge(1)] },
  },
  {
    id: 'M2',
    story: 'a card debit nobody armed',
    rows: start(),
    outside: { cardDebits: [debit(1)] },
  },
  { id: 'M3', story: 'a number used twice', rows: intentRows().outbox(1).outbox(1) },
  {
    id: 'M3',
    story: 'twice in the records',
    rows: paid(),
    outside: { charges: [charge(1), charge(1)] },
  },
  {
    id: 'M3',
    story: 'another body was sent',
    rows: paid(),
    outside: { charges: [charge(1, { bodySm3: 'bb' })] },
  },
  {
    id: 'M4',
    story: 'the platform has another amount',
    rows: paid(),
    outside: { charges: [charge(1, { realFee: 499 })] },
  },
  {
    id: 'M4',
    story: 'confirmed, but not in the records',
    rows: paid().receipt('n-U303', 'confirmed'),
    outside: { charges: [] },
  },
  {
    id: 'M4',
    story: 'a refund in the records that we did not ask for',
    rows: paid(),
    outside: { refunds: [{ outRefundNo: 'R9', refundFee: 500 }] },
  },
  {
    id: 'M4',
    story: 'paid by a card that was not debited',
    rows: armed().outcome(1, 'paid', 'b5').pay(1),
    outside: { cardDebits: [] },
  },
  { id: 'M5', story: 'the chain is broken', live: { chainOk: false } },
  { id: 'M6', story: 'armed, then called never sent', rows: armed().outcome(1, 'refused', 'lane') },
  {
    id: 'M6',
    story: 'unknown, then called never sent',
    rows: intentRows().outcome(1, 'unknown').outcome(1, 'refused', 'lane'),
  },
  {
    id: 'M6',
    story: 'the platform charged what was taken as refused',
    rows: intentRows().outbox(1).outcome(1, 'refused'),
    outside: { charges: [charge(1)] },
  },
  {
    id: 'M6',
    story: 'more paid by a card than it was debited',
    rows: armedAgain(),
    outside: { cardDebits: [debit(1)] },
  },
  {
    id: 'M4',
    story: 'paid, and neither uploaded nor named',
    rows: intentRows().outcome(1, 'paid').pay(1),
    outside: { charges: [] },
  },
  { id: 'M7', story: 'a refund of something that was not charged', rows: intentRows().refund(1) },
  { id: 'M7', story: 'refunded twice', rows: paid().refund(1, 100).refund(1, 100) },
  { id: 'M7', story: 'more back than was paid', rows: paid().refund(1, 501) },
  {
    id: 'M8',
    story: 'a free stay was charged',
    rows: new Rows().stay(1).order(1, 0).intent(1, 'online', 0),
  },
  { id: 'M9', story: 'uploads left over', live: { unsent: 1 } },
  { id: 'M9', story: 'outcomes left unknown', live: { unknown: 1 } },
  { id: 'M9', story: 'a lane that takes no car', live: { lanesReady: false } },
  {
    id: 'M10',
    story: 'both modes for one order',
    rows: start().intent(1, 'card').outcome(1, 'refused', 'lane').intent(1, 'online', 500, 2),
  },
  { id: 'M10', story: 'C6 in online mode', rows: intentRows().armed(1) },
  {
    id: 'M10',
    story: 'the platform decided a card debit',
    rows: armed().outcome(1, 'paid', 'platform'),
  },
  { id: 'M11', story: 'paid by the card, and nothing names it', rows: onCard() },
  {
    id: 'M11',
    story: 'an open item that is no exposure',
    rows: onCard().noTac(1),
    live: { exposureFen: 0 },
  },
  {
    id: 'M11',
    story: 'a waiting upload that is no exposure',
    rows: onCard().outbox(1, 'P11', 'exitUpload'),
    live: { exposureFen: 0 },
  },
]

const disk = new DiskShelves(2)
afterAll(() => disk.close())

/** Checks in memory and with the cases on disk, as for a year of rows; both must give the same. */
function check(rows: Rows, outside: Partial<OutsideRecords> = {}, live: Partial<LiveFacts> = {}) {
  const [others, facts] = [
    { ...nothing, ...outside },
    { ...healthy, ...live },
  ]
  const report = checkInvariants(rows.all, others, facts)
  expect(checkInvariants(rows.all, others, facts, disk.shelf)).toEqual(report)
  return report
}

const reported = (): Rows => new Rows().stay(1).order(1).reported(1, 'X1')
const recordsOf = (handling: number): Partial<OutsideRecords> => ({
  exceptions: [{ exceptionNo: 'X1', handling }],
})

describe('an exception the platform was told of', () => {
  const left = {
    cash: reported().pay(1, 'cash').pass(1, 'other', 'anna').closed(1, 'other'),
    waived: reported().pay(1, 'waived', 0).pass(1, 'other', 'anna').closed(1, 'other'),
    later: reported().pass(1, 'later').closed(1, 'later'),
    unpaid: reported().closed(1, 'open'),
    inside: reported(),
  }
  it.each([
    ['cash', 1, true],
    ['waived', 1, false],
    ['waived', 2, true],
    ['later', 2, true],
    ['later', 1, false],
    ['later', 3, false],
    ['unpaid', 4, true],
    ['unpaid', 1, false],
    ['inside', 1, false],
    ['inside', 4, false],
  ] as const)('of a car that went on as %s, as %i: in order %s', (end, handling, ok) => {
    const broken = check(left[end], recordsOf(handling)).violations.filter(({ id }) => id === 'M4')
    expect(broken.length === 0).toBe(ok)
  })
  it('has its row', () => {
    const broken = check(new Rows().stay(1), recordsOf(2)).violations
    expect(broken.map(({ detail }) => detail)).toEqual(['platform exception X1 without its row'])
  })
})

describe('a story that breaks one is found', () => {
  it.each(cases)('$id: $story', ({ id, rows, outside, live }) => {
    const { violations } = check(rows ?? new Rows().paidOnline(1), outside, live)
    expect(violations.map((v) => v.id)).toContain(id)
    expect(violations.every((v) => v.detail !== '')).toBe(true)
  })
  it('every invariant has its story', () => {
    expect([...new Set(cases.map((c) => c.id))].sort()).toEqual([...invariantIds].sort())
  })
  it('M5: a row is missing', () => {
    const rows = new Rows().paidOnline(1)
    rows.all.splice(3, 1)
    expect(check(rows).violations.map((v) => v.id)).toContain('M5')
  })
  it('names the stay and the time', () => {
    const { violations } = check(paid().pay(1, 'cash'))
    expect(violations[0]).toMatchObject({ stayId: 'n-S1', atIso: '2026-11-20T14:30:00.000+08:00' })
  })
})

describe('what is in order', () => {
  it('a TAC that came later, once', () => {
    const rows = tacCame(onCard().noTac(1))
    expect(checkInvariants(rows.all, nothing, healthy).violations).toEqual([])
  })

  const clean = (): Rows => {
    const rows = new Rows()
    for (let n = 1; n <= 8; n++) rows.paidOnline(n)
    rows.stay(9).order(9, 0).pass(9, 'free').told(9).closed(9, 'free')
    rows.stay(10).order(10).pay(10, 'cash').pass(10, 'other', 'anna').told(10).closed(10, 'other')
    rows.stay(11).order(11).intent(11).outbox(11).outcome(11, 'unknown').pay(11, 'cash')
    rows.pass(11, 'other', 'anna').closed(11, 'other')
    rows.outcome(11, 'paid').pay(11).refund(11)
    rows.stay(12).order(12).intent(12, 'card').armed(12).outcome(12, 'unknown', 'b5')
    rows.outcome(12, 'paid', 'evidence').pay(12).noTac(12).pass(12, 'etc').closed(12, 'etc')
    rows.stay(13).order(13).intent(13).outcome(13, 'unknown').pass(13, 'later').closed(13, 'later')
    rows.add(
      'pass',
      { laneId: 'exit' },
      { passId: 'n-P5000', cause: 'emergency', by: 'anna', reason: 'fire' },
    )
    return rows
  }
  it('says nothing, and looked at each invariant once a passage at least', () => {
    const rows = clean()
    const passages = rows.all.filter(
      (r) => r.kind === 'stayOpened' || r.kind === 'stayClosed',
    ).length
    const charges = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => charge(n))
    const report = check(rows, { charges, cardDebits: [debit(12)] })
    expect(report.violations).toEqual([])
    for (const id of invariantIds) expect(report.checked[id], id).toBeGreaterThanOrEqual(passages)
  })
  it('a card debit whose outcome nobody knows yet is an open item, not a fault', () => {
    const report = check(armed(), { cardDebits: [debit(1)] }, { healed: false })
    expect(report.violations).toEqual([])
  })
  it('a stay that went on after it was paid, and paid the rest, is no fault', () => {
    expect(check(paidByParts(300)).violations).toEqual([])
  })
  it('while faults are on, M9 is not asked', () => {
    const live = { unsent: 5, unknown: 5, lanesReady: false, healed: false }
    expect(check(clean(), {}, live).violations).toEqual([])
  })
  it('a retry after a clear refusal, and a refused charge in the records, are no faults', () => {
    const rows = intentRows().outbox(1).outcome(1, 'refused').intent(1, 'online', 500, 2)
    rows.outbox(1, 'P12').outcome(1, 'paid', 'platform', 'word', 2).pay(1, 'etc', 500, 2)
    const charges = [charge(1, { status: 'FAILED' }), charge(1, { outTradeNo: 'P12' })]
    expect(check(rows, { charges }).violations).toEqual([])
  })
})
