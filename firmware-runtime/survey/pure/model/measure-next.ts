// Selects the next measuring points that reduce the uncertainty of the zone's edges most: in the draws, the places whose
// level correlates most with the edges. The first ones are spread evenly over the area.
import { columnsOf, pointKey, rowsOf, type GridTemplate, type PointMm } from '../field/grid.ts'
import { zoneOf } from '../field/zone.ts'
import { rippleOf } from './antenna.ts'
import { sides, type DrawnFields } from './drawn-zone.ts'
import type { ModelFit } from './fit.ts'
import { dot } from './linear.ts'
import { antennaOf } from './parameters.ts'
import type { Hanging } from './aim.ts'

/** Edges beyond the box are looked for, too: as far around it as the first row behind its ends. */
const aroundMm = 1_000

/** So few at a time: each answer moves the draws in which the next ones are chosen. */
export const nextCount = 3

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

/** Deviations from their mean, over the draws. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

/** Removes the part of `of` that a reading explains. */
function without(of: Float64Array, reading: Float64Array, power: number): void {
  const share = dot(of, reading) / power
  for (let i = 0; i < of.length; i++) of[i] = (of[i] ?? 0) - share * (reading[i] ?? 0)
}

interface NextPoint extends PointMm {
  /** The level there, world by world. */
  readonly levels: Float64Array
  /** Own error of a reading there, summed like the squares of the levels. */
  readonly own: number
}

/** Share of the variance of all four edges explained by a reading there. */
function worthOf({ levels, own }: NextPoint, edges: readonly Float64Array[]): number {
  const power = dot(levels, levels) + own
  return edges.reduce((sum, edge) => sum + dot(levels, edge) ** 2, 0) / power
}

export function nextPlaces(
  fit: ModelFit,
  { columns, rows, points, grid, draws }: DrawnFields,
  now: Hanging,
  limitDbm: number,
  count = nextCount,
): readonly PointMm[] {
  const drawn = draws.flatMap((draw) => {
    const levels = draw.levels(now.mount, now.powerStep)
    const zone = zoneOf({ columns, rows, levels: Array.from(levels) }, limitDbm)
    return zone === null ? [] : [{ levels, zone }]
  })
  const edges = sides.map((side) =>
    centred(Float64Array.from(drawn, ({ zone }) => zone[`${side}Mm`])),
  )
  const ripple = rippleOf(antennaOf(fit.base, fit.values, now.mount, now.powerStep), fit.base.air)
  const taken = new Set(fit.readings.map(pointKey))
  const near = ({ xMm, yMm }: PointMm): boolean =>
    Math.max(-xMm, xMm - grid.widthMm, -yMm, yMm - grid.lengthMm) <= aroundMm
  const places = points.flatMap((point, i): NextPoint[] => {
    if (!near(point) || taken.has(pointKey(point))) return []
    const own = fit.misfit.noiseDb ** 2 + ripple(point.xMm, point.yMm, grid.heightMm) ** 2
    const levels = centred(Float64Array.from(drawn, (one) => one.levels[i] ?? 0))
    return [{ ...point, levels, own: own * drawn.length }]
  })
  const chosen: PointMm[] = []
  let open: readonly NextPoint[] = places
  while (chosen.length < count) {
    const worth = open.map((place) => worthOf(place, edges))
    const best = open[worth.indexOf(Math.max(...worth))]
    if (best === undefined) break
    chosen.push({ xMm: best.xMm, yMm: best.yMm })
    open = open.filter((place) => place !== best)
    const power = dot(best.levels, best.levels) + best.own
    for (const edge of edges) without(edge, best.levels, power)
    for (const { levels } of open) without(levels, best.levels, power)
  }
  return chosen
}
