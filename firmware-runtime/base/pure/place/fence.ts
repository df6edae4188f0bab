// Where a pile or handheld may charge (6.6, 6.7): a circle or a polygon in WGS-84 microdegrees.
// Whole numbers throughout: the same point is inside on every machine, and a boundary belongs to it.
import { t, type Why } from '../words/fault-text.ts'

/** One microdegree of latitude is 111 mm. */
export interface GeoPoint {
  readonly latMicrodeg: number
  readonly lonMicrodeg: number
}

export type Fence =
  | { readonly shape: 'circle'; readonly center: GeoPoint; readonly radiusM: number }
  | { readonly shape: 'polygon'; readonly points: readonly GeoPoint[] }

export const latMicrodegMax = 90_000_000
export const lonMicrodegMax = 180_000_000
/** A tenth of a degree, 11 km: no car park is wider, and products stay exact whole numbers. */
const fenceMicrodegMax = 100_000
/** Mean radius of the earth, 6,371,008.8 m, times pi over 180: mm for 1000 microdegrees. */
const mmPerMillideg = 111_195

/** Cosine times a million, by a series of plain sums and products: no machine rounds it otherwise. */
function cosMillionths(latMicrodeg: number): number {
  const x = (latMicrodeg * 3.141592653589793) / 180_000_000
  const q = x * x
  const series = 1 - (q / 90) * (1 - q / 132)
  return Math.round(1e6 * (1 - (q / 2) * (1 - (q / 12) * (1 - (q / 30) * (1 - (q / 56) * series)))))
}

/** Degrees of longitude come round at 180. */
const lonApart = (from: number, to: number): number => {
  const apart = to - from
  if (apart > lonMicrodegMax) return apart - 2 * lonMicrodegMax
  return apart < -lonMicrodegMax ? apart + 2 * lonMicrodegMax : apart
}

/** Millimetres from one point to another, to the north and to the east; null when far apart. */
function offsetMm(from: GeoPoint, to: GeoPoint): { northMm: number; eastMm: number } | null {
  const north = to.latMicrodeg - from.latMicrodeg
  const east = lonApart(from.lonMicrodeg, to.lonMicrodeg)
  if (Math.abs(north) > fenceMicrodegMax) return null
  const eastNanodeg = Math.round((east * cosMillionths(from.latMicrodeg)) / 1000)
  if (Math.abs(eastNanodeg) > fenceMicrodegMax * 1000) return null
  return {
    northMm: Math.round((north * mmPerMillideg) / 1000),
    eastMm: Math.round((eastNanodeg * mmPerMillideg) / 1_000_000),
  }
}

/** Whether two points are at most that far apart. */
export function isWithinMm(a: GeoPoint, b: GeoPoint, limitMm: number): boolean {
  const offset = offsetMm(a, b)
  if (offset === null) return false
  return offset.northMm ** 2 + offset.eastMm ** 2 <= limitMm ** 2
}

/** Twice the area of the triangle, positive where `c` lies left of the way from `a` to `b`. */
const side = (a: GeoPoint, b: GeoPoint, c: GeoPoint): number =>
  (b.lonMicrodeg - a.lonMicrodeg) * (c.latMicrodeg - a.latMicrodeg) -
  (b.latMicrodeg - a.latMicrodeg) * (c.lonMicrodeg - a.lonMicrodeg)

const between = (from: number, to: number, at: number): boolean =>
  Math.min(from, to) <= at && at <= Math.max(from, to)

const isOn = (a: GeoPoint, b: GeoPoint, c: GeoPoint): boolean =>
  side(a, b, c) === 0 &&
  between(a.latMicrodeg, b.latMicrodeg, c.latMicrodeg) &&
  between(a.lonMicrodeg, b.lonMicrodeg, c.lonMicrodeg)

type Edge = readonly [GeoPoint, GeoPoint]

const edgesOf = (points: readonly GeoPoint[]): Edge[] =>
  points.flatMap((point, i): Edge[] => {
    const next = points[(i + 1) % points.length]
    return next === undefined ? [] : [[point, next]]
  })

interface Box {
  readonly south: number
  readonly north: number
  readonly west: number
  readonly east: number
}

function boxOf(points: readonly GeoPoint[]): Box {
  const lats = points.map(({ latMicrodeg }) => latMicrodeg)
  const lons = points.map(({ lonMicrodeg }) => lonMicrodeg)
  return {
    south: Math.min(...lats),
    north: Math.max(...lats),
    west: Math.min(...lons),
    east: Math.max(...lons),
  }
}

function isInPolygon(points: readonly GeoPoint[], at: GeoPoint): boolean {
  const { latMicrodeg, lonMicrodeg } = at
  const { south, north, west, east } = boxOf(points)
  // Far points end here: what follows multiplies short distances only.
  if (!between(south, north, latMicrodeg) || !between(west, east, lonMicrodeg)) return false
  let inside = false
  for (const [a, b] of edgesOf(points)) {
    if (isOn(a, b, at)) return true
    if (a.latMicrodeg > latMicrodeg === b.latMicrodeg > latMicrodeg) continue
    const left = side(a, b, at) > 0
    if (left === b.latMicrodeg > a.latMicrodeg) inside = !inside
  }
  return inside
}

/** Whether a point is inside the fence or on its line. */
export const contains = (fence: Fence, at: GeoPoint): boolean =>
  fence.shape === 'circle'
    ? isWithinMm(fence.center, at, fence.radiusM * 1000)
    : isInPolygon(fence.points, at)

/** Why a fence is invalid: its member, the value there, and the reason. */
interface FenceFault {
  readonly field: string
  readonly value: string
  readonly note: Why
}

const textOf = ({ latMicrodeg, lonMicrodeg }: GeoPoint): string => `${latMicrodeg},${lonMicrodeg}`

/** Coordinates that no place on earth has. */
export function pointFault(
  { latMicrodeg, lonMicrodeg }: GeoPoint,
  field: string,
): FenceFault | null {
  if (Math.abs(latMicrodeg) > latMicrodegMax) {
    const isSwapped = Math.abs(lonMicrodeg) <= latMicrodegMax
    const swapped = isSwapped ? t(',两个数是否写反了?', ': are the two swapped?') : t('', '')
    const note = t(`纬度最多 90 度${swapped.zh}`, `a latitude is at most 90 degrees${swapped.en}`)
    return { field: `${field}/latMicrodeg`, value: String(latMicrodeg), note }
  }
  if (Math.abs(lonMicrodeg) > lonMicrodegMax) {
    const note = t('经度最多 180 度', 'a longitude is at most 180 degrees')
    return { field: `${field}/lonMicrodeg`, value: String(lonMicrodeg), note }
  }
  // Coordinates 0, 0 come from a receiver without a fix or an empty form.
  if (latMicrodeg === 0 && lonMicrodeg === 0)
    return { field, value: '0,0', note: t('这一点还没有测过', 'this point was not measured') }
  return null
}

const meet = ([a, b]: Edge, [c, d]: Edge): boolean => {
  if (isOn(a, b, c) || isOn(a, b, d) || isOn(c, d, a) || isOn(c, d, b)) return true
  return side(a, b, c) > 0 !== side(a, b, d) > 0 && side(c, d, a) > 0 !== side(c, d, b) > 0
}

/** Two edges in a row share one point; more than that is a spike. */
const foldsBack = ([a, b]: Edge, [, c]: Edge): boolean => isOn(a, b, c) || isOn(b, c, a)

function polygonFault(points: readonly GeoPoint[]): FenceFault | null {
  if (points.length < 3)
    return {
      field: '/points',
      value: String(points.length),
      note: t('多边形至少 3 个点', 'a polygon has 3 points or more'),
    }
  const { south, north, west, east } = boxOf(points)
  if (north - south > fenceMicrodegMax || east - west > fenceMicrodegMax) {
    const value = String(Math.max(north - south, east - west))
    return {
      field: '/points',
      value,
      note: t('围栏最宽 0.1 度', 'a fence is at most 0.1 degrees wide'),
    }
  }
  const edges = edgesOf(points)
  for (const [i, edge] of edges.entries()) {
    const at = { field: `/points/${i}`, value: textOf(edge[0]) }
    if (textOf(edge[0]) === textOf(edge[1]))
      return { ...at, note: t('下一点与它相同', 'the next point is the same') }
    for (let j = i + 1; j < edges.length; j++) {
      const other = edges[j] ?? edge
      const bad =
        j === i + 1
          ? foldsBack(edge, other)
          : i === 0 && j === edges.length - 1
            ? foldsBack(other, edge)
            : meet(edge, other)
      if (!bad) continue
      return {
        ...at,
        note: t(
          `从这一点起的线与从第 ${j} 点起的线相交或相接`,
          `the line from this point crosses or touches that from point ${j}`,
        ),
      }
    }
  }
  return null
}

/** The first thing that makes a fence impossible, or null. */
export function fenceFault(fence: Fence): FenceFault | null {
  if (fence.shape === 'circle') return pointFault(fence.center, '/center')
  for (const [i, point] of fence.points.entries()) {
    const fault = pointFault(point, `/points/${i}`)
    if (fault !== null) return fault
  }
  return polygonFault(fence.points)
}
