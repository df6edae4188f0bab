// Where the next readings tell most: where the field is near the limit and least known. The first ones,
// before anything is known, lie evenly over the area.
import { columnsOf, gridPoints, rowsOf, type GridTemplate, type PointMm } from '../grid.ts'
import type { ModelFit } from './fit.ts'
import { fittedField } from './fitted-field.ts'
import type { Hanging } from './propose.ts'

/** Nearer to another reading the shadows are the same and little is learnt. */
const apartMm = 700

/** The middles of equal parts, on the stations of the grid. */
const middles = (stations: readonly number[], parts: number): readonly number[] =>
  Array.from(
    { length: parts },
    (_, i) => stations[Math.floor(((2 * i + 1) * stations.length) / (2 * parts))] ?? 0,
  )

/** `across` columns and `along` rows over the area. */
export const firstPlaces = (
  grid: GridTemplate,
  across: number,
  along: number,
): readonly PointMm[] =>
  middles(rowsOf(grid), along).flatMap((yMm) =>
    middles(columnsOf(grid), across).map((xMm) => ({ xMm, yMm })),
  )

export function nextPlaces(
  fit: ModelFit,
  grid: GridTemplate,
  now: Hanging,
  limitDbm: number,
  count: number,
): readonly PointMm[] {
  const field = fittedField(fit, now.mount, now.powerStep)
  const ranked = gridPoints(grid)
    .map(({ xMm, yMm }) => {
      const { levelDbm, sdDb } = field.sure({ xMm, yMm, zMm: grid.heightMm })
      const off = (levelDbm - limitDbm) / (sdDb + 1)
      return { xMm, yMm, worth: sdDb * Math.exp(-(off * off) / 2) }
    })
    .toSorted((a, b) => b.worth - a.worth)
  const taken: PointMm[] = [...fit.readings]
  const chosen: PointMm[] = []
  for (const { xMm, yMm } of ranked) {
    if (chosen.length === count) break
    const near = taken.some((p) => Math.hypot(p.xMm - xMm, p.yMm - yMm) < apartMm)
    if (near) continue
    chosen.push({ xMm, yMm })
    taken.push({ xMm, yMm })
  }
  return chosen
}
