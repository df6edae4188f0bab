// The neighbour of a point in the picture of the walk, by arrow keys: left and up as the picture is oriented
// (plan-frame.ts). The nearest point in that direction; points straight ahead count as nearer.
import type { PointMm } from '#survey/pure/field/grid.ts'

const ways: Readonly<Record<string, PointMm>> = {
  ArrowLeft: { xMm: -1, yMm: 0 },
  ArrowRight: { xMm: 1, yMm: 0 },
  ArrowUp: { xMm: 0, yMm: -1 },
  ArrowDown: { xMm: 0, yMm: 1 },
}

/** Null for a key that is not an arrow, and at the edge. */
export function pointBeside(
  points: readonly PointMm[],
  from: PointMm,
  key: string,
): PointMm | null {
  const way = ways[key]
  if (way === undefined) return null
  let best: { readonly point: PointMm; readonly far: number } | null = null
  for (const { xMm, yMm } of points) {
    const [dx, dy] = [xMm - from.xMm, yMm - from.yMm]
    const along = dx * way.xMm + dy * way.yMm
    const aside = Math.abs(dx * way.yMm) + Math.abs(dy * way.xMm)
    const far = along + 3 * aside
    if (along > 0 && (best === null || far < best.far)) best = { point: { xMm, yMm }, far }
  }
  return best?.point ?? null
}
