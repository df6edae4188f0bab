// A second test of whether a point is inside a fence, independent of the product's: winding numbers with exact big integers
// for polygons, great circles in floating point for circles.
import type { Fence, GeoPoint } from '#base/pure/place/fence.ts'

type Big = readonly [x: bigint, y: bigint]
const big = ({ latMicrodeg, lonMicrodeg }: GeoPoint): Big => [
  BigInt(lonMicrodeg),
  BigInt(latMicrodeg),
]
const cross = ([ax, ay]: Big, [bx, by]: Big, [cx, cy]: Big): bigint =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

/** The winding number of the outline around the point; null on the outline. */
function winding(points: readonly GeoPoint[], at: GeoPoint): number | null {
  const p = big(at)
  let turns = 0
  points.forEach((point, i) => {
    const a = big(point)
    const b = big(points[(i + 1) % points.length] ?? point)
    const turn = cross(a, b, p)
    const [dx, dy] = [(p[0] - a[0]) * (p[0] - b[0]), (p[1] - a[1]) * (p[1] - b[1])]
    if (turn === 0n && dx <= 0n && dy <= 0n) turns = NaN
    // Rays go south here, east in the product.
    if (a[0] <= p[0] && b[0] > p[0] && turn > 0n) turns += 1
    if (a[0] > p[0] && b[0] <= p[0] && turn < 0n) turns -= 1
  })
  return Number.isNaN(turns) ? null : turns
}

export function metresApart(a: GeoPoint, b: GeoPoint): number {
  const rad = (microdeg: number): number => (microdeg / 180e6) * Math.PI
  const [lat1, lat2] = [rad(a.latMicrodeg), rad(b.latMicrodeg)]
  const h =
    Math.sin((lat2 - lat1) / 2) ** 2 +
    Math.cos(lat1) * Math.cos(lat2) * Math.sin((rad(b.lonMicrodeg) - rad(a.lonMicrodeg)) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h))
}

/** Null where the two methods may differ: within a thousandth of a circle's line. */
export function oracle(fence: Fence, at: GeoPoint): boolean | null {
  if (fence.shape === 'polygon') {
    const turns = winding(fence.points, at)
    return turns === null || turns !== 0
  }
  const metres = metresApart(fence.center, at)
  if (Math.abs(metres - fence.radiusM) < 0.05 + fence.radiusM / 1000) return null
  return metres < fence.radiusM
}
