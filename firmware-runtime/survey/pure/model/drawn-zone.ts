// How far the zone of a fitted field reaches: the middle of what possible draws say, side by side. A mean field is
// smoother than any field is, so the edges of its zone lie too far inside; edges of draws drawn with their
// shadows do not. Where readings are mere noise there are no shadows to draw, and the mean is nearer.
import { medianOf } from '#base/pure/figures/burst.ts'
import { stations, type GridTemplate, type PointMm } from '../field/grid.ts'
import { zoneOf, type Zone, type ZoneSide } from '../field/zone.ts'
import type { ModelFit } from './fit.ts'
import { fittedField } from './fitted-field.ts'
import type { Hanging } from './aim.ts'
import { conditionalDraws, type ConditionalDraw } from './conditional-draws.ts'

const drawCount = 120
/** Between the places of a draw; around the box, so that an edge outside it is seen. */
const stepMm = 250
const aroundMm = 1_500
/** The work grows with the cube of the places: a larger box has them farther apart. */
const placesMax = 1_000
/** Readings of one place apart by more than this: what differs between places is noise, too. */
const noiseDbMax = 1

export const sides = ['left', 'right', 'near', 'far'] as const

/** The stations of the grid, and as far apart around it. */
function axis(lengthMm: number, step: number): readonly number[] {
  const out = Array.from({ length: Math.ceil(aroundMm / step) }, (_, i) => (i + 1) * step)
  return [
    ...out.toReversed().map((mm) => -mm),
    ...stations(lengthMm, step),
    ...out.map((mm) => lengthMm + mm),
  ]
}

/** The places of a draw, row by row. */
interface Lattice {
  readonly columns: readonly number[]
  readonly rows: readonly number[]
  readonly points: readonly PointMm[]
}

/** The last lattice, kept so that its places stay identical (conditional-draws.ts caches the draws by place). */
let last: { readonly of: string; readonly lattice: Lattice } | null = null

export function latticeOf({ widthMm, lengthMm }: GridTemplate): Lattice {
  const of = `${widthMm} x ${lengthMm}`
  if (last?.of !== of) last = { of, lattice: made(widthMm, lengthMm) }
  return last.lattice
}

function made(widthMm: number, lengthMm: number): Lattice {
  for (let step = stepMm; ; step += stepMm) {
    const [columns, rows] = [axis(widthMm, step), axis(lengthMm, step)]
    if (columns.length * rows.length > placesMax) continue
    const points = rows.flatMap((yMm) => columns.map((xMm) => ({ xMm, yMm })))
    return { columns, rows, points }
  }
}

/** Worlds that the readings leave possible, on the places around a box. */
export interface DrawnFields extends Lattice {
  readonly grid: GridTemplate
  readonly draws: readonly ConditionalDraw[]
}

export function drawnFields(fit: ModelFit, grid: GridTemplate): DrawnFields {
  const lattice = latticeOf(grid)
  return {
    ...lattice,
    grid,
    draws: conditionalDraws(fit, lattice.points, grid.heightMm, drawCount),
  }
}

type Edge = Readonly<Record<`${ZoneSide}Mm`, number>>

function middleEdges(zones: readonly Zone[]): Edge {
  const at = (side: ZoneSide): number => Math.round(medianOf(zones.map((one) => one[`${side}Mm`])))
  return { leftMm: at('left'), rightMm: at('right'), nearMm: at('near'), farMm: at('far') }
}

/** A side is open where it is in most of the draws. */
const openIn = (zones: readonly Zone[]): readonly ZoneSide[] =>
  sides.filter(
    (side) => zones.filter(({ openSides }) => openSides.includes(side)).length > zones.length / 2,
  )

interface ZoneRequest {
  readonly limitDbm: number
  /** Standard deviation of readings of one place; null: no place was read again. */
  readonly noiseDb: number | null
}

/** The zone of a setting; null where most draws have no zone. */
export function drawnZone(
  fit: ModelFit,
  { columns, rows, points, grid, draws }: DrawnFields,
  { limitDbm, noiseDb }: ZoneRequest,
  { mount, powerStep }: Hanging,
): Zone | null {
  const zMm = grid.heightMm
  const zoneIn = (levels: readonly number[]): Zone | null =>
    zoneOf({ columns, rows, levels }, limitDbm)
  const field = fittedField(fit, mount, powerStep)
  const mean = zoneIn(points.map(({ xMm, yMm }) => field.level({ xMm, yMm, zMm })))
  if (noiseDb !== null && noiseDb > noiseDbMax) return mean
  const drawn = draws.flatMap((draw) => {
    const zone = zoneIn(Array.from(draw.levels(mount, powerStep)))
    return zone === null ? [] : [zone]
  })
  const strongest = (mean ?? drawn[0])?.strongest
  if (drawn.length <= draws.length / 2 || strongest === undefined) return null
  const edges = middleEdges(drawn)
  return {
    ...edges,
    widthMm: edges.rightMm - edges.leftMm,
    lengthMm: edges.farMm - edges.nearMm,
    openSides: openIn(drawn),
    strongest,
  }
}
