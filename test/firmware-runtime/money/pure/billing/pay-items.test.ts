// Steps of a code payment as items of the day's accounts: a step that needs a person makes an item, a certain result closes
// it, and nothing else does either.
import { describe, expect, it } from 'vitest'
import { payItemRows } from '#money/pure/billing/pay-items.ts'
import { applyPayRow, emptyOrder, type PayOrder } from '#money/pure/pay/order.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'

const attemptNo = 'DEMO-O7P1'
const made: PayRow = { row: 'made', attemptNo, way: 'offer', amountFen: 600 }
const state = (word: 'odd' | 'paid' | 'closed', paidFen: number): PayRow => ({
  row: 'state',
  attemptNo,
  state: word,
  paidFen,
  reason: 'amountDiffers',
})
const refund = (why: 'late' | 'person'): PayRow => ({
  row: 'refund',
  refundNo: 'R1',
  attemptNo,
  amountFen: 600,
  why,
  requestedBy: null,
  approvedBy: null,
})
const done: PayRow = { row: 'refundDone', refundNo: 'R1', attemptNo }
const item: PayRow = { row: 'item', attemptNo, reason: 'refundDiffers' }
const after = (...rows: PayRow[]): PayOrder =>
  rows.reduce((order, row) => applyPayRow(order, row), emptyOrder('O7', 600))
const of = (order: PayOrder, ...rows: PayRow[]) => payItemRows(order, rows, '2026-03-14')

describe('items of payments by code', () => {
  it('another amount is one, with both amounts and nobody as owner', () => {
    expect(of(after(made), state('odd', 700))).toEqual([
      {
        row: 'item',
        owner: '',
        itemId: 'payment DEMO-O7P1',
        day: '2026-03-14',
        means: 'qr',
        kind: 'payment',
        ref: attemptNo,
        expectedFen: 600,
        foundFen: 700,
      },
    ])
    expect(of(after(made, state('paid', 600)), item)).toMatchObject([
      { kind: 'payment', expectedFen: 600, foundFen: 600 },
    ])
  })

  it('what ends well without one has none', () => {
    expect(of(after(made), made, state('paid', 600))).toEqual([])
    expect(of(after(made), state('closed', 0))).toEqual([])
    expect(of(after(made, state('paid', 600), refund('person')), done)).toEqual([])
  })

  it('a certain end takes it off, and says how', () => {
    const open = after(made, state('odd', 700))
    expect(of(open, state('closed', 0))).toMatchObject([
      { row: 'end', itemId: 'payment DEMO-O7P1', how: 'explained', by: '', reason: 'closed' },
    ])
    expect(of(applyPayRow(open, refund('person')), done)).toMatchObject([
      { row: 'end', itemId: 'payment DEMO-O7P1', how: 'refunded', reason: 'R1' },
    ])
  })

  it('late money is one until it is back', () => {
    const paid = after(made, state('paid', 600))
    expect(of(paid, refund('late'))).toMatchObject([
      { row: 'item', kind: 'late', expectedFen: 0, foundFen: 600 },
    ])
    expect(of(applyPayRow(paid, refund('late')), done)).toMatchObject([
      { row: 'end', itemId: 'late DEMO-O7P1', how: 'refunded' },
    ])
  })
})
