// Refunds by people of what a person took: out of the drawer or by the original means, alone up to the lot's limit.
// A payment whose result is unknown blocks every other refund of its stay.
import { describe, expect, it } from 'vitest'
import { aloneBackFen } from '#money/pure/billing/person-refund.ts'
import { present } from '#base/pure/values/must.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { loop, plate, plateEvent } from '../../lane/pure/lane-bench.ts'
import { MemoryLedgerService } from './control-kit.ts'
import { cashBack, FirstCarLot, Platform } from './first-car-bench.ts'
import {
  stayId,
  opened,
  charged,
  tillOf,
  one,
  stepsOf,
  refused,
  violations,
  restarted,
} from './stay-refunds-kit.ts'

const oldOrder = 'n1-O800'
const arrearsFen = 300
/** An earlier stay of the car ended unpaid. */
function leftUnpaid({ runtime }: FirstCarLot): void {
  const atMs = runtime.nowMs() - 86_400_000
  const car = { plate, colour: 'blue' } as const
  const refs = { atMs, laneId: 'exit', stayId: 'n1-S800' }
  const opened = { ...car, enteredAtMs: atMs, noEntry: false, photo: null }
  const priced = { tariffId: 't', fromMs: atMs, toMs: atMs, lines: [], plate, plateRaw: plate }
  runtime.append([
    { kind: 'stayOpened', ...refs, laneId: 'entry', body: opened },
    { kind: 'orderMade', ...refs, orderId: oldOrder, amountFen: arrearsFen, body: priced },
    { kind: 'stayClosed', ...refs, body: { end: 'open', leftAtMs: atMs } },
  ])
}

function paidByHand(
  means: 'cash' | 'transfer' = 'cash',
  before: (lot: FirstCarLot) => void = () => undefined,
) {
  const lot = new FirstCarLot('online')
  before(lot)
  opened(lot)
  lot.give(loop('arrive', 'on'), plateEvent(plate))
  lot.clock.advance(60_000)
  const act = { by: '甲', role: 'owner', reason: '', commandId: 'settle-0001' } as const
  const dueFen = present(lot.rows('orderMade').at(-1)?.amountFen, 'an order')
  const given = means === 'cash' ? { givenFen: dueFen + 500 } : {}
  lot.give({ type: 'settle', means, amountFen: null, ...given, act })
  const opens: string[] = []
  return { lot, dueFen, opens, till: tillOf(lot, opens) }
}

describe('one person alone', () => {
  const alone = (lot: FirstCarLot): readonly number[] =>
    lot
      .rows('book')
      .flatMap(({ body }) => (body.row === 'item' && body.kind === 'alone' ? [body.foundFen] : []))

  it('gives back what the lot says in all parts of a stay together, and each part is looked at', async () => {
    const { lot, dueFen, opens } = paidByHand()
    const till = tillOf(lot, opens, dueFen - 1)
    const { attemptNo } = await one(till)
    await till.give(attemptNo, 1, null)
    await till.give(attemptNo, dueFen - 3, null)
    expect(await refused(till.give(attemptNo, 2, null))).toContain(
      'than one person may refund alone',
    )
    await till.give(attemptNo, 1, null)
    expect(await refused(till.give(attemptNo, 1, null))).toContain(
      'than one person may refund alone',
    )
    await till.give(attemptNo, 1)
    expect(alone(lot)).toEqual([-1, 3 - dueFen, -1])
    expect(opens).toHaveLength(4)
  })

  it('takes no more than that out of the drawer for what the platform would not give back', async () => {
    const lot = charged('online')
    const { paidFen, attemptNo } = await one(tillOf(lot))
    const opens: string[] = []
    const till = tillOf(lot, opens, paidFen - 1)
    lot.platform.refundVerdict = { kind: 'refused', reason: 'refundRejected' }
    await till.give(attemptNo, paidFen)
    lot.clock.advance(2_000)
    const refundNo = present((await one(till)).refunds[0], 'a refund').refundNo
    expect(await refused(till.given(refundNo, null))).toContain('than one person may refund alone')
    expect(await refused(till.given(refundNo, '甲'))).toContain('one person asked for it')
    expect([opens, alone(lot)]).toEqual([[], []])
    const rich = tillOf(lot, opens, paidFen)
    await rich.given(refundNo, null)
    expect([opens, alone(lot)]).toEqual([['drawer'], [-paidFen]])
    expect(lot.rows('refundState').at(-1)?.body).toMatchObject({ by: '甲', approvedBy: null })
    expect(aloneBackFen(lot.ledger.list)).toBe(paidFen)
    expect(violations(lot)).toEqual([])
  })
})

describe('what a person took', () => {
  it('stays while a charge of the stay has no result: it would go back by itself, and both were too much', async () => {
    const platform = new Platform()
    platform.late = true
    const lot = charged('online', platform)
    lot.clock.advance(60_000)
    const act = { by: '甲', role: 'owner', reason: '', commandId: 'settle-0002' } as const
    const [{ amountFen = 0 } = {}] = lot.rows('intent')
    lot.give({ type: 'settle', means: 'cash', amountFen: null, givenFen: amountFen, act })
    const opens: string[] = []
    const till = tillOf(lot, opens)
    const [etc, cash] = await till.list()
    expect([etc?.state, cash?.means, cash?.leftFen]).toEqual(['unknown', 'cash', etc?.amountFen])
    expect(await refused(till.give(cash?.attemptNo ?? '', 100))).toBe('PAY-07')
    expect([opens, lot.rows('refund')]).toEqual([[], []])
    platform.late = false
    lot.later()
    expect(stepsOf(await one(till))).toEqual(['done'])
    await till.give(cash?.attemptNo ?? '', 100)
    expect(opens).toEqual(['drawer'])
    expect(violations(lot)).toEqual([])
  })
  it('stays while a payment by code of the stay has no result, of another order as well', async () => {
    const { lot, opens, till } = paidByHand()
    const { attemptNo } = await one(till)
    const step = (body: PayRow): void => {
      const refs = { atMs: lot.runtime.nowMs(), laneId: 'exit', stayId, orderId: 'n1-O9' }
      lot.runtime.append([{ kind: 'pay', ...refs, body }])
    }
    step({ row: 'made', attemptNo: 'P1', way: 'offer', amountFen: 700 })
    for (const state of ['pending', 'cancelling'] as const) {
      step({ row: 'state', attemptNo: 'P1', state, paidFen: 0, reason: '' })
      expect(await refused(till.give(attemptNo, 100))).toBe('PAY-07')
    }
    expect([opens, lot.rows('refund')]).toEqual([[], []])
    step({ row: 'state', attemptNo: 'P1', state: 'closed', paidFen: 0, reason: '' })
    await till.give(attemptNo, 100)
    expect(opens).toEqual(['drawer'])
  })
  it('owes the arrears again that were paid with it, as far as what stays in the drawer does not reach', async () => {
    const { lot, dueFen, opens, till } = paidByHand('cash', leftUnpaid)
    const owed = () => lot.runtime.lot.arrears.get(oldOrder)
    expect(lot.rows('orderMade').at(-1)?.body.arrears).toEqual([
      { orderId: oldOrder, amountFen: arrearsFen },
    ])
    lot.leave()
    expect(owed()?.isPaid).toBe(true)
    const { attemptNo } = await one(till)
    await till.give(attemptNo, dueFen - 100)
    expect(owed()).toMatchObject({ amountFen: arrearsFen - 100, backFrom: stayId })
    await till.give(attemptNo, 100)
    expect(owed()).toMatchObject({ amountFen: arrearsFen })
    expect(opens).toEqual(['drawer', 'drawer'])
    expect(violations(lot)).toEqual([])
    // Folding the rows on disk gives the same.
    expect(restarted(lot, 'online').runtime.lot.arrears.get(oldOrder)).toEqual(owed())
  })
  it.each([
    ['cash', 'cash', ['drawer']],
    ['transfer', 'transfer', []],
  ] as const)('%s goes back as it came', async (means, back, drawers) => {
    const { lot, opens, till } = paidByHand(means)
    await till.give((await one(till)).attemptNo, 100)
    expect(lot.rows('refundState').at(-1)?.body.means).toBe(back)
    expect(opens).toEqual(drawers)
  })
  it('goes back out of the drawer with its row, and never more than that', async () => {
    const { lot, dueFen, opens, till } = paidByHand()
    const { attemptNo, leftFen, means } = await one(till)
    expect([means, leftFen]).toEqual(['cash', dueFen])
    expect(await refused(till.give(attemptNo, dueFen + 1))).toBe('PAY-03 it is more than is left')
    expect(opens).toEqual([])
    await till.give(attemptNo, dueFen - 1)
    expect(opens).toEqual(['drawer'])
    const rows = lot.ledger.list.slice(-4)
    expect(rows.map(({ kind }) => kind)).toEqual(['audit', 'refund', 'refundState', 'event'])
    expect(rows[2]?.body).toMatchObject({ state: 'success', means: 'cash' })
    expect(lot.rows('outbox').filter(({ body }) => body.op === 'refund')).toEqual([])
    expect(cashBack(lot)).toMatchObject([{ of: 'cash', count: 1, amountFen: dueFen - 1 }])
    const { given } = await new MemoryLedgerService(lot.ledger).dayTally()
    expect(given).toMatchObject([{ means: 'cash', amountFen: dueFen - 1 }])
    expect(await refused(till.give(attemptNo, 2))).toBe('PAY-03 it is more than is left')
    expect(await one(till)).toMatchObject({ leftFen: 1, refunds: [{ state: 'done' }] })
    expect(violations(lot)).toEqual([])
  })
})
