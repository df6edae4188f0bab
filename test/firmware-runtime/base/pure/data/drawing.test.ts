// The scale of a drawing and the conversion between plan and picture, for any picture, scale and direction.
// An impossible scale places nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areaOnDrawing,
  drawingMap,
  lengthPx,
  mmPerPx,
  scaleFigures,
  type PointPx,
} from '#base/pure/data/drawing.ts'

const px = fc.double({ min: -5_000, max: 5_000, noNaN: true })
const pointPx = fc.record({ xPx: px, yPx: px })
const mm = fc.integer({ min: -40_000, max: 40_000 })
const pointMm = fc.record({ xMm: mm, yMm: mm })
const scale = fc.double({ min: 0.5, max: 100, noNaN: true })
const apart = (a: PointPx, b: PointPx): number => lengthPx({ from: a, to: b })
const placed = fc
  .record({ origin: pointPx, along: pointPx })
  .filter(({ origin, along }) => apart(origin, along) > 1)
const at = (xPx: number, yPx: number): PointPx => ({ xPx, yPx })

describe('the way between plan and picture', () => {
  it('leads back to where it began', () => {
    fc.assert(
      fc.property(scale, placed, pointMm, (mmAPx, where, point) => {
        const map = drawingMap(mmAPx, where)
        const back = map?.toMm(map.toPx(point))
        expect(back?.xMm).toBeCloseTo(point.xMm, 3)
        expect(back?.yMm).toBeCloseTo(point.yMm, 3)
      }),
    )
  })

  it('keeps every length by the scale, and begins at the origin', () => {
    fc.assert(
      fc.property(scale, placed, pointMm, pointMm, (mmAPx, where, a, b) => {
        const map = drawingMap(mmAPx, where)
        expect(apart(map?.toPx({ xMm: 0, yMm: 0 }) ?? at(9e9, 0), where.origin)).toBe(0)
        const onPicture = map === null ? 0 : apart(map.toPx(a), map.toPx(b)) * mmAPx
        expect(onPicture).toBeCloseTo(Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm), 2)
      }),
    )
  })

  it('runs x to the right of the driver who comes along -y, never mirrored', () => {
    fc.assert(
      fc.property(scale, placed, (mmAPx, where) => {
        const map = drawingMap(mmAPx, where)
        const far = map?.toPx({ xMm: 0, yMm: 1_000 }) ?? at(0, 0)
        const side = map?.toPx({ xMm: 1_000, yMm: 0 }) ?? at(0, 0)
        const { origin } = where
        const drive = at(origin.xPx - far.xPx, origin.yPx - far.yPx)
        const right = at(side.xPx - origin.xPx, side.yPx - origin.yPx)
        // Pixel rows run downwards: turning from ahead to the right is positive.
        expect(drive.xPx * right.yPx - drive.yPx * right.xPx).toBeGreaterThan(0)
      }),
    )
    // The boom is at the bottom and cars come from above: the driver's right is the left of the picture.
    const map = drawingMap(10, { origin: at(500, 500), along: at(500, 0) })
    expect(map?.toPx({ xMm: 3_200, yMm: 4_500 })).toEqual(at(180, 50))
    expect(map === null ? [] : areaOnDrawing(map, { widthMm: 3_200, lengthMm: 4_500 })).toEqual([
      ...[at(500, 500), at(180, 500), at(180, 50), at(500, 50)],
    ])
  })

  it('is none without a direction or a scale', () => {
    expect(drawingMap(10, { origin: at(1, 1), along: at(1, 1) })).toBeNull()
    expect(drawingMap(0, { origin: at(1, 1), along: at(2, 1) })).toBeNull()
    expect(drawingMap(Number.NaN, { origin: at(1, 1), along: at(2, 1) })).toBeNull()
  })
})

describe('the scale', () => {
  const line = (from: PointPx, to: PointPx, lengthMm: number) => ({ from, to, lengthMm })
  const known = line(at(0, 0), at(1_000, 0), 20_000)

  it.each([
    [5_000, 'fits', 0],
    [4_902, 'fits', 0.02],
    [4_900, 'off', 0.0204],
    [5_103, 'off', -0.0202],
    [4_546, 'off', 0.0999],
    [4_545, 'contradicts', 0.1001],
    [500, 'contradicts', 9],
  ])('a check told as %i mm over 250 px %s', (lengthMm, verdict, error) => {
    const found = scaleFigures(known, line(at(0, 0), at(150, 200), lengthMm))
    expect(found).toMatchObject({ mmPerPx: 20, checkMm: 5_000, verdict })
    expect(found.error).toBeCloseTo(error, 4)
  })

  it('is that of the site for any two lines drawn to it', () => {
    const lines = fc.tuple(pointPx, pointPx).filter(([a, b]) => apart(a, b) > 50)
    fc.assert(
      fc.property(scale, lines, lines, (mmAPx, [a, b], [c, d]) => {
        const first = line(a, b, apart(a, b) * mmAPx)
        expect(mmPerPx(first)).toBeCloseTo(mmAPx, 6)
        expect(scaleFigures(first, line(c, d, apart(c, d) * mmAPx)).verdict).toBe('fits')
      }),
    )
  })
})
