// Lines of one level on a raster: marching squares, joined to lines that can be drawn in one stroke.
// A square with an unknown corner contains no line.
import type { PointMm } from './grid.ts'
import type { Raster } from './field-map.ts'

interface Segment {
  readonly from: PointMm
  readonly to: PointMm
}

interface Corner extends PointMm {
  readonly levelDbm: number
}

const between = (a: Corner, b: Corner, levelDbm: number): PointMm => {
  const part = (levelDbm - a.levelDbm) / (b.levelDbm - a.levelDbm)
  const mm = (from: number, to: number): number => Math.round((from + (to - from) * part) * 10) / 10
  return { xMm: mm(a.xMm, b.xMm), yMm: mm(a.yMm, b.yMm) }
}

/** Crossings of the four sides in turn; two of them make a segment, four of them two. */
function segmentsOf(corners: readonly Corner[], levelDbm: number): readonly Segment[] {
  const crossings = corners.flatMap((a, i) => {
    const b = corners[(i + 1) % corners.length]
    const crosses = b !== undefined && a.levelDbm >= levelDbm !== b.levelDbm >= levelDbm
    return crosses ? [between(a, b, levelDbm)] : []
  })
  const [one, two, three, four] = crossings
  if (one === undefined || two === undefined) return []
  if (three === undefined || four === undefined) return [{ from: one, to: two }]
  // A saddle: its middle says which corners belong together.
  const middle = corners.reduce((sum, c) => sum + c.levelDbm, 0) / corners.length
  const firstIn = (corners[0]?.levelDbm ?? -Infinity) >= levelDbm
  return firstIn === middle >= levelDbm
    ? [
        { from: one, to: two },
        { from: three, to: four },
      ]
    : [
        { from: two, to: three },
        { from: four, to: one },
      ]
}

function cornersAt(raster: Raster, column: number, row: number): readonly Corner[] | null {
  const corners: Corner[] = []
  for (const [dx, dy] of [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ] as const) {
    const xMm = raster.columns[column + dx]
    const yMm = raster.rows[row + dy]
    const levelDbm = raster.levels[(row + dy) * raster.columns.length + column + dx]
    if (xMm === undefined || yMm === undefined) return null
    if (levelDbm === undefined || levelDbm === null) return null
    corners.push({ xMm, yMm, levelDbm })
  }
  return corners
}

const keyOf = ({ xMm, yMm }: PointMm): string => `${xMm},${yMm}`

/** Joins segments end to end into lines. */
function joined(segments: readonly Segment[]): readonly (readonly PointMm[])[] {
  const at = new Map<string, Set<Segment>>()
  const put = (key: string, segment: Segment): void => {
    at.set(key, (at.get(key) ?? new Set()).add(segment))
  }
  for (const segment of segments) {
    put(keyOf(segment.from), segment)
    put(keyOf(segment.to), segment)
  }
  const left = new Set(segments)
  const take = (end: PointMm): PointMm | null => {
    const next = [...(at.get(keyOf(end)) ?? [])].find((segment) => left.has(segment))
    if (next === undefined) return null
    left.delete(next)
    return keyOf(next.from) === keyOf(end) ? next.to : next.from
  }
  const lines: PointMm[][] = []
  for (const segment of segments) {
    if (!left.delete(segment)) continue
    const line = [segment.from, segment.to]
    for (let end = take(segment.to); end !== null; end = take(end)) line.push(end)
    for (let end = take(segment.from); end !== null; end = take(end)) line.unshift(end)
    lines.push(line)
  }
  return lines
}

/** True for a square without a line: all four corners on the same side. Most squares are such. */
function isPlain({ levels, columns }: Raster, at: number, levelDbm: number): boolean {
  const below = at + columns.length
  const in1 = (levels[at] ?? levelDbm) >= levelDbm
  const in2 = (levels[at + 1] ?? levelDbm) >= levelDbm
  const in3 = (levels[below] ?? levelDbm) >= levelDbm
  const in4 = (levels[below + 1] ?? levelDbm) >= levelDbm
  return in1 === in2 && in2 === in3 && in3 === in4
}

/** Lines along which the field has this level, in mm. */
export function contourOf(raster: Raster, levelDbm: number): readonly (readonly PointMm[])[] {
  const segments: Segment[] = []
  for (let row = 0; row + 1 < raster.rows.length; row++)
    for (let column = 0; column + 1 < raster.columns.length; column++) {
      if (isPlain(raster, row * raster.columns.length + column, levelDbm)) continue
      const corners = cornersAt(raster, column, row)
      if (corners !== null) segments.push(...segmentsOf(corners, levelDbm))
    }
  // A line through a corner gives segments of no length.
  return joined(segments.filter(({ from, to }) => keyOf(from) !== keyOf(to)))
}
