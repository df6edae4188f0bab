// Calls about orders of another billing system: what people see, and a disputed charge that a person lets go up.
import { expect, it } from 'vitest'
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { partnerCalls } from '#money/desk/handlers/control-partners.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { minute, SentScene } from '../../../lane/lot/sent-scene.ts'

const who = { by: '业主', reason: '已与计费系统核对', commandId: 'review-command-0001' }

function at(scene: SentScene) {
  const { runtime } = scene.lot
  return partnerCalls({ runtime, acts: new ControlActs(runtime, systemMonoClock()) })
}

it('shows each order with its state, and since when its partner was silent', () => {
  const scene = new SentScene('online', '7.2.1')
  const calls = at(scene)
  expect(calls['partners.orders']()).toEqual({
    rows: [],
    partners: [{ partnerId: 'acme', askedIso: null, openOrders: 0, pushFails: null }],
  })
  const [first, second] = [scene.car(), scene.car()]
  for (const car of [first, second]) scene.orders.open(scene.order(car))
  scene.passes(second)
  const { nowIso } = scene.orders.facts()
  scene.orders.events(0, 10)
  const { rows, partners } = calls['partners.orders']()
  expect(rows).toMatchObject([
    { orderNo: 'order-2', state: 'charging', review: 'asked', laneId: null },
    { orderNo: 'order-1', state: 'open', review: null, plate: first.plate },
  ])
  expect(partners).toEqual([
    { partnerId: 'acme', askedIso: nowIso, openOrders: 2, pushFails: null },
  ])
})

it('lets a disputed charge go up by the act of a person, and no other', () => {
  const scene = new SentScene('card', '7.2.1')
  const calls = at(scene)
  const car = scene.car()
  const { orderNo } = scene.orders.open(scene.order(car))
  scene.passes(car)
  const { charge, amountFen } = scene.orders.order(orderNo)
  const { orderId = '' } = calls['partners.orders']().rows[0] ?? {}
  const review = () => calls['partners.review']({ orderId, ...who }, 'owner')
  expect(review).toThrow(LaneFault)
  const outTradeNo = charge?.outTradeNo ?? ''
  const said = { result: 'disputed', outTradeNo, amountFen, plate: car.plate } as const
  scene.orders.review(orderNo, said)
  scene.run(minute)
  const confirmed = (): number =>
    scene.rows.filter(
      (row) => row.kind === 'outboxState' && row.body.state === 'confirmed' && row.deductionId,
    ).length
  const before = confirmed()
  expect(review()).toMatchObject({ repeated: false })
  scene.run(minute)
  expect(scene.orders.order(orderNo).review).toBe('agreed')
  expect(confirmed()).toBe(before + 1)
  const [audit] = scene.rows.filter(({ kind }) => kind === 'audit')
  expect(audit).toMatchObject({ orderId, body: { act: `partners.review ${orderId}`, by: '业主' } })
  expect(review()).toMatchObject({ repeated: true })
  expect(scene.violations()).toEqual([])
})
