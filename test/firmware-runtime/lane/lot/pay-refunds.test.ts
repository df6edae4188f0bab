// Refunds by people of a payment by code: each has its row first; partial, of old payments, and refused.
// Virtual time, one exit, the gateway's model behind the product's own client.
import { describe, expect, it } from 'vitest'
import { payOrdersOf } from '#money/pure/pay/stay-orders.ts'
import { present } from '#base/pure/values/must.ts'
import {
  hourUs,
  carAtExit,
  type World,
  waitForCode,
  runMs,
  words,
  paidFen,
  attempt,
  together,
  leave,
  heldFen,
} from './pay-lot.ts'

describe('money that people give back', () => {
  const audit = { act: 'pay.refund', by: '甲', role: 'owner', reason: '', commandId: 'r1' } as const
  const alone = { aloneFenMax: 5_000 } as const
  const giveBack = (world: World, amountFen: number, approvedBy: string | null = '乙'): void => {
    const { runtime, ledger } = world
    const [orderId, known] = present([...payOrdersOf(ledger.list)][0], 'an order')
    const wanted = { attemptNo: attempt(world), amountFen, requestedBy: '甲', approvedBy, ...alone }
    const body = { ...audit, result: 'done' }
    present(runtime.payments, 'a gateway').refund(orderId, known, wanted, [
      { kind: 'audit', atMs: runtime.nowMs(), body },
    ])
  }
  const paid = (): World => {
    const world = carAtExit()
    world.gateway.scan(waitForCode(world).text)
    runMs(world, 10_000)
    leave(world)
    return world
  }

  it('is asked for behind its row and that of the audit, in one transaction, part by part', () => {
    const world = paid()
    giveBack(world, 100)
    expect(together(world, (row) => row.kind === 'pay' && row.body.row === 'refund')).toEqual([
      'audit',
      'refund',
    ])
    expect(heldFen(world)).toBe(paidFen(world))
    giveBack(world, 50)
    runMs(world, 10_000)
    expect(heldFen(world)).toBe(paidFen(world) - 150)
    expect(words(world).filter((word) => word === 'refundDone')).toHaveLength(2)
  })

  it('never is more than was paid, and never one person’s', () => {
    const world = paid()
    giveBack(world, 100)
    expect(() => giveBack(world, paidFen(world) - 99)).toThrow('more than is left')
    expect(() => giveBack(world, 1, '甲')).toThrow('asked for it and approved')
    expect(() => giveBack(world, 5_001, null)).toThrow('refund alone')
    runMs(world, 10_000)
    expect(heldFen(world)).toBe(paidFen(world) - 100)
  })

  it('goes back of an order that was forgotten, and a restart goes on with it', () => {
    const world = paid()
    const { gateway, time, runtime, ledger } = world
    time.runTo(time.nowUs + 48 * hourUs)
    runtime.lot.pays.clear()
    gateway.isCut = true
    giveBack(world, 100)
    expect(words(world).slice(-3, -1)).toEqual(['again', 'refund'])
    runtime.stop()
    gateway.isCut = false
    const next = { ...world, ...world.begin(ledger) }
    runMs(next, 60_000)
    expect(heldFen(next)).toBe(paidFen(next) - 100)
    expect(words(next).at(-1)).toBe('refundDone')
  })

  it('that the gateway refuses is over, and can be asked for anew', () => {
    const world = paid()
    const { gateway, runtime } = world
    const trade = present(gateway.tradeOf(attempt(world)), 'the trade')
    const { paidFen: paidThere } = trade
    trade.paidFen = 0
    giveBack(world, 100)
    runMs(world, 10_000)
    expect(words(world).at(-1)).toBe('refundRefused')
    trade.paidFen = paidThere
    giveBack(world, paidFen(world))
    runMs(world, 10_000)
    expect(heldFen(world)).toBe(0)
    const [known] = runtime.lot.pays.values()
    expect(known?.order.attempts[0]?.refunds.map(({ state }) => state)).toEqual(['refused', 'done'])
  })
})
