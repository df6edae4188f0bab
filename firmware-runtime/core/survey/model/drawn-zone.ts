// How far the zone of a fitted field reaches: the middle of what possible worlds say, side by side. A mean field is
// smoother than any field is, so the edges of its zone lie too far inside; edges of worlds drawn with their
// shadows do not. Where readings are mere noise there are no shadows to draw, and the mean is nearer.
import { medianOf } from '../burst.ts'
import type { GridTemplate } from '../grid.ts'
import { zoneOf, type Zone, type ZoneSide } from '../zone.ts'
import type { ModelFit } from './fit.ts'
import { fittedField } from './fitted-field.ts'
import { evenly } from './model-raster.ts'
import type { Hanging } from './propose.ts'
import { possibleWorlds } from './worlds.ts'

const drawCount = 60
/** Between the places of a draw; around the box, so that an edge outside it is seen. */
const stepMm = 250
const aroundMm = 1_500
/** Readings of one place apart by more than this: what differs between places is noise, too. */
export const noiseDbMax = 1

const sides = ['left', 'right', 'near', 'far'] as const

const axis = (lengthMm: number): readonly number[] =>
  evenly(-aroundMm, lengthMm + aroundMm, Math.round((lengthMm + 2 * aroundMm) / stepMm) + 1)

type Edge = Readonly<Record<`${ZoneSide}Mm`, number>>

function middleEdges(zones: readonly Zone[]): Edge {
  const at = (side: ZoneSide): number => Math.round(medianOf(zones.map((one) => one[`${side}Mm`])))
  return { leftMm: at('left'), rightMm: at('right'), nearMm: at('near'), farMm: at('far') }
}

/** A side is open where it is in most of the worlds. */
const openIn = (zones: readonly Zone[]): readonly ZoneSide[] =>
  sides.filter(
    (side) => zones.filter(({ openSides }) => openSides.includes(side)).length > zones.length / 2,
  )

export interface DrawnOptions {
  readonly grid: GridTemplate
  readonly limitDbm: number
  /** Standard deviation of readings of one place; null: no place was read again. */
  readonly noiseDb: number | null
}

/** The zone of a setting; null where most worlds have none. Drawn once for all settings that are asked. */
export function drawnZones(
  fit: ModelFit,
  { grid, limitDbm, noiseDb }: DrawnOptions,
): (hanging: Hanging) => Zone | null {
  const [columns, rows] = [axis(grid.widthMm), axis(grid.lengthMm)]
  const points = rows.flatMap((yMm) => columns.map((xMm) => ({ xMm, yMm })))
  const zMm = grid.heightMm
  const zoneIn = (levels: readonly number[]): Zone | null =>
    zoneOf({ columns, rows, levels }, limitDbm)
  const isNoise = noiseDb !== null && noiseDb > noiseDbMax
  const worlds = isNoise ? [] : possibleWorlds(fit, points, zMm, drawCount)
  return ({ mount, powerStep }) => {
    const field = fittedField(fit, mount, powerStep)
    const mean = zoneIn(points.map(({ xMm, yMm }) => field.level({ xMm, yMm, zMm })))
    if (isNoise) return mean
    const drawn = worlds.flatMap((world) => {
      const zone = zoneIn(Array.from(world.levels(mount, powerStep)))
      return zone === null ? [] : [zone]
    })
    const strongest = (mean ?? drawn[0])?.strongest
    if (drawn.length <= drawCount / 2 || strongest === undefined) return null
    const edges = middleEdges(drawn)
    return {
      ...edges,
      ...{ widthMm: edges.rightMm - edges.leftMm, lengthMm: edges.farMm - edges.nearMm },
      ...{ openSides: openIn(drawn), strongest },
    }
  }
}
