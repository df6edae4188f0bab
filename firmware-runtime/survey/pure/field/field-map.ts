// The picture of the field between measured points: levels on a fine raster, the line of the limit,
// the size of the zone. Measured and interpolated values are always kept apart.
import type { PointMm } from './grid.ts'

export interface MeasuredPoint extends PointMm {
  readonly levelDbm: number
}

export interface Raster {
  readonly columns: readonly number[]
  readonly rows: readonly number[]
  /** Row by row. */
  readonly levels: readonly (number | null)[]
}

/** A reading speaks for this far around it, and no farther. */
const reachMm = 500

const squaredMm = (a: PointMm, b: PointMm): number => (a.xMm - b.xMm) ** 2 + (a.yMm - b.yMm) ** 2

/** Where four readings of a square surround a place, bilinear between them; elsewhere by distance. */
function levelBetween(points: readonly MeasuredPoint[], at: PointMm): number | null {
  let weight = 0
  let sum = 0
  for (const point of points) {
    const squared = squaredMm(point, at)
    if (squared === 0) return point.levelDbm
    if (squared >= reachMm * reachMm) continue
    // Shepard's modified weight: smooth, and nothing from beyond the reach.
    const distance = Math.sqrt(squared)
    const share = ((reachMm - distance) / (reachMm * distance)) ** 2
    weight += share
    sum += share * point.levelDbm
  }
  return weight === 0 ? null : sum / weight
}

interface Lattice {
  readonly columns: readonly number[]
  readonly rows: readonly number[]
  level(column: number, row: number): number | null
}

const places = (of: readonly number[]): readonly number[] =>
  [...new Set(of)].toSorted((a, b) => a - b)

/** The measured points as rows and columns. */
function latticeOf(points: readonly MeasuredPoint[]): Lattice {
  const columns = places(points.map((p) => p.xMm))
  const rows = places(points.map((p) => p.yMm))
  const known = new Map(points.map((p) => [`${p.xMm},${p.yMm}`, p.levelDbm]))
  const level = (column: number, row: number): number | null =>
    known.get(`${columns[column]},${rows[row]}`) ?? null
  return { columns, rows, level }
}

/** Index of the station at or before `mm`, and how far it is to the next, 0 to 1. */
function placeIn(stations: readonly number[], mm: number): { at: number; part: number } | null {
  const next = stations.findIndex((s) => s >= mm)
  if (next < 0) return null
  const high = stations[next] ?? 0
  if (high === mm) return { at: next, part: 0 }
  if (next === 0) return null
  const low = stations[next - 1] ?? 0
  return { at: next - 1, part: (mm - low) / (high - low) }
}

function bilinear(lattice: Lattice, { xMm, yMm }: PointMm): number | null {
  const x = placeIn(lattice.columns, xMm)
  const y = placeIn(lattice.rows, yMm)
  if (x === null || y === null) return null
  let sum = 0
  for (const [column, wx] of [
    [x.at, 1 - x.part],
    [x.at + 1, x.part],
  ] as const) {
    for (const [row, wy] of [
      [y.at, 1 - y.part],
      [y.at + 1, y.part],
    ] as const) {
      if (wx * wy === 0) continue
      const level = lattice.level(column, row)
      if (level === null) return null
      sum += wx * wy * level
    }
  }
  return sum
}

/** The field on a raster; `columns` and `rows` in mm. */
export function rasterOf(
  points: readonly MeasuredPoint[],
  columns: readonly number[],
  rows: readonly number[],
): Raster {
  const inside = latticeOf(points)
  const levels = rows.flatMap((yMm) =>
    columns.map((xMm) => bilinear(inside, { xMm, yMm }) ?? levelBetween(points, { xMm, yMm })),
  )
  return { columns, rows, levels }
}
