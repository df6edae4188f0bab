// Items of the day's accounts as a fold of rows: an end removes an item from the list, and a payment that needs a person
// again afterwards is listed again, with its current reason.
import { describe, expect, it } from 'vitest'
import { tallyOf, type DayItem } from '#money/pure/billing/day-items.ts'
import { givenByEnds } from '#money/pure/billing/given-back.ts'
import { payItemRows } from '#money/pure/billing/pay-items.ts'
import { applyPayRow, emptyOrder } from '#money/pure/pay/order.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'

const attemptNo = 'DEMO-O7P1'
const day = '2026-03-14'

const fold = (bodies: readonly TallyRow[]): readonly DayItem[] => {
  const rows = bodies.map((body, n) => ({ kind: 'book', seq: n + 1, atMs: n + 1, body }))
  return [...tallyOf(rows as readonly unknown[] as LedgerRow[]).items.values()]
}

/** The book rows that these steps of one payment make, one step after the other. */
function rowsOfSteps(...steps: readonly PayRow[]): TallyRow[] {
  let order = emptyOrder('O7', 600)
  return steps.flatMap((step) => {
    const rows = payItemRows(order, [step], day)
    order = applyPayRow(order, step)
    return rows
  })
}

const made: PayRow = { row: 'made', attemptNo, way: 'offer', amountFen: 600 }
const atDayEnd: PayRow = { row: 'item', attemptNo, reason: 'openAtDayEnd' }
const state = (word: 'closed' | 'odd' | 'paid', paidFen: number): PayRow => ({
  row: 'state',
  attemptNo,
  state: word,
  paidFen,
  reason: word,
})
const openOnes = (items: readonly DayItem[]) => items.filter(({ end }) => end === null)

describe('a payment by code', () => {
  it('of another amount, after its code ran out over midnight, is open again', () => {
    const items = fold(rowsOfSteps(made, atDayEnd, state('closed', 0), state('odd', 700)))
    expect(openOnes(items)).toMatchObject([
      { itemId: `payment ${attemptNo}`, expectedFen: 600, foundFen: 700, owner: '' },
    ])
    expect(items).toHaveLength(2)
    expect(new Set(items.map(({ itemId }) => itemId)).size).toBe(2)
  })

  it('that was paid, and then not, is open again', () => {
    const items = fold(rowsOfSteps(made, atDayEnd, state('paid', 600), state('odd', 600)))
    expect(openOnes(items)).toMatchObject([{ foundFen: 600 }])
  })

  it('that is open has the amounts of its last step, and keeps who looks after it', () => {
    const before = rowsOfSteps(made, atDayEnd)
    const owner: TallyRow = { row: 'owner', itemId: `payment ${attemptNo}`, owner: '李四' }
    const after = rowsOfSteps(made, atDayEnd, state('odd', 700)).slice(before.length)
    expect(fold([...before, owner, ...after])).toMatchObject([
      { expectedFen: 600, foundFen: 700, owner: '李四', end: null, foundAtMs: 1 },
    ])
  })

  it('keeps what went back with the end of before', () => {
    const itemId = `payment ${attemptNo}`
    const end: TallyRow = {
      row: 'end',
      itemId,
      how: 'refunded',
      by: '李四',
      approvedBy: null,
      reason: '退现金',
      refundMeans: 'cash',
      refundFen: 700,
    }
    const again = rowsOfSteps(made, state('odd', 700))
    const items = fold([...again, end, ...again])
    expect(givenByEnds(items)).toMatchObject([{ means: 'cash', amountFen: 700 }])
    expect(openOnes(items)).toHaveLength(1)
  })
})

it('a difference to a bill that ended is not open again where the same one is found', () => {
  const item = {
    row: 'item',
    owner: '',
    itemId: 'qr-2026-03-14-A-600-0',
    day,
    means: 'qr',
    kind: 'notInBill',
    ref: 'A',
    expectedFen: 600,
    foundFen: 0,
  } as const
  const end = {
    row: 'end',
    itemId: item.itemId,
    how: 'found',
    by: '李四',
    approvedBy: null,
  } as const
  const items = fold([item, { ...end, reason: '次日账单有' }, item])
  expect(openOnes(items)).toEqual([])
  expect(items).toHaveLength(1)
})
