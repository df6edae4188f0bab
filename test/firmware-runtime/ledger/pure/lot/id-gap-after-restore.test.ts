// After a machine was lost, its successor's ids start beyond any that it may have given out, also on a second machine from
// the same copy, and every day on which it may have issued receipts has room for them.
import { describe, expect, it } from 'vitest'
import { outTradeNoOf, orderNumberIn } from '#devices/pure/charge/charge-facts.ts'
import {
  moveNumbers,
  numbersFrom,
  rowsAfterLoss,
  type Loss,
} from '#ledger/pure/lot/id-gap-after-restore.ts'
import { emptyLot, foldRow, mintId } from '#ledger/pure/lot/lot.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { Rows, t0 } from '../../../lane/pure/lot/row-kit.ts'

const nothing = { copyAtMs: t0, atMs: t0, lostRows: 0, billedNumber: 0 }
const movedTo = (lastId: number, loss: Partial<Loss>): number => {
  const row = rowsAfterLoss({ ...nothing, ...loss }).at(-1)
  const lot = { ...emptyLot(), lastId }
  if (row?.kind === 'event') moveNumbers(lot, row.body.detail, row.atMs)
  return lot.lastId
}

describe('ids after a loss', () => {
  it('are taken behind the gap once its row is folded', () => {
    const rows = new Rows().stay(7)
    const lot = emptyLot()
    for (const row of rows.all) foldRow(lot, row)
    for (const { kind, body } of rowsAfterLoss(nothing))
      if (kind === 'event') rows.add('event', {}, body)
    for (const row of rows.all.slice(1)) foldRow(lot, row)
    expect(mintId(lot, { lotId: 'GX1', nodeId: 'n' }, 'S')).toBe('n-S1000008')
  })

  it('are behind what a machine gave out that went on from the same copy', () => {
    const first = movedTo(12, { atMs: t0 + 900_000 })
    // The first successor ran for an hour, and no copy was made of it.
    const second = movedTo(12, { atMs: t0 + 900_000 + 3_600_000 })
    expect(second - first).toBe(360_000)
    // With a clock that is behind, the gap still has its minimum.
    expect(movedTo(12, { atMs: t0 - dayMs })).toBe(1_000_012)
  })

  it('are behind what a head and a bill say of the lost machine', () => {
    expect(movedTo(12, { lostRows: 5_000_000 })).toBe(51_000_012)
    expect(movedTo(12, { billedNumber: 70_000_000 })).toBe(71_000_000)
  })

  it('and what is counted within an order goes on elsewhere after each restore', () => {
    const lives = [12, movedTo(12, {}), movedTo(movedTo(12, {}), {})].map(numbersFrom)
    expect(lives).toEqual([0, 100, 200])
  })

  it('are read from trade numbers of this node, and from no others', () => {
    const node = { lotId: 'GX00012', nodeId: 'n1' }
    const no = (orderId: string, of = node) =>
      outTradeNoOf({ ...of, orderId, timeBcd: '20261123071500', attempt: 2 })
    expect([7, 46_655, 4_000_000_000].map((n) => orderNumberIn(no(`n1-O${n}`), node))).toEqual([
      7, 46_655, 4_000_000_000,
    ])
    expect(orderNumberIn(no('n1-O9', { ...node, lotId: 'GX00013' }), node)).toBe(0)
    expect(orderNumberIn('T1', node)).toBe(0)
  })
})

it('each day since the copy has places for receipts, among the rows of that day', () => {
  const rows = rowsAfterLoss({ ...nothing, copyAtMs: t0 - 2 * dayMs }).slice(0, -1)
  const days = rows.flatMap(({ kind, body }) => (kind === 'event' ? [body.detail] : []))
  expect(days.map((detail) => JSON.parse(detail) as unknown)).toMatchObject([
    { day: expect.any(Number) as number },
    { count: 1000 + 86_400 / 5 },
    {},
  ])
  expect(rows.every(({ atMs }) => atMs <= t0)).toBe(true)
})
