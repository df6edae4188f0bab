// The curve of a tariff: its steps, its ends, and that every point is the price of that stay.
// One fen a begun minute, so that an amount says a length.
import { expect, test } from 'vitest'
import { curveOf } from '#money/pure/billing/tariff-curve.ts'
import { unknownVehicle } from '#money/pure/billing/tariff.ts'
import { tariffOf } from './version-1.ts'

const aMinute = tariffOf()
const curve = (minutes: number) =>
  curveOf(aMinute, { fromMs: 1_795_156_200_000, minutes, vehicle: unknownVehicle })

test.each([
  [1, 1, 2, 1],
  [288, 1, 289, 288],
  [289, 2, 145, 288],
  [1440, 5, 289, 1440],
  [44_640, 155, 289, 44_640],
])('%i minutes are steps of %i', (minutes, stepMin, points, last) => {
  const { stepMin: found, fen } = curve(minutes)
  expect([found, fen.length, fen.at(-1)]).toEqual([stepMin, points, last])
  expect(fen.every((one, i) => one === i * stepMin)).toBe(true)
})
