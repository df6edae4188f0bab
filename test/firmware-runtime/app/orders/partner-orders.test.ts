// Orders of another billing system through a running access system: who is charged, what is told, how each stay ends.
import { describe, expect, it } from 'vitest'
import { LaneFault } from '../../../../firmware-runtime/core/faults/faults.ts'
import { isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { minute, second, SentScene } from './sent-scene.ts'

const charges = ['card', 'online'] as const

/** Code and field of a refusal. */
function refused(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof LaneFault) return `${error.code} ${error.detail.field ?? ''}`
    throw error
  }
  return 'done'
}

describe.each(charges)('a lane that charges by %s', (charge) => {
  it('charges the car of an order, once, and ends its stay', () => {
    const scene = new SentScene(charge)
    const car = scene.car()
    const order = scene.order(car)
    expect(scene.orders.open(order)).toMatchObject({ state: 'open', paidFen: 0, why: null })
    scene.comes(car)
    scene.run(10 * second)
    const view = scene.orders.order(order.orderNo)
    expect(view).toMatchObject({ state: 'paid', paidFen: 700, charge: { amountFen: 700 } })
    expect(scene.told()).toEqual(['opened order-1', 'charging order-1', 'paid order-1'])
    // Sent again, it is the same order.
    expect(scene.orders.open(order)).toEqual(view)
    scene.run(10 * minute)
    expect(scene.orders.order(order.orderNo).paidFen).toBe(700)
    expect(scene.stayEnds()).toEqual(['etc'])
    expect(scene.violations()).toEqual([])
  })
})
