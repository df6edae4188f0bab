// A reservation in the price of its stay: one line, never below zero, and the usual price outside its window.
// By the tariff of the demo lot.
import { expect, it } from 'vitest'
import { price } from '#money/pure/billing/price.ts'
import { reservationPrice } from '#lane/pure/reservation/price.ts'
import { unknownVehicle } from '#money/pure/billing/tariff.ts'
import { stayPrice } from '#lane/pure/lot/stay-price.ts'
import { present } from '#base/pure/values/must.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import type { ReservationTerms } from '#base/pure/rows/reservation-row.ts'
import { at, reservation, Scene } from './kit.ts'

const tariff = demoTariff
const costs = (fromMs: number, toMs: number): number =>
  price(tariff, fromMs, toMs, unknownVehicle).amountFen
/** From 10:00 to 13:00, reserved until 12:00. */
const stay = { fromMs: at('10:00'), toMs: at('13:00') }
const whole = price(tariff, stay.fromMs, stay.toMs, unknownVehicle)
const priced = (terms: ReservationTerms) =>
  reservationPrice(whole, { ...reservation(), terms }, stay, costs)

it('takes off what was prepaid, and no more than the price', () => {
  expect(priced({ kind: 'prepaid', amountFen: 100 }).amountFen).toBe(whole.amountFen - 100)
  const all = priced({ kind: 'prepaid', amountFen: 1_000_000 })
  expect(all).toMatchObject({ amountFen: 0, reservation: { amountFen: whole.amountFen } })
  expect(all.lines.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(0)
})

it('takes a part off its own window alone', () => {
  const inWindow = costs(at('10:00'), at('12:00'))
  expect(whole.amountFen).toBeGreaterThan(inWindow)
  expect(priced({ kind: 'discount', bp: 2500 }).amountFen).toBe(
    whole.amountFen - Math.floor(inWindow / 4),
  )
  expect(priced({ kind: 'rate', amountFen: 100 }).amountFen).toBe(whole.amountFen - inWindow + 100)
  // Never dearer than the tariff.
  expect(priced({ kind: 'rate', amountFen: 1_000_000 }).amountFen).toBe(whole.amountFen)
})

it('is a line also where it takes nothing', () => {
  const none = priced({ kind: 'none' })
  expect(none.amountFen).toBe(whole.amountFen)
  expect(none.lines.at(-1)).toMatchObject({ rule: 'reservation', amountFen: 0 })
  expect(Object.is(none.lines.at(-1)?.amountFen, -0)).toBe(false)
})

it('counts up to where it was revoked, in the order of its stay', () => {
  const terms = { kind: 'rate', amountFen: 0 } as const
  const scene = new Scene().joined().did({ do: 'make', reservation: reservation({ terms }) })
  scene.enters('n1-S1', '粤B12345', '10:00')
  const asked = { ...stay, vehicle: unknownVehicle }
  const inside = present(scene.lot.stays.get('n1-S1'), 'its stay')
  expect(stayPrice(scene.lot, tariff, inside, asked).amountFen).toBe(
    whole.amountFen - costs(at('10:00'), at('12:00')),
  )
  scene.nowMs = at('11:00')
  scene.did({ do: 'revoke', orderNo: 'R1' })
  expect(stayPrice(scene.lot, tariff, inside, asked)).toMatchObject({
    amountFen: whole.amountFen - costs(at('10:00'), at('11:00')),
    reservation: { orderNo: 'R1', toMs: at('11:00') },
  })
})
