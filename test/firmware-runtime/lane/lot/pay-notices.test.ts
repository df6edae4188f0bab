// A payment notification only triggers a query: it brings the query forward, once per notification, and its attempt is paid
// only if the gateway answers so (reference payments-and-desk.md 1.4, rule P5).
import { expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import {
  attempt,
  carAtExit,
  judge,
  leave,
  paidFen,
  rowsOf,
  runMs,
  waitForCode,
  type World,
} from './pay-lot.ts'

const queries = (world: World): number[] => {
  const seen: number[] = []
  const { handle } = world.gateway.model
  world.gateway.model.handle = (request, nowMs) => {
    if (request.method === 'GET' && request.path.includes('/attempts/')) seen.push(nowMs)
    return handle.call(world.gateway.model, request, nowMs)
  }
  return seen
}
const notified = ({ runtime }: World, no: string): void =>
  present(runtime.payments, 'the lot has a gateway').notified(no)

it('is queried at once, and the barrier opens long before the next step of queries', () => {
  const world = carAtExit()
  const { gateway, opens } = world
  const { text } = waitForCode(world)
  // A query step begins here: the next one is 3 s away.
  const seen = queries(world)
  runMs(world, 3_000)
  while (seen.length === 0) runMs(world, 100)
  runMs(world, 200)
  gateway.scan(text)
  notified(world, attempt(world))
  runMs(world, 200)
  expect([seen.length, opens.length]).toEqual([2, 1])
  leave(world)
  judge(world)
})

it.each([
  ['nothing was paid', (world: World) => attempt(world)],
  ['it is of another order', () => 'n1-O99P1'],
])('X17 opens nothing where %s', (_what, noOf) => {
  const world = carAtExit()
  waitForCode(world)
  const seen = queries(world)
  runMs(world, 1_000)
  seen.length = 0
  const rows = world.ledger.list.length
  notified(world, noOf(world))
  runMs(world, 200)
  expect(seen).toHaveLength(noOf(world) === attempt(world) ? 1 : 0)
  expect([world.opens, paidFen(world), world.ledger.list.length]).toEqual([[], 0, rows])
})

it('X17 before there is an order: nothing, and the lane asks by itself later', () => {
  const world = carAtExit()
  expect(rowsOf(world, 'pay')).toEqual([])
  notified(world, 'n1-O2P1')
  const { text } = waitForCode(world)
  world.gateway.scan(text)
  runMs(world, 5_000)
  expect(world.opens).toHaveLength(1)
})

it('X17 for another amount: what the query says is an item, and opens nothing', () => {
  const world = carAtExit()
  const { text, amountFen } = waitForCode(world)
  world.gateway.scan(text, { fen: amountFen - 1 })
  notified(world, attempt(world))
  runMs(world, 200)
  const [known] = world.runtime.lot.pays.values()
  expect(known?.order.attempts[0]).toMatchObject({ state: 'odd', item: 'otherAmount' })
  expect([world.opens, paidFen(world)]).toEqual([[], 0])
})

it('X17 twice, and once more when all is over: one payment', () => {
  const world = carAtExit()
  const { text, amountFen } = waitForCode(world)
  world.gateway.scan(text)
  for (let n = 0; n < 2; n++) notified(world, attempt(world))
  runMs(world, 500)
  expect(world.opens).toHaveLength(1)
  leave(world)
  notified(world, attempt(world))
  runMs(world, 500)
  expect([paidFen(world), world.opens.length]).toEqual([amountFen, 1])
  judge(world)
})

it('asks no more often than the gateway allows, and then by itself', () => {
  const world = carAtExit()
  world.gateway.model.policy.minQueryMs = 30_000
  const { text } = waitForCode(world)
  const seen = queries(world)
  notified(world, attempt(world))
  runMs(world, 1_000)
  for (let n = 0; n < 20; n++) {
    notified(world, attempt(world))
    runMs(world, 1_000)
  }
  expect(seen).toHaveLength(1)
  world.gateway.scan(text)
  runMs(world, 10_000)
  expect([seen.length, world.opens.length]).toEqual([2, 1])
})
