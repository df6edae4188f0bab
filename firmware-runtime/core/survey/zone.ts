// The zone: where the field reaches the limit, as one connected place around its strongest point.
// Its edges lie between two raster cells, by proportion. A side that runs out of readings is open.
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

function strongestCell({ levels }: Raster): number | null {
  let best: number | null = null
  levels.forEach((level, index) => {
    if (level !== null && (best === null || level > (levels[best] ?? -Infinity))) best = index
  })
  return best
}

/** The zone of a raster, or null where nothing reaches the limit. */
export function zoneOf(raster: Raster, limitDbm: number): Zone | null {
  const { columns, rows, levels } = raster
  const width = columns.length
  const first = strongestCell(raster)
  const top = first === null ? null : (levels[first] ?? null)
  if (first === null || top === null || top < limitDbm) return null
  const edge = { left: Infinity, right: -Infinity, near: Infinity, far: -Infinity }
  const open = new Set<ZoneSide>()
  const seen = new Set([first])
  const queue = [first]
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop()) {
    const column = cell % width
    const row = Math.floor(cell / width)
    const here = levels[cell] ?? limitDbm
    for (const { side, dx, dy } of steps) {
      const next = levelAt(raster, column + dx, row + dy)
      const index = (row + dy) * width + column + dx
      if (next !== null && next >= limitDbm) {
        if (!seen.has(index)) queue.push(index)
        seen.add(index)
        continue
      }
      if (next === null) open.add(side)
      const part = next === null ? 0 : (here - limitDbm) / (here - next)
      const along = dx === 0 ? rows : columns
      const from = along[dx === 0 ? row : column] ?? 0
      const to = along[dx === 0 ? row + dy : column + dx] ?? from
      const at = from + (to - from) * part
      if (side === 'left' || side === 'near') edge[side] = Math.min(edge[side], at)
      else edge[side] = Math.max(edge[side], at)
    }
  }
  const mm = (value: number): number => Math.round(value)
  return {
    ...{ leftMm: mm(edge.left), rightMm: mm(edge.right) },
    ...{ nearMm: mm(edge.near), farMm: mm(edge.far) },
    ...{ widthMm: mm(edge.right - edge.left), lengthMm: mm(edge.far - edge.near) },
    openSides: steps.map(({ side }) => side).filter((side) => open.has(side)),
    strongest: {
      xMm: columns[first % width] ?? 0,
      yMm: rows[Math.floor(first / width)] ?? 0,
      levelDbm: top,
    },
  }
}
