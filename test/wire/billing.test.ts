// Our parking billing with an ETC access system of another maker, both as processes over HTTPS: paid by ETC, OBU not read,
// answers lost, silence with a car at the boom, late success. The books of both sides are equal at the end.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eventually } from '../kit/eventually.ts'
import { allIsWell, BillingLot } from './kit/billing-lot.ts'
import { runToEnd } from './kit/live-program.ts'

const dueFen = 300
const lot = new BillingLot()

beforeAll(async () => {
  await lot.prepare()
  await lot.bills()
})
afterAll(() => lot.close())

it('a car is charged by the access system and leaves', async () => {
  const plate = await lot.standsAtExit('read')
  await lot.leavesExit()
  expect(lot.paidBy(plate)).toEqual(['etc'])
  expect(await lot.ordersOf(plate)).toMatchObject([{ state: 'paid', charges: 1, paidFen: dueFen }])
})

it('an OBU that is not read: the order is withdrawn before cash is taken', async () => {
  const plate = await lot.standsAtExit('none')
  await lot.waitsWith('obuNotRead')
  await lot.settle('cash')
  await lot.leavesExit()
  expect(lot.paidBy(plate)).toEqual(['cash'])
  await lot.drained()
  const orders = await lot.ordersOf(plate)
  expect(orders.map(({ state }) => state)).not.toContain('paid')
  expect(orders[0]).toMatchObject({ state: 'withdrawn', charges: 0 })
})

it('a car whose OBU is read late pays by its next order', async () => {
  const plate = await lot.standsAtExit('none')
  await lot.waitsWith('obuNotRead')
  await lot.obuCame(plate)
  await lot.leavesExit()
  expect(lot.paidBy(plate)).toEqual(['etc'])
  const orders = await lot.ordersOf(plate)
  expect(orders.length).toBeGreaterThan(1)
  expect(orders.map(({ charges }) => charges).reduce((a, b) => a + b)).toBe(1)
})

it('answers that are lost after the charge cost nobody a second one, and the car leaves paid', async () => {
  await lot.ask('POST', '/faults', [
    { at: 'openOrder', when: 'after', do: 'drop', times: 1 },
    { at: 'order', when: 'after', do: 'drop', times: 1 },
  ])
  const plate = await lot.standsAtExit('read')
  await lot.leavesExit()
  expect(lot.paidBy(plate)).toEqual(['etc'])
  expect(await lot.ordersOf(plate)).toMatchObject([{ state: 'paid', charges: 1, paidFen: dueFen }])
})

it('silence with a car at the boom: it pays in cash, and a charge made meanwhile goes back once', async () => {
  const before = await lot.state()
  // The order arrives and its answer does not; nothing is heard for longer than the lane waits.
  await lot.ask('POST', '/faults', [{ at: 'openOrder', when: 'after', do: 'silence', ms: 12_000 }])
  const plate = await lot.standsAtExit('read')
  await lot.waitsWith('noAnswerTwice')
  expect(await lot.ordersOf(plate)).toMatchObject([{ state: 'paid', charges: 1 }])
  await lot.settle('cash')
  await lot.leavesExit()
  await eventually(
    () => lot.state(),
    ({ refundedFen }) => refundedFen === before.refundedFen + dueFen,
    { of: lot.of },
  )
  await lot.drained()
  expect(lot.paidBy(plate)).toEqual(['cash', 'etc'])
  expect(await lot.ordersOf(plate)).toMatchObject([{ charges: 1, refundedFen: dueFen }])
  const refunds = lot.rowsOf(plate).filter(({ kind }) => kind === 'refund')
  expect(refunds).toMatchObject([{ amountFen: dueFen }])
})

it('a charge without a result there: cash settles the order, and the access system gives a late charge back', async () => {
  await lot.ask('POST', '/policy', { charges: 'unknown' })
  const plate = await lot.standsAtExit('read')
  await eventually(
    () => lot.ordersOf(plate),
    ([order]) => order?.state === 'unknown',
    { of: lot.of },
  )
  await lot.ask('POST', '/faults', [{ at: '*', when: 'before', do: 'silence', ms: 10_000 }])
  await lot.waitsWith('noAnswerTwice')
  await lot.settle('cash')
  await lot.leavesExit()
  await lot.drained()
  const [order] = await lot.ordersOf(plate)
  expect(order).toMatchObject({ state: 'settled', charges: 0 })
  await lot.ask('POST', '/charges', { orderNo: order?.orderNo, do: 'paid' })
  expect(await lot.ordersOf(plate)).toMatchObject([{ charges: 1, refundedFen: dueFen }])
  expect(lot.paidBy(plate)).toEqual(['cash'])
  await lot.ask('POST', '/policy', { charges: 'paid' })
})

it('a car that goes back in leaves no order behind', async () => {
  const plate = await lot.standsAtExit('none')
  await lot.until('exit', ({ state }) => state === 'charging')
  await lot.loops('exit', false, false)
  await lot.until('exit', ({ state }) => state === 'idle')
  await lot.drained()
  const orders = await lot.ordersOf(plate)
  expect(orders.map(({ state }) => state)).toEqual(['withdrawn'])
})

it.each([
  ['after the order was charged there and its answer lost', 'charged'],
  ['while the order is open', 'open'],
  ['after cash was taken, before the order is settled', 'cash'],
] as const)('killed %s: charged once at most, and the car has an end', async (_name, when) => {
  const lost =
    when === 'open' ? [] : [{ at: 'openOrder', when: 'after', do: 'silence', ms: 14_000 }]
  await lot.ask('POST', '/faults', lost)
  const plate = await lot.standsAtExit(when === 'charged' ? 'read' : 'none')
  const state = when === 'charged' ? 'paid' : 'open'
  const isThere = ([order]: { readonly state: string }[]): boolean => order?.state === state
  await eventually(() => lot.ordersOf(plate), isThere, { of: lot.of })
  if (when === 'cash') {
    await lot.waitsWith('noAnswerTwice')
    await lot.settle('cash')
    await lot.leavesExit()
  }
  await lot.run.stop('SIGKILL')
  await lot.ask('DELETE', '/faults')
  await lot.bills()
  if (when === 'open') await lot.obuCame(plate)
  if (when !== 'cash') {
    await lot.loops('exit', false, false)
    await lot.comes('exit', { plate, colour: 'blue' })
    await lot.leavesExit()
  }
  await lot.drained()
  const orders = await lot.ordersOf(plate)
  const charges = orders.reduce((sum, one) => sum + one.charges, 0)
  expect([lot.paidBy(plate), charges]).toEqual(when === 'cash' ? [['cash'], 0] : [['etc'], 1])
})

it('the window shows no fault of what an access system does not have', async () => {
  const board = await lot.run.call<{ notices: { code: string }[] }>('board.get')
  const codes = (board.notices ?? []).map(({ code }) => code)
  expect(codes).toEqual([])
  expect(await lot.run.call('list.status')).toMatchObject({ state: expect.any(String) })
})

it('the ledger verifies, the invariants hold, and the books of both sides are equal', async () => {
  await lot.drained()
  expect(await lot.judge()).toEqual(allIsWell)
  const { json, code } = await runToEnd(['ledger', 'verify', '--data', lot.dir])
  expect([code, json['ok']]).toEqual([0, true])
})

it('is refused for a lot that charges at a platform', async () => {
  await lot.run.stop()
  const file = join(lot.dir, 'lot.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as { platform: object }
  const { interface: _, ...platform } = config.platform as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...config, platform }))
  const { json, code } = await runToEnd(['billing', '--data', lot.dir, '--json'])
  expect(code).toBe(78)
  expect(json).toMatchObject({ error: { code: 'LOT-02', field: '/platform/interface' } })
  writeFileSync(file, JSON.stringify(config))
})
