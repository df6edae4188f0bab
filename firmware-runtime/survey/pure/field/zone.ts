// The zone: every place where the field reaches the limit. It may be several islands; each is one connected
// place. Edges lie between two raster cells, by proportion. A side that runs out of readings is open.
import type { PointMm } from './grid.ts'
import type { Raster } from './field-map.ts'

export type ZoneSide = 'left' | 'right' | 'near' | 'far'

export interface Zone {
  readonly leftMm: number
  readonly rightMm: number
  readonly nearMm: number
  readonly farMm: number
  readonly widthMm: number
  readonly lengthMm: number
  /** Sides where the zone reaches the last reading: it may go on behind it. */
  readonly openSides: readonly ZoneSide[]
  readonly strongest: PointMm & { readonly levelDbm: number }
}

interface Step {
  readonly side: ZoneSide
  readonly dx: number
  readonly dy: number
}

const steps: readonly Step[] = [
  { side: 'left', dx: -1, dy: 0 },
  { side: 'right', dx: 1, dy: 0 },
  { side: 'near', dx: 0, dy: -1 },
  { side: 'far', dx: 0, dy: 1 },
]

const levelAt = ({ columns, rows, levels }: Raster, column: number, row: number): number | null =>
  column < 0 || row < 0 || column >= columns.length || row >= rows.length
    ? null
    : (levels[row * columns.length + column] ?? null)

interface Edges {
  readonly edge: Record<ZoneSide, number>
  readonly open: Set<ZoneSide>
}

/** Where the limit lies between a cell of the island and the one beside it. */
function edgeBeside(
  { columns, rows }: Raster,
  at: { readonly column: number; readonly row: number },
  { dx, dy }: Step,
  part: number,
): number {
  const along = dx === 0 ? rows : columns
  const from = along[dx === 0 ? at.row : at.column] ?? 0
  const to = along[dx === 0 ? at.row + dy : at.column + dx] ?? from
  return from + (to - from) * part
}

/** The island of one cell; its cells are put into `seen`. */
function islandFrom(raster: Raster, limitDbm: number, first: number, seen: Set<number>): Zone {
  const { columns, rows, levels } = raster
  const width = columns.length
  const { edge, open }: Edges = {
    edge: { left: Infinity, right: -Infinity, near: Infinity, far: -Infinity },
    open: new Set(),
  }
  let best = first
  seen.add(first)
  const queue = [first]
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    const at = { column: cell % width, row: Math.floor(cell / width) }
    const here = levels[cell] ?? limitDbm
    if (here > (levels[best] ?? -Infinity)) best = cell
    for (const step of steps) {
      const { side, dx, dy } = step
      const next = levelAt(raster, at.column + dx, at.row + dy)
      const index = (at.row + dy) * width + at.column + dx
      if (next !== null && next >= limitDbm) {
        if (!seen.has(index)) queue.push(index)
        seen.add(index)
        continue
      }
      if (next === null) open.add(side)
      const part = next === null ? 0 : (here - limitDbm) / (here - next)
      const mm = edgeBeside(raster, at, step, part)
      const outer = side === 'left' || side === 'near' ? Math.min : Math.max
      edge[side] = outer(edge[side], mm)
    }
  }
  const mm = (value: number): number => Math.round(value)
  return {
    leftMm: mm(edge.left),
    rightMm: mm(edge.right),
    nearMm: mm(edge.near),
    farMm: mm(edge.far),
    widthMm: mm(edge.right - edge.left),
    lengthMm: mm(edge.far - edge.near),
    openSides: steps.map(({ side }) => side).filter((side) => open.has(side)),
    strongest: {
      xMm: columns[best % width] ?? 0,
      yMm: rows[Math.floor(best / width)] ?? 0,
      levelDbm: levels[best] ?? limitDbm,
    },
  }
}

/** Every island of a raster, the one with the highest level first. */
export function islandsOf(raster: Raster, limitDbm: number): readonly Zone[] {
  const seen = new Set<number>()
  const islands: Zone[] = []
  raster.levels.forEach((level, cell) => {
    if (level !== null && level >= limitDbm && !seen.has(cell))
      islands.push(islandFrom(raster, limitDbm, cell, seen))
  })
  return islands.toSorted((a, b) => b.strongest.levelDbm - a.strongest.levelDbm)
}

/** Rows beyond the ring stand alone: points that reach the limit within a metre of each other are one island. */
const pointsApartMm = 1_000

export function pointIslands(
  points: readonly (PointMm & { readonly levelDbm: number })[],
  limitDbm: number,
): readonly Zone[] {
  const left = new Set(points.filter(({ levelDbm }) => levelDbm >= limitDbm))
  const islands: Zone[] = []
  for (const first of left) {
    left.delete(first)
    const group = [first]
    for (const one of group)
      for (const other of left)
        if (Math.hypot(one.xMm - other.xMm, one.yMm - other.yMm) <= pointsApartMm) {
          left.delete(other)
          group.push(other)
        }
    const [xs, ys] = [group.map(({ xMm }) => xMm), group.map(({ yMm }) => yMm)]
    const [leftMm, rightMm] = [Math.min(...xs), Math.max(...xs)]
    const [nearMm, farMm] = [Math.min(...ys), Math.max(...ys)]
    const strongest = group.reduce((a, b) => (b.levelDbm > a.levelDbm ? b : a))
    islands.push({
      leftMm,
      rightMm,
      nearMm,
      farMm,
      widthMm: rightMm - leftMm,
      lengthMm: farMm - nearMm,
      openSides: steps.map(({ side }) => side),
      strongest: { xMm: strongest.xMm, yMm: strongest.yMm, levelDbm: strongest.levelDbm },
    })
  }
  return islands
}

/** The island with the highest level, or null where nothing reaches the limit. */
export const zoneOf = (raster: Raster, limitDbm: number): Zone | null =>
  islandsOf(raster, limitDbm)[0] ?? null
