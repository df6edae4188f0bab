// The field as points, raster, zone and line: against fields that are known exactly.
// Circles of known size take the place of the car in the standard.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burstOf, settled } from '#base/pure/figures/burst.ts'
import { containmentOf, exactContainment } from '#survey/pure/field/containment.ts'
import { contourOf } from '#survey/pure/field/contour.ts'
import { rasterOf, type MeasuredPoint } from '#survey/pure/field/field-map.ts'
import {
  columnsOf,
  gridPoints,
  nextPoint,
  parkingGrid,
  pointKey,
  rowsOf,
  stations,
  type PointMm,
} from '#survey/pure/field/grid.ts'
import { zoneOf } from '#survey/pure/field/zone.ts'

const points = gridPoints(parkingGrid)
const inside = points.filter(({ part }) => part === 'inside')

/** A level that falls by 6 dB a metre from the centre: contours are circles of known size. */
const cone =
  (middle: PointMm, topDbm: number) =>
  (at: PointMm): number =>
    topDbm - 0.006 * Math.hypot(at.xMm - middle.xMm, at.yMm - middle.yMm)

const measured = (field: (at: PointMm) => number): readonly MeasuredPoint[] =>
  points.map((point) => ({ xMm: point.xMm, yMm: point.yMm, levelDbm: field(point) }))

const fine = {
  columns: stations(parkingGrid.widthMm, 50),
  rows: stations(parkingGrid.lengthMm, 50),
}

describe('the grid of row 5', () => {
  it('has 13 columns and an edge column, 19 rows, and a ring around', () => {
    expect(columnsOf(parkingGrid)).toHaveLength(14)
    expect(columnsOf(parkingGrid).slice(-3)).toEqual([2_750, 3_000, 3_200])
    expect(rowsOf(parkingGrid)).toHaveLength(19)
    expect(inside).toHaveLength(14 * 19)
    expect(new Set(points.map(pointKey)).size).toBe(points.length)
    for (const { xMm, yMm, part } of points) {
      const out = xMm < 0 || yMm < 0 || xMm > 3_200 || yMm > 4_500
      expect(part).toBe(out ? 'ring' : 'inside')
    }
  })

  it('is walked one step at a time', () => {
    inside.slice(1).forEach((point, i) => {
      const before = inside[i] ?? point
      const step = Math.abs(point.xMm - before.xMm) + Math.abs(point.yMm - before.yMm)
      expect(step).toBeLessThanOrEqual(250)
    })
  })

  it('leads on from any point to each that is left, and then ends', () => {
    fc.assert(
      fc.property(fc.nat({ max: points.length - 1 }), (start) => {
        const taken = new Set<string>()
        let last: PointMm | null = points[start] ?? null
        for (let n = 0; n < points.length; n++) {
          const next = nextPoint(points, taken, last)
          if (next === null) return false
          taken.add(pointKey(next))
          last = next
        }
        return nextPoint(points, taken, last) === null && taken.size === points.length
      }),
      { numRuns: 20 },
    )
  })
})

describe('a burst', () => {
  it('is the mean of its power, and stands still when its last samples do', () => {
    expect(burstOf([-40, -44, -41])).toEqual({ levelDbm: -41.36, spreadDb: 4, samples: 3 })
    // A median would not show the strong half.
    expect(burstOf([-40, -40, -90, -90, -90])).toMatchObject({ levelDbm: -43.98, spreadDb: 50 })
    expect(settled([-41, -41, -41, -41])).toBeNull()
    expect(settled([-41, -41, -41, -41, -45])).toBeNull()
    expect(settled([-70, -41, -41, -42, -43, -44])).toMatchObject({ levelDbm: -42.05, spreadDb: 3 })
  })
})

describe('the picture between points', () => {
  it('is what was measured where it was measured, and never outside its neighbours', () => {
    const field = cone({ xMm: 1_600, yMm: 2_250 }, -35)
    const taken = measured(field)
    const { levels } = rasterOf(taken, fine.columns, fine.rows)
    const low = Math.min(...taken.map((p) => p.levelDbm))
    const high = Math.max(...taken.map((p) => p.levelDbm))
    for (const level of levels) {
      expect(level).not.toBeNull()
      expect(level ?? 0).toBeGreaterThanOrEqual(low)
      expect(level ?? 0).toBeLessThanOrEqual(high)
    }
    const exact = rasterOf(taken, columnsOf(parkingGrid), rowsOf(parkingGrid))
    exact.levels.forEach((level, i) => {
      const xMm = exact.columns[i % exact.columns.length] ?? 0
      const yMm = exact.rows[Math.floor(i / exact.columns.length)] ?? 0
      expect(level).toBeCloseTo(field({ xMm, yMm }), 6)
    })
  })

  it('says nothing far from every reading', () => {
    const raster = rasterOf([{ xMm: 0, yMm: 0, levelDbm: -30 }], [0, 400, 600], [0])
    expect(raster.levels).toEqual([-30, -30, null])
  })
})

describe('the zone', () => {
  const field = cone({ xMm: 1_600, yMm: 2_250 }, -38)
  // 7 dB at 6 dB a metre: a circle of 1,167 mm.
  const radiusMm = 7_000 / 6
  const raster = rasterOf(measured(field), fine.columns, fine.rows)

  it('has the size of the circle, within a hand', () => {
    const zone = zoneOf(raster, -45)
    expect(zone?.openSides).toEqual([])
    for (const [edge, mm] of [
      [zone?.leftMm, 1_600 - radiusMm],
      [zone?.rightMm, 1_600 + radiusMm],
      [zone?.nearMm, 2_250 - radiusMm],
      [zone?.farMm, 2_250 + radiusMm],
    ] as const)
      expect(Math.abs((edge ?? 0) - mm)).toBeLessThan(60)
    expect(zone?.strongest).toMatchObject({ xMm: 1_500, yMm: 2_250 })
  })

  it('is open where the readings end', () => {
    const leaving = rasterOf(measured(cone({ xMm: 0, yMm: 2_250 }, -38)), fine.columns, fine.rows)
    expect(zoneOf(leaving, -45)?.openSides).toEqual(['left'])
  })

  it('is nowhere when the field is weak, and one of two islands', () => {
    expect(zoneOf(raster, -30)).toBeNull()
    const one = cone({ xMm: 500, yMm: 500 }, -40)
    const two = cone({ xMm: 2_700, yMm: 4_000 }, -41)
    const both = rasterOf(
      measured((at) => Math.max(one(at), two(at))),
      fine.columns,
      fine.rows,
    )
    expect(zoneOf(both, -45)?.farMm).toBeLessThan(2_000)
    expect(contourOf(both, -45).length).toBeGreaterThan(1)
  })

  it('is bounded by a closed line at the same radius', () => {
    const lines = contourOf(raster, -45)
    expect(lines).toHaveLength(1)
    const [line = []] = lines
    expect(line[0]).toEqual(line.at(-1))
    for (const { xMm, yMm } of line) {
      const off = Math.hypot(xMm - 1_600, yMm - 2_250) - radiusMm
      expect(Math.abs(off)).toBeLessThan(60)
    }
  })
})

describe('containment', () => {
  const score = (inside: number, around: number, neighbour?: number): number | null =>
    containmentOf(
      { inside: [inside], around: [around], neighbour: neighbour === undefined ? [] : [neighbour] },
      -45,
    )

  it('is full with 6 dB to spare on every side, half at the limit, nothing when one side fails', () => {
    expect(score(-39, -51, -51)).toBe(100)
    expect(score(-45, -45)).toBe(50)
    expect(score(-30, -39)).toBe(0)
    expect(score(-30, -60, -40)).toBeLessThan(score(-30, -60, -50) ?? 0)
    expect(containmentOf({ inside: [-40], around: [], neighbour: [] }, -45)).toBeNull()
  })

  it('never falls with a level inside, never rises with one outside, whatever the others are', () => {
    // In tenths: doubles drawn by their bits are nearly all close to zero.
    const level = fc.integer({ min: -600, max: -300 }).map((tenths) => tenths / 10)
    const levels = fc.array(level, { minLength: 1, maxLength: 12 })
    const parts = fc.record({ inside: levels, around: levels, neighbour: fc.array(level) })
    const which = fc.constantFrom('inside', 'around', 'neighbour')
    const moreDb = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(parts, which, fc.nat(), moreDb, (of, part, at, more) => {
        fc.pre(of[part].length > 0)
        const i = at % of[part].length
        const raised = { ...of, [part]: of[part].with(i, (of[part][i] ?? 0) + more) }
        const [before, after] = [exactContainment(of, -45) ?? 0, exactContainment(raised, -45) ?? 0]
        expect(Math.min(before, after)).toBeGreaterThanOrEqual(0)
        expect(Math.max(before, after)).toBeLessThanOrEqual(100 + 1e-9)
        const change = part === 'inside' ? after - before : before - after
        expect(change).toBeGreaterThanOrEqual(-1e-9)
      }),
    )
  })
})
