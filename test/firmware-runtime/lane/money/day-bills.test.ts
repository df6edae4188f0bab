// A day reconciled with bill and split bill: fetched together, judged separately; a bill that does not arrive is reported
// as missing with its reason, and nothing is reconciled with it.
import { expect, it } from 'vitest'
import { DayBills } from '#lane/money/day-bills.ts'
import type { BilledTrade, DayBill, SplitBill, SplitShare } from '#ledger/ports/platform-bill.ts'
import { dayTallyOf } from '../../money/desk/report/day-tally.ts'

const day = '2026-11-22'
const atMs = Date.parse(`${day}T12:00:00+08:00`)
const trade: BilledTrade = { outTradeNo: 'P1', paidFen: 900, refundedFen: 0 }
const share = (partyId: string, shareBp: number, shareFen: number): SplitShare => ({
  outTradeNo: 'P1',
  partyId,
  shareBp,
  shareFen,
})
const whole = <Row>(...rows: Row[]): DayBill<Row> => ({ kind: 'bill', day, rows })

function billsOf(
  bill: DayBill<BilledTrade>,
  split: SplitBill | null,
  operator: DayBill<BilledTrade> | null = null,
  record: { readonly fen: number; readonly isThere: boolean } | null = null,
): DayBills {
  const charge = {
    outTradeNo: 'P1',
    stayId: 'S1',
    paidFen: 900,
    refundedFen: 0,
    onItsWayFen: 0,
    record,
  }
  return new DayBills({
    runtime: { payments: null, nowMs: () => atMs },
    service: {
      dayTally: () => Promise.resolve(dayTallyOf([])),
      etcOfDay: () => Promise.resolve([{ ...charge, atMs }]),
    },
    bills: new Map([
      [
        'platform',
        { bill: (_day, done) => done(bill), split: split && ((_day, done) => done(split)) },
      ],
      ['operator', operator && { bill: (_day, done) => done(operator), split: null }],
    ]),
  })
}
const parties = [share('LOT', 9000, 810), share('ISSUER', 1000, 90)]

it('holds both and keeps what each party gets', async () => {
  const bills = billsOf(whole(trade), whole(...parties))
  expect(bills.means).toEqual(['etc', 'split'])
  const { rows, means, differences } = await bills.hold(day, '')
  expect([means, differences]).toEqual([['etc', 'split'], 0])
  expect(rows).toMatchObject([
    { row: 'reconciled', means: 'etc', foundFen: 900 },
    {
      row: 'reconciled',
      means: 'split',
      foundFen: 900,
      parties: [
        { partyId: 'LOT', shareFen: 810 },
        { partyId: 'ISSUER', shareFen: 90 },
      ],
    },
  ])
})

it('a difference of the split bill is its own, with the stay of its trade', async () => {
  const { rows } = await billsOf(whole(trade), whole(share('LOT', 10_000, 899))).hold(day, '')
  const items = rows.filter(({ row }) => row === 'item')
  expect(items).toMatchObject([
    { means: 'split', kind: 'splitSumDiffers', ref: 'P1', stayId: 'S1', foundFen: 899 },
  ])
})

it('a day that has not begun is held against nothing, and is none that fits', async () => {
  const bills = billsOf(whole(), whole())
  await expect(bills.hold('2026-11-23', '')).rejects.toThrow('DAY-01')
  expect(await bills.hold(day, '')).toMatchObject({ means: ['etc', 'split'] })
})

it('is missing without the bill of its day, without an answer, and is asked for no more where there is none', async () => {
  const notYet = { kind: 'notYet', reason: '100002' } as const
  const missing = (means: string) => ({ means, reason: 'notYet 100002' })
  const early = billsOf(notYet, whole(...parties))
  const both = [missing('etc'), missing('split')]
  expect(await early.hold(day, '')).toMatchObject({ rows: [], missing: both })
  expect(early.missedOf('split', day)).toMatchObject({ reason: 'notYet 100002' })
  const late = billsOf(whole(trade), notYet)
  expect(await late.hold(day, '')).toMatchObject({ means: ['etc'], missing: [missing('split')] })
  const none = billsOf(whole(trade), { kind: 'none', reason: '400004' })
  await none.hold(day, '')
  expect(none.means).toEqual(['etc'])
  expect(billsOf(whole(trade), null).means).toEqual(['etc'])
})

it("the operator's platform is the third side: records that arrived, what was charged and not what went back", async () => {
  const there = { fen: 900, isThere: true }
  const of = async (operator: DayBill<BilledTrade>, record: typeof there | null) => {
    const { rows } = await billsOf(whole(trade), null, operator, record).hold(day, '')
    return rows.flatMap((one) =>
      one.row === 'item' || ('means' in one && one.means === 'operator')
        ? [[one.row, 'kind' in one ? one.kind : one.foundFen]]
        : [],
    )
  }
  expect(await of(whole(trade), there)).toEqual([['reconciled', 900]])
  expect(await of(whole(), there)).toEqual([
    ['reconciled', 0],
    ['item', 'notInBill'],
  ])
  expect(await of(whole({ ...trade, paidFen: 899 }), there)).toEqual([
    ['reconciled', 899],
    ['item', 'amountDiffers'],
  ])
  // Still queued; or there, but its answer was lost; or the lot had no operator when it was made.
  const waiting = { ...there, isThere: false }
  expect(await of(whole(), waiting)).toEqual([['reconciled', 0]])
  expect(await of(whole(trade), waiting)).toEqual([['reconciled', 900]])
  expect(await of(whole(), null)).toEqual([['reconciled', 0]])
  expect(await of(whole(trade), null)).toEqual([
    ['reconciled', 900],
    ['item', 'notInLedger'],
  ])
})
