// Cash at the exit: the amount given, the change, and the row that is written before the barrier moves.
// Too little, too much, or a `given` amount for other means is refused with a code, and nothing is booked.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { arriveAtExit, carAtExit, makeLot, type TestLot } from './control-kit.ts'

const who = { commandId: 'command-0001', by: '测试员', reason: '现金' }
const settle = (lot: TestLot, args: object) =>
  lot.control.call('lane.settle', { laneId: 'exit', means: 'cash', ...who, ...args }, 'attendant')
const paymentsOf = (lot: TestLot) =>
  lot.ledger.list.flatMap((row) => (row.kind === 'payment' ? [row] : []))

describe('500 fen are due', () => {
  it.each([
    [500, 0],
    [501, 1],
    [2_000, 1_500],
    [10_000, 9_500],
  ])('%i are given: the row and the answer say the same change', async (givenFen, changeFen) => {
    const lot = makeLot()
    carAtExit(lot)
    expect(await settle(lot, { givenFen })).toMatchObject({ ok: true, data: { changeFen } })
    const [paid, ...more] = paymentsOf(lot)
    expect(more).toEqual([])
    expect(paid).toMatchObject({
      amountFen: 500,
      body: { means: 'cash', by: who.by, givenFen, changeFen },
    })
    expect(givenFen - changeFen).toBe(paid?.amountFen)
  })

  it('a repeat says the change again, where it names what was due', async () => {
    const lot = makeLot()
    carAtExit(lot)
    const named = { givenFen: 2_000, amountFen: 500 }
    await settle(lot, named)
    expect(await settle(lot, named)).toMatchObject({ data: { repeated: true, changeFen: 1_500 } })
    expect(paymentsOf(lot)).toHaveLength(1)
  })

  it('the driver reads his change', async () => {
    const lot = makeLot()
    carAtExit(lot)
    await settle(lot, { givenFen: 2_000 })
    expect(lot.runtime.lanes.get('exit')?.state.shown.zh).toMatch(/¥ 5\.00 找零¥ 15\.00$/)
  })

  it('the row is there before the barrier moves', async () => {
    const lot = makeLot()
    carAtExit(lot)
    lot.ledger.fault = new LaneFault('DATA-02')
    expect(await settle(lot, { givenFen: 2_000 })).toMatchObject({ error: { code: 'DATA-02' } })
    expect([lot.told, paymentsOf(lot)]).toEqual([[], []])
  })

  it('without a word of what was given the row says the amount alone', async () => {
    const lot = makeLot()
    carAtExit(lot)
    expect(await settle(lot, {})).toEqual({ ok: true, data: { ok: true, repeated: false } })
    expect(Object.keys(paymentsOf(lot)[0]?.body ?? {}).sort()).toEqual([
      'by',
      'means',
      'paymentId',
      'reason',
    ])
  })

  it.each([
    ['too little', { givenFen: 499 }, 'CASH-01', '1 fen are still missing'],
    ['nothing', { givenFen: 0 }, 'CASH-01', '500 fen are still missing'],
    ['a note too many', { givenFen: 10_500 }, 'CASH-02', 'the change would be 10000 fen'],
    [
      'a transfer',
      { givenFen: 500, means: 'transfer' },
      'LANE-02',
      'only cash has an amount given',
    ],
  ])('%s is refused, and the right amount is taken after it', async (_, args, code, note) => {
    const lot = makeLot()
    carAtExit(lot)
    const reply = await settle(lot, args)
    expect(reply).toMatchObject({ error: { code, field: '/givenFen' } })
    expect(JSON.stringify(reply)).toContain(note)
    expect([lot.told, paymentsOf(lot)]).toEqual([[], []])
    expect(await settle(lot, { givenFen: 500 })).toMatchObject({ ok: true })
    expect(lot.told).toHaveLength(1)
  })

  it('given twice under one id it is taken once', async () => {
    const lot = makeLot()
    carAtExit(lot)
    await settle(lot, { givenFen: 2_000 })
    expect(await settle(lot, { givenFen: 2_000 })).toEqual({
      ok: true,
      data: { ok: true, repeated: true },
    })
    expect(await settle(lot, { givenFen: 1_000 })).toMatchObject({ error: { code: 'ACT-01' } })
    expect([paymentsOf(lot).length, lot.told.length]).toEqual([1, 1])
  })
})

it('a car without a stay pays the price that a person names, with change', async () => {
  const lot = makeLot()
  arriveAtExit(lot, null)
  const reply = await settle(lot, { amountFen: 700, givenFen: 1_000 })
  expect(reply).toMatchObject({ data: { changeFen: 300 } })
  expect(paymentsOf(lot)).toMatchObject([{ amountFen: 700, body: { changeFen: 300 } }])
})

describe('a car without an order', () => {
  it.each([
    ['cash', 0],
    ['transfer', 0],
    ['cash', undefined],
  ])('%s of %j fen is free of charge by another word, and refused', async (means, amountFen) => {
    const lot = makeLot()
    arriveAtExit(lot, '测C54321')
    expect(lot.runtime.lanes.get('exit')?.state.car).toMatchObject({ orderId: null, dueFen: 0 })
    const args = { means, ...(amountFen === undefined ? {} : { amountFen }) }
    const refused = await settle(lot, args)
    expect(refused).toMatchObject({ error: { code: 'LANE-02', field: '/amountFen' } })
    expect(paymentsOf(lot)).toEqual([])
    expect(await settle(lot, { ...args, amountFen: 300 })).toMatchObject({ ok: true })
  })
})

describe('a car without an entry record has no price', () => {
  it.each([
    ['cash without an amount', { givenFen: 2_000 }],
    ['cash for 0.00, of which 20.00 would be returned', { amountFen: 0, givenFen: 2_000 }],
    ['a transfer without an amount', { means: 'transfer' }],
    ['a transfer of nothing', { means: 'transfer', amountFen: 0 }],
    ['to be collected later, without an amount', { means: 'later' }],
    ['to be collected later, nothing', { means: 'later', amountFen: 0 }],
  ])('%s is refused, and nothing is booked', async (_, args) => {
    const lot = makeLot()
    arriveAtExit(lot, '测A12345')
    const reply = await settle(lot, args)
    expect(reply).toMatchObject({ error: { code: 'LANE-02', field: '/amountFen' } })
    expect([lot.told, paymentsOf(lot)]).toEqual([[], []])
    expect(lot.ledger.list.filter(({ kind }) => kind === 'orderMade')).toEqual([])
  })

  it.each([
    ['cash', { amountFen: 1_250, givenFen: 2_000 }, { changeFen: 750 }, 1_250],
    ['a transfer', { means: 'transfer', amountFen: 1_250 }, {}, 1_250],
    ['collected later', { means: 'later', amountFen: 1_250 }, {}, 1_250],
    ['let go without payment, which has its own PIN', { means: 'free' }, {}, 0],
  ])('%s: by the amount that a person named', async (_, args, data, dueFen) => {
    const lot = makeLot()
    arriveAtExit(lot, '测A12345')
    expect(await settle(lot, args)).toMatchObject({ ok: true, data })
    const orders = lot.ledger.list.filter(({ kind }) => kind === 'orderMade')
    expect(orders).toMatchObject([{ amountFen: dueFen }])
    expect(lot.told).toHaveLength(1)
  })
})
