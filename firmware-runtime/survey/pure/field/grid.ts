// Where field strength is measured (table D.1 row 5): every 0.25 m over 3.2 m x 4.5 m, and a ring outside.
// Whole millimetres, so that a point is itself in every file and program. x runs across the lane from
// its left edge as the driver sees it, y along it from the edge nearest the boom, z is the height.
// Pictures of it: plan-frame.ts.
import { must } from '#base/pure/values/must.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'

export interface GridTemplate {
  readonly id: string
  readonly widthMm: number
  readonly lengthMm: number
  readonly stepMm: number
  readonly heightMm: number
  /** Points around the area, to show that the zone ends there; null: not required. */
  readonly ring: { readonly offsetMm: number; readonly stepMm: number } | null
}

export interface PointMm {
  readonly xMm: number
  readonly yMm: number
}

export interface GridPoint extends PointMm {
  /** `outlook` and `axis`: beyond the ring and next door (survey-points.ts). */
  readonly part: 'inside' | 'ring' | 'outlook' | 'axis'
}

/** The area of row 5 as a pack has it. 3.2 m is no multiple of 0.25 m: an edge column closes it. */
const parkingGridOf = (rules: Rules): GridTemplate => ({
  id: 'd5-parking',
  widthMm: rules.limit('D5', 'width'),
  lengthMm: rules.limit('D5', 'length'),
  stepMm: rules.limit('D5', 'step'),
  heightMm: rules.limit('D5', 'height'),
  ring: { offsetMm: 250, stepMm: 500 },
})

/** The same area at the height at which motorway lanes are measured. */
export const gridsOf = (rules: Rules): readonly GridTemplate[] => {
  const parking = parkingGridOf(rules)
  return [parking, { ...parking, id: 'd5-highway', heightMm: 1_200 }]
}

export const parkingGrid: GridTemplate = parkingGridOf(baseRules)

/** 0, step, 2 steps ... and the end itself. */
export function stations(lengthMm: number, stepMm: number): readonly number[] {
  must(stepMm > 0 && lengthMm > 0, 'a grid has a length and a step')
  const at: number[] = []
  for (let mm = 0; mm < lengthMm; mm += stepMm) at.push(mm)
  return [...at, lengthMm]
}

export const columnsOf = (grid: GridTemplate): readonly number[] =>
  stations(grid.widthMm, grid.stepMm)
export const rowsOf = (grid: GridTemplate): readonly number[] =>
  stations(grid.lengthMm, grid.stepMm)

/** Once round the area, corners included, from the near left corner. */
function ringPoints({ widthMm, lengthMm, ring }: GridTemplate): readonly GridPoint[] {
  if (ring === null) return []
  const o = ring.offsetMm
  const across = stations(widthMm + 2 * o, ring.stepMm).map((mm) => mm - o)
  const along = stations(lengthMm + 2 * o, ring.stepMm).map((mm) => mm - o)
  const sides = along.slice(1, -1)
  return [
    ...across.map((xMm) => ({ xMm, yMm: -o })),
    ...sides.map((yMm) => ({ xMm: widthMm + o, yMm })),
    ...across.toReversed().map((xMm) => ({ xMm, yMm: lengthMm + o })),
    ...sides.toReversed().map((yMm) => ({ xMm: -o, yMm })),
  ].map((point) => ({ ...point, part: 'ring' }))
}

/** Every point in walking order: rows there and back, so that the next point is one step away. */
export function gridPoints(grid: GridTemplate): readonly GridPoint[] {
  const columns = columnsOf(grid)
  const rows = rowsOf(grid).flatMap((yMm, row) =>
    (row % 2 === 0 ? columns : columns.toReversed()).map((xMm): GridPoint => ({
      xMm,
      yMm,
      part: 'inside',
    })),
  )
  return [...rows, ...ringPoints(grid)]
}

export const pointKey = ({ xMm, yMm }: PointMm): string => `${xMm},${yMm}`

/** The next point to walk to: the first not yet taken after the last one, then those left before it. */
export function nextPoint(
  points: readonly GridPoint[],
  taken: ReadonlySet<string>,
  last: PointMm | null,
): GridPoint | null {
  const from = last === null ? 0 : points.findIndex((p) => pointKey(p) === pointKey(last)) + 1
  const open = (p: GridPoint): boolean => !taken.has(pointKey(p))
  return points.slice(from).find(open) ?? points.slice(0, from).find(open) ?? null
}

/** The standard grid with that name, or the grid for car parks. */
export const gridNamed = (id: string | undefined, rules: Rules = baseRules): GridTemplate =>
  gridsOf(rules).find((one) => one.id === id) ?? parkingGridOf(rules)
