// The fit against fields it can describe: it recovers the parameters, names readings that do not belong, and is
// deterministic. How it does against other fields is in judged.test.ts.
import { describe, expect, it } from 'vitest'
import { parkingGrid, type PointMm } from '#survey/pure/field/grid.ts'
import { usualAir, type Mount } from '#survey/pure/model/antenna.ts'
import { fitModel, readingsMin, type ModelReading } from '#survey/pure/model/fit.ts'
import { fittedField } from '#survey/pure/model/fitted-field.ts'
import { drawnFields } from '#survey/pure/model/drawn-zone.ts'
import { firstPlaces, nextCount, nextPlaces } from '#survey/pure/model/measure-next.ts'
import {
  bounded,
  modelLevel,
  type ModelBase,
  type ParameterValues,
} from '#survey/pure/model/parameters.ts'

import { readingsMax, thinned } from '#survey/pure/model/readings.ts'

const mount: Mount = { xMm: -300, yMm: -800, heightMm: 2_600, downDeg: 35, azimuthDeg: 30 }
const base: ModelBase = { beam: { acrossDeg: 38, upDeg: 45 }, air: usualAir, atStep: 8 }

function readings(values: ParameterValues, places: readonly PointMm[], steps = [8]) {
  return steps.flatMap((powerStep) => {
    const level = modelLevel(base, values, mount, powerStep)
    return places.map(({ xMm, yMm }): ModelReading => ({
      xMm,
      yMm,
      zMm: 1_000,
      mount,
      powerStep,
      levelDbm: level(xMm, yMm, 1_000),
    }))
  })
}

const places = firstPlaces(parkingGrid, 6, 8)
const truth = [21.5, 0.6, 2, -3, 0.08, -0.06]

describe('a fit', () => {
  it('finds the values that made the field, within what it is sure of', () => {
    const { parameters, residualRmsDb, outliers } = fitModel(readings(truth, places, [6, 10]))
    const found = Object.values(parameters)
    found.forEach(({ value, se }, i) => {
      expect(Math.abs(value - (truth[i] ?? 0)), `parameter ${i}`).toBeLessThan(1.5 * se)
    })
    expect(residualRmsDb).toBeLessThan(0.5)
    expect(outliers).toEqual([])
    expect(parameters.dbPerStep.learnt).toBe(true)
  })

  it('learns nothing of a step that it did not see', () => {
    const { parameters } = fitModel(readings(truth, places))
    expect(parameters.dbPerStep).toMatchObject({ learnt: false })
    expect(parameters.dbPerStep.value).toBeCloseTo(1, 6)
    expect(parameters.eirpDbm.learnt).toBe(true)
  })

  it('names a reading behind somebody, and is hardly moved by it', () => {
    const clean = readings(truth, firstPlaces(parkingGrid, 3, 4))
    const shaded = clean.map((reading, i) =>
      i === 5 ? { ...reading, levelDbm: reading.levelDbm - 15 } : reading,
    )
    const fit = fitModel(shaded)
    expect(fit.outliers).toEqual([5])
    const field = fittedField(fit, mount, 8)
    for (const { xMm, yMm, levelDbm } of clean) {
      const sure = field.sure({ xMm, yMm, zMm: 1_000 })
      expect(Math.abs(sure.levelDbm - levelDbm)).toBeLessThan(1.2)
    }
  })

  it('is surer where it was measured, and says the same both ways', () => {
    const few = readings(truth, firstPlaces(parkingGrid, 3, 4))
    const field = fittedField(fitModel(few), mount, 8)
    const [first] = few
    const here = field.sure(first ?? expect.fail())
    const far = { xMm: 8_000, yMm: 12_000, zMm: 1_000 }
    expect(here.sdDb).toBeLessThan(field.sure(far).sdDb / 1.5)
    expect(field.level(far)).toBeCloseTo(field.sure(far).levelDbm, 9)
    expect(field.level(first ?? expect.fail())).toBeCloseTo(here.levelDbm, 9)
  })

  it('is the same each time, and in whatever order the readings come', () => {
    const few = readings(truth, firstPlaces(parkingGrid, 3, 4))
    const { values } = fitModel(few)
    expect(fitModel(few).values).toEqual(values)
    fitModel(few.toReversed()).values.forEach((value, i) =>
      expect(value).toBeCloseTo(values[i] ?? 0, 3),
    )
  })

  it('is unsure of a step that it did not see, and of angles that nobody tried', () => {
    const fit = fitModel(readings(truth, firstPlaces(parkingGrid, 3, 4)))
    const place = { xMm: 1_600, yMm: 2_250, zMm: 1_000 }
    const here = fittedField(fit, mount, 8).sure(place)
    const louder = fittedField(fit, mount, 18).sure(place)
    expect(louder.levelDbm - here.levelDbm).toBeCloseTo(10, 6)
    // Ten steps of 0.3 dB.
    expect(louder.sdDb).toBeGreaterThan(2.9)
    expect(louder.sdDb).toBeLessThan(4)
    const turned = fittedField(fit, { ...mount, azimuthDeg: -40 }, 8).sure(place)
    expect(turned.sdDb).toBeGreaterThan(1.1 * here.sdDb)
  })

  it('follows its readings near them, and takes near ones for few', () => {
    const few = readings(truth, firstPlaces(parkingGrid, 3, 4))
    const [seventh] = few.slice(6)
    const raised = few.map((r) => (r === seventh ? { ...r, levelDbm: r.levelDbm + 3 } : r))
    const near = { xMm: (seventh?.xMm ?? 0) + 150, yMm: seventh?.yMm ?? 0, zMm: 1_000 }
    const up =
      fittedField(fitModel(raised), mount, 8).level(near) -
      fittedField(fitModel(few), mount, 8).level(near)
    expect(up).toBeGreaterThan(1.2)
    const cluster = Array.from({ length: 12 }, (_, i) => ({ xMm: 1_500 + 20 * i, yMm: 2_250 }))
    const spreadOf = (places: readonly PointMm[]): number =>
      fitModel(readings(truth, places)).parameters.eirpDbm.se
    // One shadow covers all twelve.
    expect(spreadOf(cluster)).toBeGreaterThan(1)
    expect(spreadOf(cluster)).toBeGreaterThan(1.2 * spreadOf(firstPlaces(parkingGrid, 3, 4)))
  })

  it('keeps its values in bounds, whatever is read', () => {
    const silent = readings(truth, places).map((r) => ({ ...r, levelDbm: -140 }))
    expect(fitModel(silent).parameters.eirpDbm.value).toBeGreaterThanOrEqual(18 - 3 * 10)
    expect(bounded([99, -9, 1e9, -1e9, 1, -1])).toEqual([
      ...[48, expect.closeTo(0.1, 9), 9, -12, 0.36, -0.36],
    ])
    const nonsense = readings(truth, places).map((r, i) => ({
      ...r,
      levelDbm: i % 2 === 0 ? -140 : 20,
    }))
    const { values, residualRmsDb } = fitModel(nonsense)
    expect(values).toEqual(bounded(values))
    expect(residualRmsDb).toBeGreaterThan(20)
  })

  it('does with six readings, and not with five', () => {
    const few = readings(truth, firstPlaces(parkingGrid, 2, 3))
    expect(few).toHaveLength(readingsMin)
    expect(fitModel(few).parameters.eirpDbm.learnt).toBe(true)
    expect(() => fitModel(few.slice(1))).toThrow('a fit has readings')
  })
})

describe('where to measure', () => {
  it('begins evenly, on the grid', () => {
    expect(firstPlaces(parkingGrid, 3, 2)).toEqual([
      { xMm: 500, yMm: 1_000 },
      { xMm: 1_750, yMm: 1_000 },
      { xMm: 2_750, yMm: 1_000 },
      { xMm: 500, yMm: 3_500 },
      { xMm: 1_750, yMm: 3_500 },
      { xMm: 2_750, yMm: 3_500 },
    ])
  })

  it('goes on where the edges are in doubt: near the limit, at places not read yet, each by itself', () => {
    const few = readings(truth, firstPlaces(parkingGrid, 2, 3))
    const fit = fitModel(few)
    const next = nextPlaces(fit, drawnFields(fit, parkingGrid), { mount, powerStep: 8 }, -45)
    expect(next).toHaveLength(nextCount)
    const level = modelLevel(base, truth, mount, 8)
    const off = next.map(({ xMm, yMm }) => Math.abs(level(xMm, yMm, 1_000) + 45))
    expect(Math.max(...off)).toBeLessThan(6)
    const keys = [...few, ...next].map(({ xMm, yMm }) => `${xMm},${yMm}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { xMm, yMm } of next) {
      expect(Math.max(-xMm, xMm - 3_200, -yMm, yMm - 4_500)).toBeLessThanOrEqual(1_000)
    }
  })
})

it('takes no more readings than it can fit, from all over what was measured', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => i)
  const few = thinned(many)
  expect(few).toHaveLength(readingsMax)
  expect([few[0], new Set(few).size]).toEqual([0, readingsMax])
  expect(few.at(-1)).toBeGreaterThan(4_950)
  expect(thinned(many.slice(0, 400))).toHaveLength(400)
})
