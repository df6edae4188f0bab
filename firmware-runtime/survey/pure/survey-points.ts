// All places where row 5 requires a level: the grid over the box, the ring, rows before and behind them and the centre lines
// of the adjacent lanes. The walk includes the background and the drift point.
import {
  gridPoints,
  nextPoint,
  pointKey,
  stations,
  type GridPoint,
  type PointMm,
} from './field/grid.ts'
import type { FieldBody, FieldArea, OpenedBody } from './file/record.ts'

/** Rows beyond each end of the box, where islands of the ground's reflection stand; ours. */
const outlookRowsMm = [1_000, 2_000] as const
const outlookStepMm = 500
/** Places that are read with the antenna off. */
export const backgroundPlacesMin = 5

function outlookPoints({ grid }: OpenedBody): readonly GridPoint[] {
  const across = stations(grid.widthMm, outlookStepMm)
  const rows = outlookRowsMm.flatMap((mm) => [-mm, grid.lengthMm + mm])
  return rows
    .toSorted((a, b) => b - a)
    .flatMap((yMm, row) =>
      (row % 2 === 0 ? across : across.toReversed()).map((xMm): GridPoint => ({
        xMm,
        yMm,
        part: 'outlook',
      })),
    )
}

const axisPoints = ({ grid, zone }: OpenedBody): readonly GridPoint[] =>
  (zone?.neighbourAxesMm ?? []).flatMap((xMm) =>
    stations(grid.lengthMm, outlookStepMm).map((yMm): GridPoint => ({ xMm, yMm, part: 'axis' })),
  )

/** A survey that declared no zone has its grid and the ring, as it was made with. */
export const surveyPoints = (opened: OpenedBody): readonly GridPoint[] =>
  opened.zone === undefined
    ? gridPoints(opened.grid)
    : [...gridPoints(opened.grid), ...outlookPoints(opened), ...axisPoints(opened)]

/** Where a reading of such a point belongs. */
export const areaOf = ({ part }: GridPoint): FieldArea => (part === 'axis' ? 'neighbour' : 'lane')

/** The last measured rows: an island that reaches them goes on unseen. */
export const isLastRow = ({ grid }: OpenedBody, { yMm }: PointMm): boolean => {
  const far = outlookRowsMm[outlookRowsMm.length - 1] ?? 0
  return yMm === -far || yMm === grid.lengthMm + far
}

export interface WalkStep extends GridPoint {
  readonly place: FieldArea
}

/** The corners of the box and its middle. */
function backgroundSteps({ grid }: OpenedBody): readonly WalkStep[] {
  const { widthMm, lengthMm } = grid
  const places: readonly (readonly [number, number])[] = [
    ...([
      [0, 0],
      [widthMm, 0],
      [widthMm, lengthMm],
      [0, lengthMm],
    ] as const),
    [Math.round(widthMm / 2), Math.round(lengthMm / 2)],
  ]
  return places.map(([xMm, yMm]) => ({ xMm, yMm, part: 'inside', place: 'background' }))
}

interface Walk {
  readonly next: WalkStep | null
  readonly taken: number
  readonly points: number
}

/** Whether the drift point was read before the first, and after the last reading of the lane. */
export function driftEnds(fields: readonly FieldBody[]): readonly [boolean, boolean] {
  const lane = (field: FieldBody): boolean => field.place === 'lane' || field.place === 'neighbour'
  const [first, last] = [fields.findIndex(lane), fields.findLastIndex(lane)]
  const drift = fields.flatMap(({ place }, i) => (place === 'drift' ? [i] : []))
  return [drift.some((i) => first < 0 || i < first), last >= 0 && drift.some((i) => i > last)]
}

/** Next point to read, from the last one read; the drift point comes first and last, background before it. */
export function walkOf(opened: OpenedBody, fields: readonly FieldBody[]): Walk {
  const points = surveyPoints(opened)
  const taken = (place: FieldArea): ReadonlySet<string> =>
    new Set(fields.filter((field) => field.place === place).map(pointKey))
  const [lane, beside, off] = [taken('lane'), taken('neighbour'), taken('background')]
  const isTaken = (point: GridPoint): boolean =>
    (areaOf(point) === 'lane' ? lane : beside).has(pointKey(point))
  const done = new Set(points.filter(isTaken).map(pointKey))
  const last = fields.findLast(({ place }) => place === 'lane' || place === 'neighbour') ?? null
  const open = nextPoint(points, done, last)
  const step = open === null ? null : { ...open, place: areaOf(open) }
  if (opened.zone === undefined) return { next: step, taken: done.size, points: points.length }
  const background = backgroundSteps(opened)
  const dark = background.find((at) => !off.has(pointKey(at))) ?? null
  const [before, after] = driftEnds(fields)
  const isBegun = lane.size + beside.size > 0
  const at = opened.trigger ?? { xMm: 0, yMm: 0 }
  const drift: WalkStep = { xMm: at.xMm, yMm: at.yMm, part: 'inside', place: 'drift' }
  const first = before || isBegun ? null : drift
  const end = step === null && !after ? drift : null
  const darkTaken = Math.min(background.length, off.size)
  return {
    next: (off.size >= backgroundPlacesMin ? null : dark) ?? first ?? step ?? end,
    taken: done.size + darkTaken + (before ? 1 : 0) + (after ? 1 : 0),
    points: points.length + background.length + 2,
  }
}
