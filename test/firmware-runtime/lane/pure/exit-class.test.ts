// The exit prices by the vehicle class in the OBU: a new order and its intent are written before any charge, the intent
// of the old amount is closed, and the OBU of another car changes no price.
import { describe, expect, it } from 'vitest'
import { gantryLane } from '#lane/pure/gantry-lane.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import { violationsOf } from './lot/violations.ts'
import { lifted, visit } from '../../money/pure/billing/version-1.ts'
import { b5, cardReadEvent, LaneBench, otherPlate, plate, proofFor } from './lane-bench.ts'
import { arriving } from './effects-kit.ts'

const plans = [
  { when: { classes: [2] }, ...visit(900) },
  { when: { classes: [3] }, ...visit(0) },
  { when: { classes: [4] }, ...visit(12_000) },
  visit(500),
]
const byClass: Tariff = { ...lifted(), editions: [{ graceAfterPayMin: 15, plans }] }

function bench(chargeMode: 'card' | 'online'): LaneBench {
  const made = new LaneBench({ chargeMode }).entered()
  made.tariff = byClass
  made.give(...arriving).done()
  return made
}
const lastOrder = (made: LaneBench) =>
  made.rows.flatMap((row) => (row.kind === 'orderMade' ? [row] : [])).at(-1)

it.each([
  [1, 500],
  [2, 900],
  [4, 12_000],
])('a gantry charges class %i what its plan says: %i', (vehicleClass, fen) => {
  const made = new LaneBench({
    laneId: 'gantry',
    table: gantryLane,
    chargeMode: 'online',
    stoodUntilMs: (): number => made.nowMs,
  })
  made.tariff = byClass
  made.entered(70, plate, 'P1').give({ type: 'rsuUp', psamTerminals: [], rsuId: '1' }).done()
  made.give(cardReadEvent({ vehicleClass }))
  expect(lastOrder(made)?.amountFen).toBe(fen)
  const intents = made.rows.flatMap((row) => (row.kind === 'intent' ? [row.amountFen] : []))
  // No card pays a large amount before a person has confirmed it.
  expect(intents).toEqual(fen > 10_000 ? [] : [fen])
})

describe.each(['card', 'online'] as const)('%s mode', (chargeMode) => {
  const closed = chargeMode === 'card' ? ['+outcome refused lane otherClass'] : []

  it('class 1 has no price of its own: nothing is made anew', () => {
    const made = bench(chargeMode).give(cardReadEvent())
    expect(made.done()).not.toContain('+orderMade')
    expect(lastOrder(made)).toMatchObject({ amountFen: 500 })
  })
  it('class 2 pays its own price, and the order says by what', () => {
    const made = bench(chargeMode).give(cardReadEvent({ vehicleClass: 2 }))
    const log = made.done()
    expect(log.slice(0, closed.length + 1)).toEqual([...closed, '+orderMade'])
    expect(log.indexOf('+intent')).toBeGreaterThan(log.indexOf('+orderMade'))
    const order = lastOrder(made)
    expect(order).toMatchObject({ amountFen: 900, body: { vehicle: { vehicleClass: 2 } } })
    expect(order?.body.lines.map(({ rule, amountFen }) => [rule, amountFen])).toEqual([
      ['class', 0],
      ['visit', 900],
    ])
    expect(made.rows.findLast(({ kind }) => kind === 'intent')?.amountFen).toBe(900)
    if (chargeMode === 'card') expect(made.lastC6?.amountFen).toBe(900)
    expect(made.state.car).toMatchObject({ dueFen: 900, orderId: order?.orderId })
  })
  it('a class that costs nothing goes free, and no money is asked', () => {
    const made = bench(chargeMode).give(cardReadEvent({ vehicleClass: 3 }))
    expect(made.done()).toEqual([
      ...closed,
      '+orderMade',
      'rsu release',
      'rsu search off',
      '+pass free',
      'barrier open',
      '+barrier',
    ])
  })
  it('an amount that is large by its class waits for a person', () => {
    const made = bench(chargeMode).give(cardReadEvent({ vehicleClass: 4 }))
    expect([made.state.name, made.state.car?.manual]).toEqual(['manual', 'largeAmount'])
    expect(made.done()).not.toContain('debit')
  })
  it('the OBU of another car prices nothing', () => {
    const made = bench(chargeMode).give(cardReadEvent({ vehicleClass: 2, plate: otherPlate }))
    expect(made.done()).not.toContain('+orderMade')
    expect(lastOrder(made)).toMatchObject({ amountFen: 500 })
  })
  it('a car that waits for its OBU is priced by it as well, and once', () => {
    const made = bench(chargeMode)
    made.give({ type: 'timer', name: 'obu' }, cardReadEvent({ vehicleClass: 2 }))
    expect(made.rows.filter(({ kind }) => kind === 'orderMade')).toHaveLength(2)
    expect(made.rows.findLast(({ kind }) => kind === 'intent')?.amountFen).toBe(900)
  })
  it('what cannot be written is not charged', () => {
    const made = bench(chargeMode)
    made.failAppends = 1
    made.give(cardReadEvent({ vehicleClass: 2 }))
    expect(made.done()).not.toContain('debit')
    expect([made.state.car?.manual, made.state.car?.dueFen]).toEqual(['ledgerStopped', 500])
  })
})

it('a card that was asked once keeps the price it was asked for', () => {
  const made = bench('card').give(cardReadEvent(), b5('unknown'), cardReadEvent())
  made.done()
  made.give(cardReadEvent({ vehicleClass: 2 }))
  expect(made.done()).not.toContain('+orderMade')
  expect(made.lastC6?.amountFen).toBe(500)
})

it('paid by class: every invariant of money holds', () => {
  const made = bench('card').give(cardReadEvent({ vehicleClass: 2 }), b5('paid', proofFor(9100)))
  expect(violationsOf(made.rows)).toEqual([])
  expect(made.rows.filter(({ kind }) => kind === 'payment').map((r) => r.amountFen)).toEqual([900])
})
